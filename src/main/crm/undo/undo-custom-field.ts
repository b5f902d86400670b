import type { UndoConflict } from '../../../shared/contract/history.ts';
import type { SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';
import { customFieldColumns, writeCustomField } from '../fields/custom-field-service.ts';
import type { Direction } from './undo-record.ts';

/** Takes one journal entry of a custom field back, or does it again. A field that was added is retired, not removed. */
export function applyCustomFieldEntry(
  unit: UnitOfWork,
  { record_id: id, operation, before, after }: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const row = customFieldColumns(unit.db, id);
  const conflict = (reason: UndoConflict['reason'], field: string | null): UndoConflict => ({
    object: 'custom_field',
    record_id: id,
    record_name: row ? String(row.label) : null,
    field,
    reason,
  });
  if (!row) return [conflict('gone', null)];
  if (operation === 'create') {
    writeCustomField(unit, id, { retired_at: direction === 'undo' ? unit.nowText : null });
    return [];
  }
  const [left, wanted] = direction === 'undo' ? [after, before] : [before, after];
  const current: Readonly<Record<string, SqlValue | undefined>> = row;
  const fitting: Record<string, SqlValue> = {};
  const conflicts: UndoConflict[] = [];
  for (const [column, value] of Object.entries(wanted ?? {})) {
    // The journal holds columns as they were read from the file.
    if (current[column] === left?.[column]) fitting[column] = value as SqlValue;
    else if (current[column] !== value) conflicts.push(conflict('changed', column));
  }
  writeCustomField(unit, id, fitting);
  return conflicts;
}
