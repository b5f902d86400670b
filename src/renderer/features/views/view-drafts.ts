import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ViewState } from './view-state.ts';

interface ViewDrafts {
  /** What was changed of a view and not saved, by its id, or by the kind of record for the one that needs no saving. */
  readonly drafts: Readonly<Record<string, Partial<ViewState>>>;
  readonly change: (key: string, patch: Partial<ViewState>) => void;
  readonly discard: (key: string) => void;
}

/** Kept by this window, so that a filter one looks away from is there on coming back. */
export const useViewDrafts = create<ViewDrafts>()(
  persist(
    (set) => ({
      drafts: {},
      change: (key, patch) =>
        set(({ drafts }) => ({ drafts: { ...drafts, [key]: { ...drafts[key], ...patch } } })),
      discard: (key) =>
        set(({ drafts }) => ({
          drafts: Object.fromEntries(Object.entries(drafts).filter(([known]) => known !== key)),
        })),
    }),
    { name: 'trellis-views' },
  ),
);
