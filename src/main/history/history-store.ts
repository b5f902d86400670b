import type { Reader, Writer } from '../db/handle.ts';
import { dropEmptyActions } from '../journal/user-actions.ts';
import type { HistorySize } from './history-budget.ts';

/** The tables history is in, with what a row weighs besides its overhead. */
const weights = {
  events: 'length(data) + length(actor) + coalesce(length(chain), 0)',
  journal: 'coalesce(length(before), 0) + coalesce(length(after), 0) + length(actor)',
  workflow_executions: 'coalesce(length(actions_executed), 0) + coalesce(length(error_message), 0)',
  step_records: 'length(input) + coalesce(length(output), 0) + coalesce(length(changes), 0)',
  enrolment_refusals: 'length(seen)',
} as const;

/** What a row costs beside its texts: ids, times, and its entries in the indexes. */
const overheadBytes = 300;

const sampleRows = 200;

/** The size of history, estimated from its newest rows: to weigh every row would take as long as to read them all. */
export function measureHistory(
  db: Reader,
): HistorySize & { readonly events: number; readonly runs: number } {
  let bytes = 0;
  const counts = new Map<string, number>();
  for (const [table, weight] of Object.entries(weights)) {
    const ends = db.get<{ first: number | null; last: number | null }>(
      `SELECT (SELECT min(seq) FROM ${table}) AS first, (SELECT max(seq) FROM ${table}) AS last`,
    );
    const rows = ends?.last ? ends.last - (ends.first ?? 0) + 1 : 0;
    const sample = db.get<{ bytes: number | null }>(
      `SELECT avg(${weight}) AS bytes FROM (SELECT * FROM ${table} ORDER BY seq DESC LIMIT ${sampleRows})`,
    );
    counts.set(table, rows);
    bytes += rows * ((sample?.bytes ?? 0) + overheadBytes);
  }
  const first = db.get<{ seq: number; at: string }>(
    'SELECT seq, occurred_at AS at FROM events ORDER BY seq LIMIT 1',
  );
  const last = db.get<{ seq: number }>('SELECT seq FROM events ORDER BY seq DESC LIMIT 1');
  return {
    bytes: Math.round(bytes),
    events: counts.get('events') ?? 0,
    runs: counts.get('workflow_executions') ?? 0,
    first: first ?? null,
    last: last ?? null,
  };
}

export function occurredAt(db: Reader, seq: number): string | null {
  const row = db.get<{ at: string }>(
    'SELECT occurred_at AS at FROM events WHERE seq >= ? ORDER BY seq LIMIT 1',
    seq,
  );
  return row?.at ?? null;
}

export interface OldRun {
  readonly seq: number;
  readonly id: string;
  /** It is over since before the cut-off. */
  readonly is_old: number;
}

/** Runs that began before an instant, a part at a time. */
export function runsBefore(db: Reader, after: number, cutoff: string, limit: number): OldRun[] {
  return db.all<OldRun>(
    `SELECT seq, id, status NOT IN ('queued', 'running', 'waiting', 'parked') AND coalesce(finished_at, created_at) < ? AS is_old
       FROM workflow_executions WHERE seq > ? AND created_at < ? ORDER BY seq LIMIT ?`,
    cutoff,
    after,
    cutoff,
    limit,
  );
}

export function deleteRun(db: Writer, id: string): void {
  db.run('DELETE FROM step_records WHERE execution_id = ?', id);
  db.run('DELETE FROM workflow_executions WHERE id = ?', id);
}

export interface OldEvent {
  readonly seq: number;
  readonly is_free: number;
}

/** Events before an instant, a part at a time; one that is not dispatched, or that a run is of, is not free to go. */
export function eventsBefore(db: Reader, after: number, cutoff: string, limit: number): OldEvent[] {
  return db.all<OldEvent>(
    `SELECT e.seq, e.dispatched_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM workflow_executions r WHERE r.event_id = e.id AND r.restart_of IS NULL)
        AND NOT EXISTS (SELECT 1 FROM workflow_executions r WHERE r.event_id = e.id AND r.restart_of IS NOT NULL) AS is_free
       FROM events e WHERE e.seq > ? AND e.occurred_at < ? ORDER BY e.seq LIMIT ?`,
    after,
    cutoff,
    limit,
  );
}

export function deleteEvent(db: Writer, seq: number): void {
  db.run('DELETE FROM events WHERE seq = ?', seq);
}

/** @returns how many rows went */
export function deleteJournalBefore(db: Writer, cutoff: string, limit: number): number {
  const count = db.run(
    'DELETE FROM journal WHERE seq IN (SELECT seq FROM journal WHERE at < ? ORDER BY seq LIMIT ?)',
    cutoff,
    limit,
  );
  // What can no longer be taken back is not offered any more.
  if (count > 0) dropEmptyActions(db);
  return count;
}

/** @returns how many rows went */
export function deleteRefusalsBefore(db: Writer, cutoff: string, limit: number): number {
  return db.run(
    'DELETE FROM enrolment_refusals WHERE seq IN (SELECT seq FROM enrolment_refusals WHERE at < ? ORDER BY seq LIMIT ?)',
    cutoff,
    limit,
  );
}

/**
 * Moments that fired or were left out; those the user is still asked about stay.
 *
 * @returns how many rows went
 */
export function deleteTimedEventsBefore(db: Writer, cutoff: string, limit: number): number {
  return db.run(
    `DELETE FROM timed_events WHERE (workflow_id, trigger_index, record_id, due_at) IN
       (SELECT workflow_id, trigger_index, record_id, due_at FROM timed_events
         WHERE due_at < ? AND outcome <> 'asked' ORDER BY due_at LIMIT ?)`,
    cutoff,
    limit,
  );
}

/** @returns how many rows went */
export function deleteEnrolmentsBefore(db: Writer, cutoff: string, limit: number): number {
  return db.run(
    'DELETE FROM enrolments WHERE seq IN (SELECT seq FROM enrolments WHERE finished_at < ? ORDER BY finished_at LIMIT ?)',
    cutoff,
    limit,
  );
}
