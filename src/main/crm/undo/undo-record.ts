import { isDeepStrictEqual } from 'node:util';
import type { UndoConflict } from '../../../shared/contract/history.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';
import { recordName } from '../records/record-name.ts';
import type { RecordKind, Row } from '../records/record-kind.ts';
import {
  readStored,
  removeRecord,
  restoreRecord,
  type StoredRecord,
  writeBinned,
  writeChange,
} from '../records/record-store.ts';
import { readTagNames, type TagChange, tagChange } from '../tags/tag-store.ts';

export type Direction = 'undo' | 'redo';

/**
 * Takes one journal entry of a record back, or does it again. A field goes to its other value only while it still holds
 * what the entry left behind; what somebody wrote since stays, and is told.
 */
export function applyRecordEntry<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  entry: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const { record_id: id } = entry;
  const found = unit.db.get<Row>(`${kind.select} WHERE r.id = ?`, id);
  if (!found) return [conflictOf(unit.db, kind, id, 'gone', null)];
  const stored = readStored(unit.db, kind, found);
  const inBin = found['deleted_at'] !== null;
  if (entry.operation === 'update') {
    if (inBin) return applyInBin(unit, kind, stored.row, entry, direction);
    return applyUpdate(unit, kind, stored, entry, direction);
  }
  const shouldLive = (entry.operation === 'delete') === (direction === 'undo');
  if (shouldLive && inBin) restoreRecord(unit, kind, id);
  if (!shouldLive && !inBin) removeRecord(unit, kind, id);
  return [];
}

/** Only what a stage that was removed did to the deals in the bin goes back there: it may be their only way home. */
function applyInBin<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  row: Row,
  { record_id: id, before, after }: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const [left, wanted] = direction === 'undo' ? [after, before] : [before, after];
  const stage = wanted?.['stage_id'];
  const isStageAlone = typeof stage === 'string' && Object.keys(wanted ?? {}).length === 1;
  if (!isStageAlone || left?.['stage_id'] !== row['stage_id'])
    return [conflictOf(unit.db, kind, id, 'in_bin', null)];
  if (!pointsAtSomething(unit.db, 'stage_id', stage))
    return [conflictOf(unit.db, kind, id, 'target_gone', fieldOf(kind, 'stage_id'))];
  writeBinned(unit, kind, id, 'stage_id', stage);
  return [];
}

function applyUpdate<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  stored: StoredRecord<O>,
  { before, after }: ActionEntry,
  direction: Direction,
): UndoConflict[] {
  const { row } = stored;
  const [left, wanted] = direction === 'undo' ? [after, before] : [before, after];
  const id = String(row['id']);
  const conflicts: UndoConflict[] = [];
  const columns: [string, SqlValue][] = [];
  let tags: TagChange = { added: [], removed: [] };
  const held = (column: string): boolean =>
    isDeepStrictEqual(row[column] ?? null, left?.[column] ?? null);
  for (const [column, value] of Object.entries(wanted ?? {})) {
    if (column === 'tags') {
      tags = tagsBack(row, namesOf(left?.['tags']), namesOf(value));
    } else if (isDeepStrictEqual(row[column] ?? null, value)) {
      continue;
    } else if (partners(kind, column).every((one) => !(one in (wanted ?? {})) || held(one))) {
      // The journal holds columns as they were read from the file.
      columns.push([column, value as SqlValue]);
    } else {
      conflicts.push(conflictOf(unit.db, kind, id, 'changed', fieldOf(kind, column)));
    }
  }
  return [...conflicts, ...writeWhatFits(unit, kind, stored, columns, tags)];
}

/** An amount and its currency mean nothing without each other: they go back together or not at all. */
function partners<O extends ObjectName>(kind: RecordKind<O>, column: string): readonly string[] {
  return kind.together.includes(column) ? kind.together : [column];
}

/** A link may lead to what was removed for good since; then the others still go back. */
function writeWhatFits<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  stored: StoredRecord<O>,
  columns: readonly [string, SqlValue][],
  tags: TagChange,
): UndoConflict[] {
  const broken = columns.filter(([column, value]) => !pointsAtSomething(unit.db, column, value));
  const fitting = columns.filter((column) => !broken.includes(column));
  writeChange(unit, kind, stored, fitting, tags);
  return broken.map(([column]) =>
    conflictOf(unit.db, kind, stored.record.id, 'target_gone', fieldOf(kind, column)),
  );
}

const targets: Readonly<Record<string, string>> = {
  contact_id: 'contacts',
  company_id: 'companies',
  deal_id: 'deals',
  stage_id: 'stages',
};

function pointsAtSomething(db: Reader, column: string, value: SqlValue): boolean {
  const table = targets[column];
  if (table === undefined || value === null) return true;
  return db.get(`SELECT 1 FROM ${table} WHERE id = ?`, value) !== undefined;
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** What the entry added goes, what it took away comes back; tags that came from elsewhere stay. */
function tagsBack(row: Row, left: readonly string[], wanted: readonly string[]): TagChange {
  const current = readTagNames(row['tags'] === undefined ? null : String(row['tags']));
  const { added, removed } = tagChange(left, wanted);
  const goal = [...current, ...added].filter((name) => tagChange(removed, [name]).added.length > 0);
  return tagChange(current, goal);
}

function fieldOf<O extends ObjectName>(kind: RecordKind<O>, column: string): string {
  return kind.fieldOfColumn[column] ?? column;
}

function conflictOf<O extends ObjectName>(
  db: Reader,
  kind: RecordKind<O>,
  id: string,
  reason: UndoConflict['reason'],
  field: string | null,
): UndoConflict {
  const { object } = kind;
  return { object, record_id: id, record_name: recordName(db, { object, id }), field, reason };
}
