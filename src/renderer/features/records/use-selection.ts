import { useState } from 'react';
import type { BulkSelection } from '../../../shared/contract/bulk.ts';

export interface Selection {
  /** How many are selected; of all that match, as many as were counted last. */
  readonly count: number;
  readonly isEmpty: boolean;
  /** All that the view shows, loaded or not. */
  readonly isAll: boolean;
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  /** From the row that was toggled last to this one. */
  readonly extend: (id: string, rows: readonly { readonly id: string }[]) => void;
  readonly toggleLoaded: (rows: readonly { readonly id: string }[]) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
  readonly asInput: (view: { conditions: unknown; q: string | undefined }) => BulkSelection;
}

type State =
  | { readonly kind: 'ids'; readonly ids: ReadonlySet<string> }
  /** All but these. */
  | { readonly kind: 'all'; readonly ids: ReadonlySet<string> };

const nothing: State = { kind: 'ids', ids: new Set() };

/** Which records of a list are selected; what the list shows may change meanwhile. */
export function useSelection(total: number | undefined): Selection {
  const [state, setState] = useState<State>(nothing);
  const [anchor, setAnchor] = useState<string | null>(null);
  const { kind, ids } = state;
  const has = (id: string) => ids.has(id) === (kind === 'ids');

  function put(changed: readonly string[], selected: boolean): void {
    setState((before) => {
      const next = new Set(before.ids);
      for (const id of changed) {
        if (selected === (before.kind === 'ids')) next.add(id);
        else next.delete(id);
      }
      return { ...before, ids: next };
    });
  }

  return {
    count: kind === 'ids' ? ids.size : Math.max(0, (total ?? 0) - ids.size),
    isEmpty: kind === 'ids' && ids.size === 0,
    isAll: kind === 'all',
    has,
    toggle(id) {
      setAnchor(id);
      put([id], !has(id));
    },
    extend(id, rows) {
      const from = rows.findIndex((row) => row.id === anchor);
      const to = rows.findIndex((row) => row.id === id);
      if (to === -1) return;
      const [start, end] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
      if (from === -1) setAnchor(id);
      put(
        rows.slice(start, end + 1).map((row) => row.id),
        true,
      );
    },
    toggleLoaded(rows) {
      const loaded = rows.map((row) => row.id);
      put(loaded, !loaded.every(has));
    },
    selectAll: () => setState({ kind: 'all', ids: new Set() }),
    clear: () => {
      setAnchor(null);
      setState(nothing);
    },
    asInput: ({ conditions, q }) =>
      kind === 'ids'
        ? { kind: 'ids', ids: [...ids] }
        : { kind: 'all', except: [...ids], q, ...(conditions ? { conditions } : {}) },
  };
}
