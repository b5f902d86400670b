import type { UndoConflict } from '../../../shared/contract/history.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';
import { isRowObject } from '../../journal/journaled-rows.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { applyCustomFieldEntry } from './undo-custom-field.ts';
import { applyNoteEntry } from './undo-note.ts';
import { applyRowEntry } from './undo-row.ts';
import { applyTagEntry } from './undo-tag.ts';
import { applyRecordEntry, type Direction } from './undo-record.ts';

/** Takes one journal entry back or does it again, whatever it is about. @returns what could not go back */
export function applyEntry(
  unit: UnitOfWork,
  entry: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  if (entry.object === 'note') return applyNoteEntry(unit, entry, direction);
  if (entry.object === 'custom_field') return applyCustomFieldEntry(unit, entry, direction);
  if (entry.object === 'tag') return applyTagEntry(unit, entry, direction);
  if (isRowObject(entry.object)) return applyRowEntry(unit, entry.object, entry, direction);
  return applyTo(unit, entry.object, entry, direction);
}

function applyTo<O extends ObjectName>(
  unit: UnitOfWork,
  object: O,
  entry: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const kind: RecordKind<O> = recordKinds[object];
  return applyRecordEntry(unit, kind, entry, direction);
}
