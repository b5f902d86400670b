import type { TimedEventType } from '../../../shared/events/event-types.ts';
import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { customDateExpression } from '../../crm/fields/custom-values.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { Reader, Writer } from '../../db/handle.ts';
import type { DateTrigger, ValueRange } from '../decide/trigger-due.ts';

/** How far a timed trigger was looked at, as the file has it. */
export interface WatchRow {
  readonly workflow_id: string;
  readonly trigger_index: number;
  /** The trigger as it was then: another one begins anew. */
  readonly trigger_text: string;
  readonly checked_until: string;
}

export function listWatches(db: Reader): WatchRow[] {
  return db.all<WatchRow>('SELECT * FROM trigger_watches');
}

export function saveWatch(db: Writer, watch: WatchRow): void {
  db.run(
    `INSERT INTO trigger_watches (workflow_id, trigger_index, trigger_text, checked_until) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET trigger_text = excluded.trigger_text, checked_until = excluded.checked_until`,
    watch.workflow_id,
    watch.trigger_index,
    watch.trigger_text,
    watch.checked_until,
  );
}

export function removeWatch(db: Writer, workflowId: string, index: number): void {
  db.run(
    'DELETE FROM trigger_watches WHERE workflow_id = ? AND trigger_index = ?',
    workflowId,
    index,
  );
}

/** A record with the value of its date, as the file keeps it. */
export interface DatedRecord {
  readonly id: string;
  readonly value: string;
}

/** Where in a range the last look ended. */
export type RangePlace = DatedRecord | null;

/** How SQL reads the date `field` of the record `r`: from the registry alone, never from a definition's text. */
function dateExpression(object: ObjectName, field: string): string {
  return isCustomName(field)
    ? customDateExpression(field, 'r.custom')
    : (recordKinds[object].expressions[field] ?? `r.${field}`);
}

/**
 * A date of the user's own has no index until a trigger watches it: this makes it, once. What another program left
 * unreadable in `custom` counts as no date, so the index refuses nothing.
 */
export function ensureDateIndex(db: Writer, { object, field }: DateTrigger): void {
  if (!isCustomName(field)) return;
  const { table } = recordKinds[object];
  db.run(
    `CREATE INDEX IF NOT EXISTS ${table}_${field} ON ${table}(${customDateExpression(field, 'custom')})
      WHERE deleted_at IS NULL`,
  );
}

/** Records whose date is in a range, in order, found by the index on that date. */
export function recordsInRange(
  db: Reader,
  { object, field, openOnly }: DateTrigger,
  range: ValueRange,
  after: RangePlace,
  limit: number,
): DatedRecord[] {
  const { table } = recordKinds[object];
  const column = dateExpression(object, field);
  const open = openOnly ? ' AND r.completed_at IS NULL' : '';
  return db.all<DatedRecord>(
    `SELECT r.id, ${column} AS value FROM ${table} r
      WHERE r.deleted_at IS NULL${open} AND (${column}, r.id) > (?, ?) AND ${column} <= ?
      ORDER BY ${column}, r.id LIMIT ?`,
    // An id is never empty, so the first of the range is later than its beginning.
    after?.value ?? range.from,
    after?.id ?? '',
    range.to,
    limit,
  );
}

export interface TimedMoment {
  readonly workflow_id: string;
  readonly trigger_index: number;
  /** '' for a schedule, which is about no record. */
  readonly record_id: string;
  readonly due_at: string;
  readonly type: TimedEventType;
  readonly object: ObjectName | null;
}

export type MomentOutcome = 'fired' | 'skipped' | 'asked';

/**
 * Takes a moment, so that nobody else does.
 *
 * @returns false when it was taken before
 */
export function takeMoment(db: Writer, moment: TimedMoment, outcome: MomentOutcome): boolean {
  return (
    db.run(
      `INSERT OR IGNORE INTO timed_events (workflow_id, trigger_index, record_id, due_at, type, object, outcome)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      moment.workflow_id,
      moment.trigger_index,
      moment.record_id,
      moment.due_at,
      moment.type,
      moment.object,
      outcome,
    ) === 1
  );
}

export function settleMoment(
  db: Writer,
  moment: TimedMoment,
  outcome: MomentOutcome,
  eventId: string | null,
): void {
  db.run(
    `UPDATE timed_events SET outcome = ?, event_id = ?
      WHERE workflow_id = ? AND trigger_index = ? AND record_id = ? AND due_at = ?`,
    outcome,
    eventId,
    moment.workflow_id,
    moment.trigger_index,
    moment.record_id,
    moment.due_at,
  );
}

/** Moments of a workflow that were missed and wait for the user to decide, the oldest first. */
export function askedMoments(db: Reader, workflowId: string, limit: number): TimedMoment[] {
  return db.all<TimedMoment>(
    `SELECT workflow_id, trigger_index, record_id, due_at, type, object FROM timed_events
      WHERE outcome = 'asked' AND workflow_id = ? ORDER BY due_at LIMIT ?`,
    workflowId,
    limit,
  );
}

export interface AskedCount {
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly count: number;
  readonly first_due_at: string;
}

/** What was missed and waits for the user, per workflow: moments of triggers and waits alike. */
export function countAsked(db: Reader): AskedCount[] {
  return db.all<AskedCount>(
    `SELECT a.workflow_id, w.name AS workflow_name, count(*) AS count, min(a.due_at) AS first_due_at FROM (
         SELECT workflow_id, due_at FROM timed_events WHERE outcome = 'asked'
         UNION ALL
         SELECT r.workflow_id, p.missed_at FROM waits p JOIN workflow_executions r ON r.id = p.execution_id
          WHERE p.missed_at IS NOT NULL
       ) a JOIN workflows w ON w.id = a.workflow_id
      WHERE coalesce(w.is_deleted, 0) = 0 GROUP BY a.workflow_id ORDER BY w.seq`,
  );
}
