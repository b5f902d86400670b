import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type EditorView = 'canvas' | 'outline';

interface EditorViewState {
  /** Null until the user chose: then the room there is decides. */
  readonly view: EditorView | null;
  readonly show: (view: EditorView) => void;
}

/** How this window shows the steps of a workflow. */
export const useEditorView = create<EditorViewState>()(
  persist((set) => ({ view: null, show: (view) => set({ view }) }), {
    name: 'trellis-editor-view',
  }),
);
