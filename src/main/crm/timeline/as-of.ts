import { isDeepStrictEqual } from 'node:util';
import type { RecordAsOf } from '../../../shared/contract/timeline.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, notFound } from '../../errors.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind, Row } from '../records/record-kind.ts';
import { writeChange } from '../records/record-store.ts';
import { readTagNames, tagChange } from '../tags/tag-store.ts';
import { shownValue } from './timeline-change.ts';

interface Then {
  readonly row: Row;
  readonly existed: boolean;
  /** What differs from now: columns as they were. */
  readonly columns: Readonly<Record<string, unknown>>;
}

interface EntryRow {
  operation: string;
  before: string | null;
}

/** Walks the journal back from now to right after an instant. */
function stateAt<O extends ObjectName>(
  db: Reader,
  kind: RecordKind<O>,
  id: string,
  at: string,
): Then {
  const row = db.get<Row>(`${kind.select} WHERE r.id = ?`, id);
  if (!row) throw notFound(kind.noun, id);
  const entries = db.all<EntryRow>(
    'SELECT operation, before FROM journal WHERE record_id = ? AND object = ? AND at > ? ORDER BY seq DESC',
    id,
    kind.object,
    new Date(at).toISOString(),
  );
  const columns: Record<string, unknown> = {};
  let existed = true;
  for (const { operation, before } of entries) {
    existed = operation !== 'create';
    // Written by appendJournal alone; a row that was made or restored replaced nothing.
    if (before !== null) Object.assign(columns, JSON.parse(before));
  }
  for (const column of Object.keys(columns)) {
    if (isDeepStrictEqual(columns[column] ?? null, currentValue(row, column)))
      delete columns[column];
  }
  return { row, existed, columns };
}

function currentValue(row: Row, column: string): unknown {
  return column === 'tags' ? tagsNow(row) : (row[column] ?? null);
}

function tagsNow(row: Row): string[] {
  return readTagNames(row['tags'] === undefined ? null : String(row['tags']));
}

/** @throws UserError `not_found` when the record is gone for good */
export function recordAsOf(db: Reader, { object, id }: RecordReference, at: string): RecordAsOf {
  return describe(db, object, id, at);
}

function describe<O extends ObjectName>(db: Reader, object: O, id: string, at: string): RecordAsOf {
  const kind: RecordKind<O> = recordKinds[object];
  const { row, existed, columns } = stateAt(db, kind, id, at);
  const then = { ...row, ...columns };
  return {
    existed,
    in_bin: row['deleted_at'] !== null,
    fields: existed
      ? Object.keys(columns).map((column) => ({
          field: kind.fieldOfColumn[column] ?? column,
          then: column === 'tags' ? columns[column] : shownValue(db, column, then),
          now: column === 'tags' ? tagsNow(row) : shownValue(db, column, row),
        }))
      : [],
  };
}

/**
 * Gives a record back the fields it had right after an instant.
 *
 * @returns how many fields changed
 * @throws UserError when it did not exist then, or is in the bin now
 */
export function restoreAsOf(unit: UnitOfWork, { object, id }: RecordReference, at: string): number {
  return restore(unit, object, id, at);
}

function restore<O extends ObjectName>(
  unit: UnitOfWork,
  object: O,
  id: string,
  at: string,
): number {
  const kind: RecordKind<O> = recordKinds[object];
  const { row, existed, columns } = stateAt(unit.db, kind, id, at);
  if (row['deleted_at'] !== null) throw notFound(kind.noun, id);
  if (!existed) throw invalid('at', `at: the ${kind.noun} was not there yet.`);
  const { tags, ...plain } = columns;
  const names = Array.isArray(tags) ? tags.map(String) : tagsNow(row);
  const { fields } = writeChange(
    unit,
    kind,
    row,
    // The journal holds columns as they were read from the file.
    Object.entries(plain) as [string, SqlValue][],
    tagChange(tagsNow(row), names),
  );
  return Object.keys(fields).length;
}
