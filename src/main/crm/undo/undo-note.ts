import type { UndoConflict } from '../../../shared/contract/history.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';
import {
  findNoteState,
  moveNote,
  removeNote,
  restoreNote,
  restoreNoteBody,
} from '../notes/note-store.ts';
import { recordName } from '../records/record-name.ts';
import type { Direction } from './undo-record.ts';

/** Takes one journal entry of a note back, or does it again. */
export function applyNoteEntry(
  unit: UnitOfWork,
  entry: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const { record_id: id, operation } = entry;
  const state = findNoteState(unit.db, id);
  const conflict = (reason: UndoConflict['reason']): UndoConflict[] => [
    {
      object: 'note',
      record_id: id,
      record_name: state ? recordName(unit.db, state.on) : null,
      field: null,
      reason,
    },
  ];
  if (!state) return conflict('gone');
  if (operation === 'update') {
    if (state.inBin) return conflict('in_bin');
    const [left, wanted] =
      direction === 'undo' ? [entry.after, entry.before] : [entry.before, entry.after];
    const place = wanted?.['record_id'];
    if (typeof place === 'string' && state.on.id !== place) {
      if (state.on.id !== left?.['record_id']) return conflict('changed');
      moveNote(unit, id, { object: state.on.object, id: place });
    }
    const body = wanted?.['body'];
    if (typeof body !== 'string' || state.body === body) return [];
    if (state.body !== left?.['body']) return conflict('changed');
    restoreNoteBody(unit, id, body);
    return [];
  }
  const shouldLive = (operation === 'delete') === (direction === 'undo');
  if (shouldLive && state.inBin) restoreNote(unit, id);
  if (!shouldLive && !state.inBin) removeNote(unit, id);
  return [];
}
