import type { Page } from '../../../shared/contract/lists.ts';
import type { Execution, StepResult } from '../../../shared/contract/workflows.ts';
import type { ErrorKind } from '../../../shared/model/error-kind.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { ExecutionStatus, WorkflowSettings } from '../../../shared/workflow/definition.ts';
import { type Filter, type PageQuery, readPage } from '../../crm/records/page.ts';
import { recordName } from '../../crm/records/record-name.ts';
import { boundText } from '../../db/bound.ts';
import type { Reader, Writer } from '../../db/handle.ts';
import { notFound } from '../../errors.ts';
import type { WaitRule } from '../decide/plan-wait.ts';
import { readWaitRule } from './wait-store.ts';

export interface SavedRun {
  readonly id: string;
  /** What there is of it: nothing, its start by hand, or what it did before. */
  readonly on_file: 'nothing' | 'queued' | 'begun';
  readonly workflow_id: string;
  readonly version_id: string;
  readonly event_id: string;
  readonly record: RecordReference | null;
  readonly status: ExecutionStatus;
  readonly success_count: number;
  readonly failure_count: number;
  readonly duration_seconds: number | null;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly error_message: string | null;
  readonly error_kind: ErrorKind | null;
  /** Why it ended before its last step, when no failure ended it. */
  readonly end_reason: Execution['end_reason'];
  /** Where a run that waits or failed goes on, as JSON. */
  readonly cursor: string | null;
  readonly restart_of: string | null;
  readonly steps: readonly StepResult[];
  /** How many of the steps are on file already. */
  readonly saved_steps: number;
}

/** What `workflow_executions.actions_executed` tells people who read the file by SQL. */
function summarise(steps: readonly StepResult[]): string {
  return JSON.stringify(
    steps.map(({ id, type, status, output, error }) => ({
      id,
      type,
      status,
      ...(error === null ? { output } : { error }),
    })),
  );
}

/** A run asked for by hand is on file from the moment of asking, before the executor takes it. */
export function insertQueuedRun(
  db: Writer,
  run: {
    id: string;
    workflow_id: string;
    event_id: string;
    record: RecordReference | null;
    at: string;
  },
): void {
  db.run(
    `INSERT INTO workflow_executions (id, workflow_id, event_id, object, record_id, status, created_at)
     VALUES (?, ?, ?, ?, ?, 'queued', ?)`,
    run.id,
    run.workflow_id,
    run.event_id,
    run.record?.object ?? null,
    run.record?.id ?? null,
    run.at,
  );
}

export function queuedRunId(db: Reader, workflowId: string, eventId: string): string | null {
  const row = db.get<{ id: string }>(
    `SELECT id FROM workflow_executions
      WHERE workflow_id = ${boundText} AND event_id = ${boundText} AND status = 'queued' AND restart_of IS NULL`,
    workflowId,
    eventId,
  );
  return row?.id ?? null;
}

const waitedStepSql = `UPDATE step_records SET status = ?, output = ?, error = ?, error_kind = ?, warnings = ?
  WHERE execution_id = ${boundText} AND status = 'waiting'`;

