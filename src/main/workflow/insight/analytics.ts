import type { Analytics } from '../../../shared/contract/insight.ts';
import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';
import { dateOf, shiftDate, startOfDate } from '../../../shared/workflow/relative-date.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { ReadScope } from '../../readers/readers.ts';

export interface AnalyticsInput {
  readonly workflow_id: string | null;
  /** ISO 8601 UTC with milliseconds, as rows have it; the first instant of the period. */
  readonly from: string;
  /** The first instant after it. */
  readonly to: string;
  readonly time_zone: string;
}

const shownFailures = 50;

/** Days a chart can still show one by one. */
const mostDays = 400;

/** A run that is over by itself: what a success rate is a share of. */
const ended = "('succeeded', 'partial', 'failed')";

/** Figures over the runs that came to be in a period. For a reader's thread: it looks at each of them. */
export function readAnalytics(
  db: Reader,
  input: AnalyticsInput,
  { refuseCancelled }: ReadScope,
): Analytics {
  const { workflow_id: workflowId, from, to } = input;
  const period = new Period(workflowId, from, to);
  const byStatus = db.all<{ status: ExecutionStatus; count: number }>(
    `SELECT r.status, count(*) AS count FROM workflow_executions r WHERE ${period.sql} GROUP BY r.status ORDER BY r.status`,
    ...period.values,
  );
  refuseCancelled();
  const of = (...statuses: readonly ExecutionStatus[]): number =>
    byStatus.reduce((sum, { status, count }) => sum + (statuses.includes(status) ? count : 0), 0);
  const over = of('succeeded', 'partial', 'failed');
  const durations = readDurations(db, period);
  refuseCancelled();
  const days = readDays(db, period, input);
  refuseCancelled();
  const failures = readFailures(db, period);
  refuseCancelled();
  return {
    from,
    to,
    runs: byStatus.reduce((sum, { count }) => sum + count, 0),
    by_status: byStatus,
    success_rate: over === 0 ? null : of('succeeded') / over,
    ...durations,
    waiting_now: countWaiting(db, workflowId),
    goal: workflowId === null ? null : readGoal(db, period, workflowId),
    days,
    failures,
    steps: workflowId === null ? [] : readSteps(db, period),
    workflows: workflowId === null ? readWorkflows(db, period) : [],
  };
}

/** The runs `r` that are counted. */
class Period {
  readonly sql: string;
  readonly values: readonly SqlValue[];

  constructor(workflowId: string | null, from: string, to: string) {
    const own = workflowId === null ? '' : ' AND r.workflow_id = ?';
    this.sql = `r.created_at >= ? AND r.created_at < ?${own}`;
    this.values = [from, to, ...(workflowId === null ? [] : [workflowId])];
  }
}

function readDurations(
  db: Reader,
  { sql, values }: Period,
): Pick<Analytics, 'average_seconds' | 'median_seconds'> {
  const known = `${sql} AND r.status IN ${ended} AND r.duration_seconds IS NOT NULL`;
  const all = db.get<{ average: number | null; count: number }>(
    `SELECT avg(r.duration_seconds) AS average, count(*) AS count FROM workflow_executions r WHERE ${known}`,
    ...values,
  );
  if (!all || all.count === 0) return { average_seconds: null, median_seconds: null };
  // The one in the middle; of an even number the lower of the two, which is a duration that was.
  const middle = db.get<{ seconds: number }>(
    `SELECT r.duration_seconds AS seconds FROM workflow_executions r WHERE ${known}
      ORDER BY r.duration_seconds LIMIT 1 OFFSET ?`,
    ...values,
    Math.floor((all.count - 1) / 2),
  );
  return { average_seconds: all.average, median_seconds: middle?.seconds ?? null };
}

function countWaiting(db: Reader, workflowId: string | null): number {
  const row =
    workflowId === null
      ? db.get<{ n: number }>(
          "SELECT count(*) AS n FROM waits p JOIN workflow_executions r ON r.id = p.execution_id WHERE r.status = 'waiting'",
        )
      : db.get<{ n: number }>(
          `SELECT count(*) AS n FROM waits p JOIN workflow_executions r ON r.id = p.execution_id
            WHERE r.status = 'waiting' AND r.workflow_id = ?`,
          workflowId,
        );
  return row?.n ?? 0;
}

function readGoal(db: Reader, { sql, values }: Period, workflowId: string): Analytics['goal'] {
  const row = db.get<{ reached: number | null; over: number }>(
    `SELECT sum(r.end_reason = 'goal') AS reached, count(*) AS over FROM workflow_executions r
      WHERE ${sql} AND r.status IN ('succeeded', 'partial', 'failed', 'cancelled')`,
    ...values,
  );
  const reached = row?.reached ?? 0;
  const settings = db.get<{ settings: string | null }>(
    'SELECT settings FROM workflows WHERE id = ?',
    workflowId,
  );
  const hasGoal = settings?.settings?.includes('"goal"') ?? false;
  return hasGoal || reached > 0 ? { reached, over: row?.over ?? 0 } : null;
}

