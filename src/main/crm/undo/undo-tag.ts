import type { UndoConflict } from '../../../shared/contract/history.ts';
import type { SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';
import { UserError } from '../../errors.ts';
import { findTag, removeTagRow, restoreTag, writeTag } from '../tags/tag-service.ts';
import type { Direction } from './undo-record.ts';

/** Takes one journal entry of a tag back, or does it again. */
export function applyTagEntry(
  unit: UnitOfWork,
  { record_id: id, operation, before, after }: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const tag = findTag(unit.db, id);
  const conflict = (reason: UndoConflict['reason'], field: string | null): UndoConflict => ({
    object: 'tag',
    record_id: id,
    record_name: tag?.name ?? null,
    field,
    reason,
  });
  if (operation === 'delete') {
    if (direction === 'redo') removeTagRow(unit, id);
    else if (!tag && before) {
      restoreTag(unit, id, {
        name: textOf(before['name']),
        name_folded: textOf(before['name_folded']),
        color: before['color'] === null ? null : textOf(before['color']),
      });
    }
    return [];
  }
  if (!tag) return [conflict('gone', null)];
  const [left, wanted] = direction === 'undo' ? [after, before] : [before, after];
  const current: Readonly<Record<string, unknown>> = { ...tag };
  const fitting: Record<string, SqlValue> = {};
  for (const [column, value] of Object.entries(wanted ?? {})) {
    if (current[column] === value) continue;
    if (current[column] !== left?.[column]) return [conflict('changed', column)];
    // The journal holds columns as they were read from the file.
    fitting[column] = value as SqlValue;
  }
  try {
    writeTag(unit, id, fitting);
  } catch (error) {
    // The name it had was given to another tag since.
    if (error instanceof UserError) return [conflict('changed', 'name')];
    throw error;
  }
  return [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
