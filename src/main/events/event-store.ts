import type { Actor, CauseLink, EventData, EventType } from '../../shared/events/event-types.ts';
import type { ObjectName } from '../../shared/model/objects.ts';
import { boundInteger } from '../db/bound.ts';
import type { Reader, Writer } from '../db/handle.ts';

export interface NewEvent {
  readonly type: EventType;
  readonly object: ObjectName | null;
  readonly record_id: string | null;
  readonly data: EventData;
}

export interface StoredEvent extends NewEvent {
  readonly seq: number;
  readonly id: string;
  readonly actor: Actor;
  readonly chain: readonly CauseLink[];
  readonly occurred_at: string;
}

export interface EventRow {
  seq: number;
  id: string;
  type: EventType;
  object: ObjectName | null;
  record_id: string | null;
  data: string;
  actor: string;
  chain: string | null;
  occurred_at: string;
}

const columns = 'seq, id, type, object, record_id, data, actor, chain, occurred_at';

/**
 * @param data of the event as it is stored
 * @param actor as JSON; `chain` too, null for none
 */
export function insertEvent(
  db: Writer,
  id: string,
  { type, object, record_id }: NewEvent,
  data: EventData,
  { actor, chain, at }: { actor: string; chain: string | null; at: string },
): void {
  db.run(
    'INSERT INTO events (id, type, object, record_id, data, actor, chain, occurred_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    type,
    object,
    record_id,
    JSON.stringify(data),
    actor,
    chain,
    at,
  );
}

const pendingSql = `SELECT ${columns} FROM events
  WHERE dispatched_at IS NULL AND seq <= ${boundInteger} ORDER BY seq LIMIT ${boundInteger}`;

/**
 * Events not dispatched yet, oldest first, as they are stored: one that cannot be read must not hide the others.
 *
 * @param last `seq` of the newest to look at
 */
export function pendingEvents(db: Reader, last: number, limit: number): EventRow[] {
  return db.all<EventRow>(pendingSql, last, limit);
}

/** Marks whatever is not dispatched yet. */
export function markAllDispatched(db: Writer, at: string): void {
  db.run('UPDATE events SET dispatched_at = ? WHERE dispatched_at IS NULL', at);
}

/** @throws Error when there is no such event: runs keep theirs */
export function loadEvent(db: Reader, id: string): StoredEvent {
  const row = db.get<EventRow>(`SELECT ${columns} FROM events WHERE id = ?`, id);
  if (!row) throw new Error(`The event ${id} is gone`);
  return readEvent(row);
}

export function hasPendingEvents(db: Reader): boolean {
  return db.get('SELECT 1 FROM events WHERE dispatched_at IS NULL LIMIT 1') !== undefined;
}

export function markDispatched(db: Writer, seq: number, at: string, error: string | null): void {
  db.run('UPDATE events SET dispatched_at = ?, dispatch_error = ? WHERE seq = ?', at, error, seq);
}

/** @throws SyntaxError when another program left something in the row that is no JSON */
export function readEvent(row: EventRow): StoredEvent {
  return {
    ...row,
    // All three columns are written by insertEvent alone, unless somebody edits history by SQL.
    data: JSON.parse(row.data) as EventData,
    actor: JSON.parse(row.actor) as Actor,
    chain: row.chain === null ? [] : (JSON.parse(row.chain) as CauseLink[]),
  };
}

export function newestEventSeq(db: Reader): number {
  return db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM events')?.seq ?? 0;
}

/** An event with what became of it. */
export interface DispatchedEvent extends StoredEvent {
  readonly dispatched_at: string | null;
  readonly dispatch_error: string | null;
}

type DispatchedRow = EventRow & Pick<DispatchedEvent, 'dispatched_at' | 'dispatch_error'>;

function toDispatched(row: DispatchedRow): DispatchedEvent {
  const { dispatched_at, dispatch_error } = row;
  return { ...readEvent(row), dispatched_at, dispatch_error };
}

export function findDispatchedEvent(db: Reader, id: string): DispatchedEvent | null {
  const row = db.get<DispatchedRow>(
    `SELECT ${columns}, dispatched_at, dispatch_error FROM events WHERE id = ?`,
    id,
  );
  return row ? toDispatched(row) : null;
}

/** The newest events of a record, newest first. */
export function recentEventsOf(db: Reader, recordId: string, limit: number): DispatchedEvent[] {
  return db
    .all<DispatchedRow>(
      `SELECT ${columns}, dispatched_at, dispatch_error FROM events WHERE record_id = ? ORDER BY seq DESC LIMIT ?`,
      recordId,
      limit,
    )
    .map(toDispatched);
}

/** Whether one of the records had such an event later than another one. */
export function hadEventSince(
  db: Reader,
  afterSeq: number,
  recordIds: readonly string[],
  type: EventType,
): boolean {
  const marks = recordIds.map(() => '?').join(', ');
  return (
    recordIds.length > 0 &&
    db.get(
      `SELECT 1 FROM events WHERE seq > ? AND type = ? AND record_id IN (${marks}) LIMIT 1`,
      afterSeq,
      type,
      ...recordIds,
    ) !== undefined
  );
}
