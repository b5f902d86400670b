import type { BinItem } from '../../../shared/contract/bin.ts';
import type { Page } from '../../../shared/contract/lists.ts';
import {
  type ObjectName,
  objectNames,
  type RecordReference,
} from '../../../shared/model/objects.ts';
import type { Reader, SqlValue, Writer } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { recordKinds } from '../records/kinds.ts';
import { decodePlace, encodePlace } from '../records/place.ts';
import { recordNameSql } from '../records/record-name.ts';

/** How long what was deleted can be had back. */
const binDays = 30;

const dayMs = 86_400_000;
const defaultPageSize = 50;

interface BinRow {
  object: ObjectName;
  id: string;
  name: string;
  deleted_at: string;
}

export interface BinQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly object?: ObjectName | undefined;
}

/** What is in the bin, the latest first: keyset paging by time and id, each kind read by its own index. */
export function listBin(db: Reader, query: BinQuery): Page<BinItem> {
  const limit = query.limit ?? defaultPageSize;
  const after = query.cursor === undefined ? null : decodePlace(query.cursor);
  const objects = query.object === undefined ? objectNames : [query.object];
  const values: SqlValue[] = [];
  const parts = objects.map((object) => {
    const from = after === null ? '' : ' AND (r.deleted_at, r.id) < (?, ?)';
    if (after !== null) values.push(after.at, after.key);
    values.push(limit + 1);
    return `SELECT * FROM (SELECT '${object}' AS object, r.id, ${recordNameSql[object]} AS name, r.deleted_at
      FROM ${recordKinds[object].table} r WHERE r.deleted_at IS NOT NULL${from}
      ORDER BY r.deleted_at DESC, r.id DESC LIMIT ?)`;
  });
  const rows = db.all<BinRow>(
    `${parts.join(' UNION ALL ')} ORDER BY deleted_at DESC, id DESC LIMIT ?`,
    ...values,
    limit + 1,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...row, kept_until: keptUntil(row.deleted_at) })),
    next_cursor:
      rows.length > limit && last ? encodePlace({ at: last.deleted_at, key: last.id }) : null,
  };
}

function keptUntil(deletedAt: string): string {
  const ms = Date.parse(deletedAt);
  // A time that SQL made unreadable is told as it stands.
  return Number.isFinite(ms) ? new Date(ms + binDays * dayMs).toISOString() : deletedAt;
}

/** What was deleted at or before this instant, ISO text, has been kept long enough. */
export function keptSince(nowMs: number): string {
  return new Date(nowMs - binDays * dayMs).toISOString();
}

/** Some of what went into the bin at or before an instant. */
export function deletedBefore(db: Reader, instant: string, limit: number): RecordReference[] {
  return objectNames
    .flatMap((object) =>
      db.all<RecordReference>(
        `SELECT '${object}' AS object, id FROM ${recordKinds[object].table}
           WHERE deleted_at IS NOT NULL AND deleted_at <= ? ORDER BY deleted_at LIMIT ?`,
        instant,
        limit,
      ),
    )
    .slice(0, limit);
}

/** Columns that point at a kind of record. */
const pointers: Readonly<Record<ObjectName, readonly (readonly [string, string])[]>> = {
  contact: [
    ['deals', 'contact_id'],
    ['activities', 'contact_id'],
  ],
  company: [
    ['contacts', 'company_id'],
    ['deals', 'company_id'],
    ['activities', 'company_id'],
  ],
  deal: [['activities', 'deal_id']],
  task: [],
};

/**
 * Removes a record in the bin for good, with its history of changes. What pointed at it points at nothing from now on;
 * that is no change anybody hears of, since a record in the bin is missing to everybody already. A record that left
 * the bin meanwhile stays.
 *
 * @returns whether it was removed
 */
export function purgeRecord(unit: UnitOfWork, { object, id }: RecordReference): boolean {
  const { db } = unit;
  const { table } = recordKinds[object];
  if (!db.get(`SELECT 1 FROM ${table} WHERE id = ? AND deleted_at IS NOT NULL`, id)) return false;
  for (const [pointing, column] of pointers[object])
    db.run(`UPDATE ${pointing} SET ${column} = NULL WHERE ${column} = ?`, id);
  db.run('DELETE FROM journal WHERE record_id IN (SELECT id FROM notes WHERE record_id = ?)', id);
  db.run('DELETE FROM notes WHERE record_id = ?', id);
  db.run('DELETE FROM record_tags WHERE record_id = ?', id);
  if (object !== 'task') purgeLinks(db, `${object}_id`, id);
  db.run('DELETE FROM journal WHERE record_id = ?', id);
  db.run(`DELETE FROM ${table} WHERE id = ?`, id);
  unit.touch(object, id);
  return true;
}

/** The links of a record go with it, and so does what undo would need for them. */
function purgeLinks(db: Writer, end: 'contact_id' | 'company_id' | 'deal_id', id: string): void {
  db.run(
    `DELETE FROM journal WHERE record_id IN (SELECT id FROM contact_links WHERE ${end} = ?)`,
    id,
  );
  db.run(`DELETE FROM contact_links WHERE ${end} = ?`, id);
}

/**
 * Removes for good some of the notes that were deleted at or before an instant. They are no entries of the bin: undo
 * brings them back until then.
 *
 * @returns how many were removed
 */
export function purgeNotes(unit: UnitOfWork, instant: string, limit: number): number {
  const { db } = unit;
  const notes = db.all<{ id: string }>(
    'SELECT id FROM notes WHERE deleted_at IS NOT NULL AND deleted_at <= ? ORDER BY deleted_at LIMIT ?',
    instant,
    limit,
  );
  for (const { id } of notes) {
    db.run('DELETE FROM journal WHERE record_id = ?', id);
    db.run('DELETE FROM notes WHERE id = ?', id);
  }
  return notes.length;
}

/** Whether there is a deleted note that old. */
export function hasDeletedNotes(db: Reader, instant: string): boolean {
  return (
    db.get(
      'SELECT 1 FROM notes WHERE deleted_at IS NOT NULL AND deleted_at <= ? LIMIT 1',
      instant,
    ) !== undefined
  );
}
