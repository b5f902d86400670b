import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { WorkflowDraft } from './model/workflow-draft.ts';

interface UnsavedDraft {
  readonly draft: WorkflowDraft;
  /** Fingerprint of what the editing began with, to notice that somebody else changed it meanwhile. */
  readonly base: string;
}

interface DraftState {
  /** By workflow id, `new` for one that is not saved yet. */
  drafts: Readonly<Record<string, UnsavedDraft>>;
  keep: (id: string, unsaved: UnsavedDraft) => void;
  drop: (id: string) => void;
}

/**
 * Unsaved edits outlive leaving the screen and a reload of the window, so nothing typed is lost and no
 * question has to be asked on the way out.
 */
export const useDraftStore = create<DraftState>()(
  persist(
    (set) => ({
      drafts: {},
      keep: (id, unsaved) => set(({ drafts }) => ({ drafts: { ...drafts, [id]: unsaved } })),
      drop: (id) =>
        set(({ drafts }) => ({
          drafts: Object.fromEntries(Object.entries(drafts).filter(([known]) => known !== id)),
        })),
    }),
    {
      name: 'trellis-workflow-drafts',
      storage: createJSONStorage(() => sessionStorage),
      // A draft of an earlier shape could not be shown.
      version: 1,
      migrate: () => ({ drafts: {} }),
    },
  ),
);
