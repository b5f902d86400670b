import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { JournalObject } from '../../../shared/model/objects.ts';
import { boundInteger, boundText } from '../../db/bound.ts';
import type { Reader, SqlValue, Writer } from '../../db/handle.ts';
import type { EventRow } from '../../events/event-store.ts';
import type { JournalOperation } from '../../journal/journal.ts';

// For a copy of the file that is thrown away alone: it is made to stand as at an instant of the past.

export interface PastEvent extends EventRow {
  /** Where it stands among the events of the past. */
  readonly place: number;
}

export interface PastEntry {
  /** Where it stands among the changes of the past. */
  readonly place: number;
  readonly seq: number;
  readonly object: JournalObject;
  readonly record_id: string;
  readonly operation: JournalOperation;
  readonly before: string | null;
  readonly after: string | null;
  readonly actor: string;
  readonly at: string;
}

/**
 * Takes what happened from an instant on out of the file, to let it happen again: the events, and of the rehearsed
 * workflow its runs, moments and refusals. Runs of others wait for nothing any more.
 */
export function clearPast(db: Writer, workflowId: string, from: string): void {
  db.run('DELETE FROM wait_records');
  db.run('DELETE FROM waits');
  // In the order of time, which is that of arrival but for what was loaded with times of its own: rowids follow it.
  db.run(
    'CREATE TABLE past_events AS SELECT * FROM events WHERE occurred_at >= ? ORDER BY occurred_at, seq',
    from,
  );
  db.run('CREATE TABLE past_journal AS SELECT * FROM journal WHERE at >= ? ORDER BY at, seq', from);
  db.run('DELETE FROM events WHERE occurred_at >= ?', from);
  db.run(
    'DELETE FROM workflow_executions WHERE workflow_id = ? AND created_at >= ?',
    workflowId,
    from,
  );
  db.run('DELETE FROM timed_events WHERE workflow_id = ?', workflowId);
  db.run('DELETE FROM trigger_watches');
  db.run('DELETE FROM enrolment_refusals WHERE workflow_id = ?', workflowId);
}

export function countPastEvents(db: Reader, to: string): number {
  const row = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM past_events WHERE occurred_at <= ?',
    to,
  );
  return row?.count ?? 0;
}

/** A part of the events that are to happen again, in their order. */
export function pastEvents(db: Reader, after: number, to: string, limit: number): PastEvent[] {
  return db.all<PastEvent>(
    `SELECT rowid AS place, seq, id, type, object, record_id, data, actor, chain, occurred_at
       FROM past_events WHERE rowid > ? AND occurred_at <= ? ORDER BY rowid LIMIT ?`,
    after,
    to,
    limit,
  );
}

/** Writes an event of the past again, as the newest. */
export function insertPastEvent(db: Writer, event: PastEvent): number {
  db.run(
    `INSERT INTO events (id, type, object, record_id, data, actor, chain, occurred_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    event.id,
    event.type,
    event.object,
    event.record_id,
    event.data,
    event.actor,
    event.chain,
    event.occurred_at,
  );
  return db.get<{ seq: number }>('SELECT last_insert_rowid() AS seq')?.seq ?? 0;
}

/** How many changes lie between then and now. */
export function countPastEntries(db: Reader): number {
  return db.get<{ count: number }>('SELECT count(*) AS count FROM past_journal')?.count ?? 0;
}

/** A part of the changes, from a place on (the first is 1), upwards or downwards. */
export function journalPart(
  db: Reader,
  place: number,
  direction: 'up' | 'down',
  limit: number,
): PastEntry[] {
  const [comparison, order] = direction === 'up' ? ['>=', 'ASC'] : ['<=', 'DESC'];
  return db.all<PastEntry>(
    `SELECT rowid AS place, seq, object, record_id, operation, before, after, actor, at FROM past_journal
      WHERE rowid ${comparison} ? ORDER BY rowid ${order} LIMIT ?`,
    place,
    limit,
  );
}

type Table = 'contacts' | 'companies' | 'deals' | 'activities' | 'notes';

/** A record as its table has it, in the bin or not. */
export function rawRecord(
  db: Reader,
  table: Table,
  id: string,
): Readonly<Record<string, SqlValue>> | undefined {
  return db.get(`SELECT * FROM ${table} WHERE id = ?`, id);
}

/** @param columns names from the journal, which only the record store writes */
export function writeRaw(
  db: Writer,
  table: Table,
  id: string,
  columns: readonly (readonly [string, SqlValue])[],
): void {
  if (columns.length === 0) return;
  const assignments = columns.map(([name]) => `"${name}" = ?`).join(', ');
  db.run(
    `UPDATE ${table} SET ${assignments} WHERE id = ?`,
    ...columns.map(([, value]) => value),
    id,
  );
}

/** When a record was last written before an entry of the journal. */
export function writtenBefore(db: Reader, recordId: string, seq: number): string | null {
  return (
    db.get<{ at: string | null }>(
      `SELECT at FROM journal WHERE record_id = ${boundText} AND seq < ${boundInteger} ORDER BY seq DESC LIMIT 1`,
      recordId,
      seq,
    )?.at ?? null
  );
}

/** Gives a record exactly these tags; one that is not there any more is made again. */
export function writeTags(
  db: Writer,
  object: JournalObject,
  recordId: string,
  names: readonly string[],
): void {
  db.run('DELETE FROM record_tags WHERE record_id = ?', recordId);
  for (const name of names) {
    const folded = foldText(name);
    db.run(
      `INSERT OR IGNORE INTO tags (id, name, name_folded, created_at) VALUES (?, ?, ?, '')`,
      `rehearsed ${folded}`,
      name,
      folded,
    );
    db.run(
      `INSERT OR IGNORE INTO record_tags (record_id, tag_id, object)
         SELECT ?, id, ? FROM tags WHERE name_folded = ?`,
      recordId,
      object,
      folded,
    );
  }
}

export function readTags(db: Reader, recordId: string): string[] {
  return db
    .all<{ name: string }>(
      `SELECT t.name FROM record_tags rt JOIN tags t ON t.id = rt.tag_id
        WHERE rt.record_id = ? ORDER BY t.name_folded`,
      recordId,
    )
    .map(({ name }) => name);
}
