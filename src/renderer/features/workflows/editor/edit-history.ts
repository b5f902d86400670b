import { create } from 'zustand';
import { allSteps, type WorkflowDraft } from '../model/workflow-draft.ts';

interface History {
  readonly past: readonly WorkflowDraft[];
  readonly future: readonly WorkflowDraft[];
  /** When the newest entry was made; what is typed in one go is one entry. */
  readonly at: number;
}

interface HistoryState {
  /** By workflow id, `new` for one that is not saved yet. */
  readonly histories: Readonly<Record<string, History>>;
  readonly write: (id: string, history: History) => void;
}

export const noHistory: History = { past: [], future: [], at: 0 };

/** Steps that can be taken back; older ones are forgotten. */
const remembered = 200;
const oneGoMs = 1_000;

/** Edits of this window, to be taken back and done again. A reload keeps the draft, not its history. */
export const useEditHistory = create<HistoryState>()((set) => ({
  histories: {},
  write: (id, history) => set(({ histories }) => ({ histories: { ...histories, [id]: history } })),
}));

const shapeOf = (draft: WorkflowDraft): string =>
  JSON.stringify(
    allSteps(draft.steps).map(({ id, enabled, lists }) => [
      id,
      enabled,
      lists.map(({ steps }) => steps.length),
    ]),
  );

/** Remembers what a draft was before a change. */
export function remember(id: string, before: WorkflowDraft, after: WorkflowDraft): void {
  const { histories, write } = useEditHistory.getState();
  const { past, at } = histories[id] ?? noHistory;
  const now = Date.now();
  const sameGo = past.length > 0 && now - at < oneGoMs && shapeOf(before) === shapeOf(after);
  write(id, { past: sameGo ? past : [...past, before].slice(-remembered), future: [], at: now });
}

/** @returns the draft to go back to, or on to; null when there is none */
export function travel(
  id: string,
  current: WorkflowDraft,
  direction: 'undo' | 'redo',
): WorkflowDraft | null {
  const { histories, write } = useEditHistory.getState();
  const { past, future } = histories[id] ?? noHistory;
  const target = direction === 'undo' ? past.at(-1) : future.at(-1);
  if (!target) return null;
  write(
    id,
    direction === 'undo'
      ? { past: past.slice(0, -1), future: [...future, current], at: 0 }
      : { past: [...past, current], future: future.slice(0, -1), at: 0 },
  );
  return target;
}
