import type { UndoConflict } from '../../../shared/contract/history.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import {
  deleteRow,
  insertRow,
  readRow,
  type RowColumns,
  type RowObject,
  writeRow,
} from '../../journal/journaled-rows.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';
import type { Direction } from './undo-record.ts';

/** Takes one journal entry of a pipeline, a stage or a link back, or does it again. */
export function applyRowEntry(
  unit: UnitOfWork,
  object: RowObject,
  { record_id: id, operation, before, after }: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const row = readRow(unit.db, object, id);
  const conflict = (reason: UndoConflict['reason'], field: string | null): UndoConflict => ({
    object,
    record_id: id,
    record_name: nameOf(row ?? columnsOf(before) ?? columnsOf(after)),
    field,
    reason,
  });
  if (operation !== 'update') {
    const shouldBe = (operation === 'delete') === (direction === 'undo');
    if (shouldBe === (row !== undefined)) return [];
    const stored = columnsOf(operation === 'delete' ? before : after);
    const obstacle = shouldBe
      ? obstacleToInsert(unit.db, object, stored)
      : obstacleToDelete(unit.db, object, id);
    if (obstacle) return [conflict(obstacle, null)];
    if (shouldBe && stored) insertRow(unit, object, id, stored, 'restore');
    else deleteRow(unit, object, id);
    return [];
  }
  if (!row) return [conflict('gone', null)];
  const [left, wanted] = direction === 'undo' ? [after, before] : [before, after];
  const conflicts: UndoConflict[] = [];
  const fitting: Record<string, SqlValue> = {};
  for (const [column, value] of Object.entries(columnsOf(wanted) ?? {})) {
    if (row[column] === left?.[column]) {
      if (isParentGone(unit.db, column, value)) conflicts.push(conflict('target_gone', column));
      else fitting[column] = value;
    } else if (row[column] !== value) conflicts.push(conflict('changed', column));
  }
  writeRow(unit, object, id, fitting);
  return conflicts;
}

/** The journal holds columns as they were read from the file. */
function columnsOf(value: ActionEntry['before']): RowColumns | null {
  return value as RowColumns | null;
}

function nameOf(row: RowColumns | null | undefined): string | null {
  const name = row?.['name'];
  return typeof name === 'string' ? name : null;
}

const parents: Readonly<Record<string, string>> = {
  pipeline_id: 'pipelines',
  contact_id: 'contacts',
  company_id: 'companies',
  deal_id: 'deals',
};

/** Its name was given to another one since, or what it belongs to is no more. */
function obstacleToInsert(
  db: Reader,
  object: RowObject,
  row: RowColumns | null,
): UndoConflict['reason'] | null {
  if (object === 'stage' && db.get('SELECT 1 FROM stages WHERE slug = ?', row?.['slug'] ?? null))
    return 'changed';
  const isGone = Object.entries(row ?? {}).some(([column, id]) => isParentGone(db, column, id));
  return isGone ? 'target_gone' : null;
}

function isParentGone(db: Reader, column: string, id: SqlValue): boolean {
  const table = parents[column];
  return table !== undefined && id !== null && !db.get(`SELECT 1 FROM ${table} WHERE id = ?`, id);
}

/** Deals came into it since: they would be left nowhere. */
function obstacleToDelete(db: Reader, object: RowObject, id: string): 'changed' | null {
  if (object === 'stage' && db.get('SELECT 1 FROM deals WHERE stage_id = ? LIMIT 1', id))
    return 'changed';
  if (object === 'pipeline' && db.get('SELECT 1 FROM stages WHERE pipeline_id = ? LIMIT 1', id))
    return 'changed';
  return null;
}