function insertRun(db: Writer, run: SavedRun): void {
  db.run(
    `INSERT INTO workflow_executions (id, workflow_id, version_id, event_id, object, record_id, status, success_count,
       failure_count, duration_seconds, started_at, finished_at, error_message, error_kind, actions_executed, cursor, restart_of,
       end_reason, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    run.id,
    run.workflow_id,
    run.version_id,
    run.event_id,
    run.record?.object ?? null,
    run.record?.id ?? null,
    run.status,
    run.success_count,
    run.failure_count,
    run.duration_seconds,
    run.started_at,
    run.finished_at,
    run.error_message,
    run.error_kind,
    summarise(run.steps),
    run.cursor,
    run.restart_of,
    run.end_reason,
    run.started_at,
  );
}

function updateRun(db: Writer, run: SavedRun): void {
  // Told by its first stretch alone: to write a reference costs as much as all the rest.
  if (run.on_file === 'queued')
    db.run('UPDATE workflow_executions SET version_id = ? WHERE id = ?', run.version_id, run.id);
  db.run(
    `UPDATE workflow_executions SET status = ?, success_count = ?, failure_count = ?, duration_seconds = ?,
       started_at = ?, finished_at = ?, error_message = ?, error_kind = ?, actions_executed = ?, cursor = ?, end_reason = ?,
       recoveries = 0
      WHERE id = ?`,
    run.status,
    run.success_count,
    run.failure_count,
    run.duration_seconds,
    run.started_at,
    run.finished_at,
    run.error_message,
    run.error_kind,
    summarise(run.steps),
    run.cursor,
    run.end_reason,
    run.id,
  );
}

/**
 * Writes a run as it stands, with its new steps; one that was queued or waiting is brought up to date.
 *
 * Not by an upsert: SQLite runs one in a savepoint of its own, and each savepoint makes the search indexes write what
 * they have gathered.
 */
export function saveRun(db: Writer, run: SavedRun): void {
  if (run.on_file === 'nothing') insertRun(db, run);
  else updateRun(db, run);
  const waited = run.steps[run.saved_steps - 1];
  if (waited) {
    db.run(
      waitedStepSql,
      waited.status,
      waited.output === null ? null : JSON.stringify(waited.output),
      waited.error,
      waited.error_kind,
      waited.warnings.length === 0 ? null : JSON.stringify(waited.warnings),
      run.id,
    );
  }
  for (const step of run.steps.slice(run.saved_steps)) {
    db.run(
      `INSERT INTO step_records (execution_id, step_id, type, name, status, input, output, error, error_kind, warnings, changes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run.id,
      step.id,
      step.type,
      step.name,
      step.status,
      JSON.stringify(step.input),
      step.output === null ? null : JSON.stringify(step.output),
      step.error,
      step.error_kind,
      step.warnings.length === 0 ? null : JSON.stringify(step.warnings),
      step.changes.length === 0 ? null : JSON.stringify(step.changes),
    );
  }
}

/** Notes that a run was started by hand on a record that the entry conditions would have refused. */
export function markBypassed(db: Writer, id: string): void {
  db.run('UPDATE workflow_executions SET bypassed_conditions = 1 WHERE id = ?', id);
}

/** Ends a queued run that can no longer start, with the reason: the user mends that. */
export function failQueuedRun(db: Writer, id: string, message: string, at: string): void {
  db.run(
    `UPDATE workflow_executions SET status = 'failed', error_message = ?, error_kind = 'fix_input', started_at = ?, finished_at = ?,
       duration_seconds = 0, actions_executed = '[]' WHERE id = ?`,
    message,
    at,
    at,
    id,
  );
}

/** Ends a run at somebody's wish; the step it waited in is cancelled with it. */
export function cancelRun(db: Writer, id: string, at: string): void {
  db.run(
    `UPDATE workflow_executions SET status = 'cancelled', finished_at = ?, cursor = NULL,
       started_at = coalesce(started_at, ?), actions_executed = coalesce(actions_executed, '[]'),
       duration_seconds = round((julianday(?) - julianday(coalesce(started_at, ?))) * 86400, 3) WHERE id = ?`,
    at,
    at,
    at,
    at,
    id,
  );
  db.run(
    "UPDATE step_records SET status = 'skipped' WHERE execution_id = ? AND status IN ('waiting', 'parked')",
    id,
  );
}

// The `+` keeps SQLite from the index by workflow: a workflow has thousands of runs where a record has a few.
const ofRecordSql = `SELECT 1 FROM workflow_executions WHERE record_id = ${boundText} AND +workflow_id = ? AND`;

const takenInSql = {
  once: `${ofRecordSql} status <> 'skipped' LIMIT 1`,
  after_exit: `${ofRecordSql} status IN ('queued', 'running', 'waiting', 'parked') LIMIT 1`,
} as const;

/**
 * Why a record may not be taken in again, or null when it may. Runs that were skipped do not count.
 *
 * @param recordId null: the workflow runs on no record, and each start stands for itself
 */
