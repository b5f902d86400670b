import { createNote, getNote, listNotes, removeNote, updateNote } from '../crm/notes/note-store.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function noteProcedures(
  os: ReturnType<typeof createBase>,
  { connection: { reader }, committer }: ApiParts,
) {
  return {
    notes: {
      list: os.notes.list.handler(({ input }) => listNotes(reader, input ?? {})),
      get: os.notes.get.handler(({ input }) => getNote(reader, input.id)),
      create: os.notes.create.handler(({ input: { object, record_id: id, body }, context }) =>
        committer.commit(context.actor, (unit) => createNote(unit, { object, id }, body)),
      ),
      update: os.notes.update.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => updateNote(unit, input.id, input.body)),
      ),
      remove: os.notes.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeNote(unit, input.id)),
      ),
    },
  };
}
