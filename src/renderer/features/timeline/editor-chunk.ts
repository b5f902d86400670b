import { preloadable } from '../../app/preloadable.tsx';

/** The editor is large: it comes in a chunk of its own, fetched once a record is looked at. */
export const noteEditor = preloadable(async () => (await import('./note-editor.tsx')).NoteEditor);