export function refuseReEntry(
  db: Reader,
  workflowId: string,
  recordId: string | null,
  reEntry: WorkflowSettings['re_entry'],
): string | null {
  if (reEntry === 'every_event' || recordId === null) return null;
  if (!db.get(takenInSql[reEntry], recordId, workflowId)) return null;
  return reEntry === 'once'
    ? 'the record was taken in before'
    : 'a run for the record is under way';
}

/** Ends a waiting run that can no longer go on, with the reason. */
export function failWaitingRun(
  db: Writer,
  id: string,
  error: { readonly message: string; readonly kind: ErrorKind },
  at: string,
): void {
  db.run(
    "UPDATE step_records SET status = 'failed', error = ?, error_kind = ? WHERE execution_id = ? AND status = 'waiting'",
    error.message,
    error.kind,
    id,
  );
  db.run(
    `UPDATE workflow_executions SET status = 'failed', error_message = ?, error_kind = ?, finished_at = ?, cursor = NULL,
       duration_seconds = (julianday(?) - julianday(started_at)) * 86400 WHERE id = ?`,
    error.message,
    error.kind,
    at,
    at,
    id,
  );
}

/** The run an event started, or was refused to start as a loop; restarts are not it. */
export function findRunOfEvent(
  db: Reader,
  workflowId: string,
  eventId: string,
): {
  readonly id: string;
  readonly status: ExecutionStatus;
  readonly error_message: string | null;
} | null {
  return (
    db.get(
      `SELECT id, status, error_message FROM workflow_executions
        WHERE workflow_id = ? AND event_id = ? AND restart_of IS NULL`,
      workflowId,
      eventId,
    ) ?? null
  );
}

/** The workflow a run is of, and the event it began with; null when somebody deleted either by SQL. */
export function findWorkflowOfRun(
  db: Reader,
  executionId: string,
): { readonly id: string; readonly name: string; readonly event_id: string } | null {
  return (
    db.get(
      `SELECT w.id, w.name, r.event_id FROM workflow_executions r JOIN workflows w ON w.id = r.workflow_id WHERE r.id = ?`,
      executionId,
    ) ?? null
  );
}

interface ExecutionRow {
  readonly seq: number;
  readonly id: string;
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly status: ExecutionStatus;
  readonly success_count: number;
  readonly failure_count: number;
  readonly duration_seconds: number | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly error_message: string | null;
  readonly error_kind: ErrorKind | null;
  readonly end_reason: Execution['end_reason'];
  readonly bypassed_conditions: number;
  readonly object: ObjectName | null;
  readonly record_id: string | null;
  readonly event_type: string;
  readonly version: number | null;
  readonly restart_of: string | null;
  readonly due_at: string | null;
  readonly missed_at: string | null;
  readonly rule: string | null;
  readonly created_at: string;
}

interface StepRow {
  readonly execution_id: string;
  readonly step_id: string;
  readonly type: string;
  readonly name: string | null;
  readonly status: StepResult['status'];
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly error_kind: ErrorKind | null;
  readonly warnings: string | null;
  readonly changes: string | null;
}

const select = `SELECT r.*, w.name AS workflow_name, e.type AS event_type, v.number AS version, p.due_at, p.missed_at, p.rule
  FROM workflow_executions r
  JOIN workflows w ON w.id = r.workflow_id
  JOIN events e ON e.id = r.event_id
  LEFT JOIN workflow_versions v ON v.id = r.version_id
  LEFT JOIN waits p ON p.execution_id = r.id`;

// The JSON columns of step_records are written by saveRun alone.
function toStep(row: StepRow): StepResult {
  return {
    id: row.step_id,
    type: row.type,
    name: row.name,
    status: row.status,
    input: JSON.parse(row.input) as StepResult['input'],
    output: row.output === null ? null : (JSON.parse(row.output) as StepResult['output']),
    error: row.error,
    error_kind: row.error_kind,
    warnings: row.warnings === null ? [] : (JSON.parse(row.warnings) as string[]),
    changes: row.changes === null ? [] : (JSON.parse(row.changes) as StepResult['changes']),
  };
}

const stepsSql = `SELECT * FROM step_records WHERE execution_id = ${boundText} ORDER BY seq`;