/** The instants at which the days of a period begin, in a zone. */
function dayStarts(from: string, to: string, zone: string): { day: string; from: string }[] {
  const days: { day: string; from: string }[] = [];
  const end = Date.parse(to);
  let day = dateOf(Date.parse(from), zone);
  for (let count = 0; count < mostDays; count += 1, day = shiftDate(day, 1)) {
    const start = startOfDate(day, zone);
    if (start >= end) break;
    days.push({ day, from: new Date(start).toISOString() });
  }
  return days;
}

function readDays(db: Reader, { sql, values }: Period, input: AnalyticsInput): Analytics['days'] {
  const starts = dayStarts(input.from, input.to, input.time_zone);
  // One row a minute at most: every zone's days begin at a full minute.
  const rows = db.all<{ minute: string; status: ExecutionStatus; count: number }>(
    `SELECT substr(r.created_at, 1, 16) AS minute, r.status, count(*) AS count FROM workflow_executions r
      WHERE ${sql} GROUP BY 1, 2 ORDER BY 1`,
    ...values,
  );
  const days = starts.map((start) => ({ ...start, succeeded: 0, failed: 0, other: 0 }));
  let at = 0;
  for (const { minute, status, count } of rows) {
    while (at + 1 < days.length && (days[at + 1]?.from.slice(0, 16) ?? '') <= minute) at += 1;
    const day = days[at];
    if (!day) break;
    if (status === 'succeeded') day.succeeded += count;
    else if (status === 'failed' || status === 'partial') day.failed += count;
    else day.other += count;
  }
  return days;
}

function readFailures(db: Reader, { sql, values }: Period): Analytics['failures'] {
  return db.all<Analytics['failures'][number]>(
    `SELECT g.workflow_id, w.name AS workflow_name, g.step_id, g.step_type, g.step_name, g.reason, g.count,
       q.id AS last_execution_id
      FROM (SELECT r.workflow_id, s.step_id, s.type AS step_type, max(s.name) AS step_name,
              coalesce(s.error, '') AS reason, count(*) AS count, max(r.seq) AS last_seq
             FROM workflow_executions r JOIN step_records s ON s.execution_id = r.id
            WHERE ${sql} AND s.status = 'failed' GROUP BY r.workflow_id, s.step_id, s.type, s.error) g
      JOIN workflow_executions q ON q.seq = g.last_seq JOIN workflows w ON w.id = g.workflow_id
     ORDER BY g.count DESC, g.last_seq DESC LIMIT ?`,
    ...values,
    shownFailures,
  );
}

interface StepCount {
  readonly step_id: string;
  readonly type: string;
  readonly name: string | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly waiting: number;
  readonly other: number;
}

/** In the order in which the steps first came. */
function readSteps(db: Reader, { sql, values }: Period): Analytics['steps'] {
  const steps = db.all<StepCount>(
    `SELECT s.step_id, s.type, max(s.name) AS name, sum(s.status = 'succeeded') AS succeeded, sum(s.status = 'failed') AS failed,
       sum(s.status IN ('waiting', 'parked')) AS waiting, sum(s.status IN ('skipped', 'retried')) AS other
      FROM workflow_executions r JOIN step_records s ON s.execution_id = r.id
     WHERE ${sql} GROUP BY s.step_id, s.type ORDER BY min(s.seq)`,
    ...values,
  );
  const branches = db.all<{ step_id: string; branch: string; count: number }>(
    `SELECT s.step_id, json_extract(s.output, '$.branch') AS branch, count(*) AS count
      FROM workflow_executions r JOIN step_records s ON s.execution_id = r.id
     WHERE ${sql} AND s.type IN ('if', 'switch') AND json_valid(s.output)
       AND json_extract(s.output, '$.branch') IS NOT NULL
     GROUP BY 1, 2 ORDER BY count DESC, branch`,
    ...values,
  );
  return steps.map((step) => ({
    ...step,
    branches: branches
      .filter(({ step_id: id }) => id === step.step_id)
      .map(({ branch, count }) => ({ branch, count })),
  }));
}

function readWorkflows(db: Reader, { sql, values }: Period): Analytics['workflows'] {
  return db.all<Analytics['workflows'][number]>(
    `SELECT w.id AS workflow_id, w.name, count(*) AS runs, sum(r.status = 'succeeded') AS succeeded,
       sum(r.status IN ('failed', 'partial')) AS failed,
       (SELECT count(*) FROM waits p JOIN workflow_executions q ON q.id = p.execution_id
         WHERE q.workflow_id = w.id AND q.status = 'waiting') AS waiting_now
      FROM workflow_executions r JOIN workflows w ON w.id = r.workflow_id
     WHERE ${sql} GROUP BY w.id ORDER BY runs DESC, w.seq`,
    ...values,
  );
}
