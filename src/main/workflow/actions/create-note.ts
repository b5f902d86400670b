import { isObjectName } from '../../../shared/model/objects.ts';
import type { createNote } from '../../../shared/workflow/actions/create-note.ts';
import { noteFromText } from '../../crm/notes/note-body.ts';
import { createNote as writeNote } from '../../crm/notes/note-store.ts';
import { type ActionImplementation, completed, failed } from './action.ts';

export const createNoteAction: ActionImplementation<typeof createNote> = {
  execute(context, { object, body }) {
    if (!isObjectName(object)) return failed(`object "${object}" is not known`);
    const record = context.record(object);
    if (!record) return failed(`there is no ${object} to write a note on`);
    // What a variable brings in is text, whatever it looks like.
    const html = noteFromText(body);
    if (body.trim() === '') return failed('body is empty; write a note that always says something');
    const on = { object, id: record.id };
    const note = writeNote(context.unit, on, html, context.workflow.owner_id);
    return completed({ note_id: note.id });
  },
};