/** The steps of a run, in the order they were taken. */
export function readSteps(db: Reader, executionId: string): StepResult[] {
  return db.all<StepRow>(stepsSql, executionId).map(toStep);
}

function toExecution(db: Reader, row: ExecutionRow): Execution {
  const record =
    row.object === null || row.record_id === null
      ? null
      : { object: row.object, id: row.record_id };
  return {
    id: row.id,
    workflow_id: row.workflow_id,
    workflow_name: row.workflow_name,
    status: row.status,
    success_count: row.success_count,
    failure_count: row.failure_count,
    duration_seconds: row.duration_seconds,
    started_at: row.started_at,
    finished_at: row.finished_at,
    error_message: row.error_message,
    error_kind: row.error_kind,
    end_reason: row.end_reason,
    bypassed_conditions: row.bypassed_conditions !== 0,
    actions_executed: readSteps(db, row.id),
    waiting_until: row.status === 'waiting' ? row.due_at : null,
    waiting_for: row.status === 'waiting' ? describeWait(row) : null,
    event_type: row.event_type,
    record,
    record_name: record ? recordName(db, record) : null,
    version: row.version,
    restart_of: row.restart_of,
    created_at: row.created_at,
  };
}

/** Null for a damaged rule: the list of runs must be there all the same. */
function readRule(rule: string): WaitRule | null {
  try {
    return readWaitRule({ rule });
  } catch {
    return null;
  }
}

/** What a run waits for, as the screens name it. */
function describeWait({ rule, missed_at: missed }: ExecutionRow): Execution['waiting_for'] {
  if (missed !== null) return { kind: 'decision', detail: missed };
  const parsed = rule === null ? null : readRule(rule);
  switch (parsed?.kind) {
    case undefined:
      return null;
    case 'resume':
      return null;
    case 'instant':
    case 'answered':
    case 'let_go':
      return { kind: 'time', detail: null };
    case 'field':
      return { kind: 'field', detail: `${parsed.reference.object}.${parsed.reference.field}` };
    case 'event':
      return { kind: 'event', detail: parsed.event_type };
    case 'condition':
      return { kind: 'condition', detail: null };
    case 'external':
      return { kind: 'external', detail: null };
  }
}

/** @throws UserError `not_found` */
export function getExecution(db: Reader, id: string): Execution {
  const row = db.get<ExecutionRow>(`${select} WHERE r.id = ?`, id);
  if (!row) throw notFound('run', id);
  return toExecution(db, row);
}

/** Which runs of a list are wanted; what is left out asks nothing. */
export interface RunFilter {
  readonly record?: RecordReference | undefined;
  readonly workflow_id?: string | undefined;
  readonly status?: ExecutionStatus | undefined;
  /** ISO 8601, from this instant on. */
  readonly from?: string | undefined;
  /** ISO 8601, before this instant. */
  readonly to?: string | undefined;
  readonly failed_step?: string | undefined;
}

export function runFilters(filter: RunFilter): Filter[] {
  const { record, workflow_id: workflowId, status, from, to, failed_step: step } = filter;
  const instant = (text: string): string => new Date(text).toISOString();
  return [
    ...(record
      ? [{ sql: 'r.object = ? AND r.record_id = ?', values: [record.object, record.id] }]
      : []),
    ...(workflowId === undefined ? [] : [{ sql: 'r.workflow_id = ?', values: [workflowId] }]),
    ...(status === undefined ? [] : [{ sql: 'r.status = ?', values: [status] }]),
    ...(from === undefined ? [] : [{ sql: 'r.created_at >= ?', values: [instant(from)] }]),
    ...(to === undefined ? [] : [{ sql: 'r.created_at < ?', values: [instant(to)] }]),
    ...(step === undefined
      ? []
      : [
          {
            sql: "EXISTS (SELECT 1 FROM step_records f WHERE f.execution_id = r.id AND f.step_id = ? AND f.status = 'failed')",
            values: [step],
          },
        ]),
  ];
}

export function listExecutions(
  db: Reader,
  query: PageQuery,
  filters: readonly Filter[],
): Page<Execution> {
  return readPage<ExecutionRow, Execution>(db, select, filters, query, (row) =>
    toExecution(db, row),
  );
}
