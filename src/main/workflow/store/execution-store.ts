import type { Page } from '../../../shared/contract/lists.ts';
import type { Execution, StepResult } from '../../../shared/contract/workflows.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';
import { type Filter, type PageQuery, readPage } from '../../crm/records/page.ts';
import { recordName } from '../../crm/records/record-name.ts';
import type { Reader, Writer } from '../../db/handle.ts';
import { notFound } from '../../errors.ts';

export interface FinishedRun {
  readonly id: string;
  readonly workflow_id: string;
  readonly version_id: string;
  readonly event_id: string;
  readonly record: RecordReference | null;
  readonly status: ExecutionStatus;
  readonly success_count: number;
  readonly failure_count: number;
  readonly duration_seconds: number;
  readonly started_at: string;
  readonly finished_at: string;
  readonly error_message: string | null;
  readonly steps: readonly StepResult[];
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
    "SELECT id FROM workflow_executions WHERE workflow_id = ? AND event_id = ? AND status = 'queued'",
    workflowId,
    eventId,
  );
  return row?.id ?? null;
}

/** Writes a run with its steps; one that was queued gets its end, any other is new. */
export function saveFinishedRun(db: Writer, run: FinishedRun): void {
  db.run(
    `INSERT INTO workflow_executions (id, workflow_id, version_id, event_id, object, record_id, status, success_count,
       failure_count, duration_seconds, started_at, finished_at, error_message, actions_executed, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(id) DO UPDATE SET version_id = excluded.version_id, status = excluded.status,
       success_count = excluded.success_count, failure_count = excluded.failure_count,
       duration_seconds = excluded.duration_seconds, started_at = excluded.started_at,
       finished_at = excluded.finished_at, error_message = excluded.error_message,
       actions_executed = excluded.actions_executed`,
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
    summarise(run.steps),
    run.started_at,
  );
  for (const step of run.steps) {
    db.run(
      `INSERT INTO step_records (execution_id, step_id, type, name, status, input, output, error, warnings, changes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run.id,
      step.id,
      step.type,
      step.name,
      step.status,
      JSON.stringify(step.input),
      step.output === null ? null : JSON.stringify(step.output),
      step.error,
      step.warnings.length === 0 ? null : JSON.stringify(step.warnings),
      step.changes.length === 0 ? null : JSON.stringify(step.changes),
    );
  }
}

/** Ends a queued run that can no longer start, with the reason. */
export function failQueuedRun(db: Writer, id: string, message: string, at: string): void {
  db.run(
    `UPDATE workflow_executions SET status = 'failed', error_message = ?, started_at = ?, finished_at = ?,
       duration_seconds = 0, actions_executed = '[]' WHERE id = ?`,
    message,
    at,
    at,
    id,
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
  readonly object: ObjectName | null;
  readonly record_id: string | null;
  readonly event_type: string;
  readonly version: number | null;
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
  readonly warnings: string | null;
  readonly changes: string | null;
}

const select = `SELECT r.*, w.name AS workflow_name, e.type AS event_type, v.number AS version
  FROM workflow_executions r
  JOIN workflows w ON w.id = r.workflow_id
  JOIN events e ON e.id = r.event_id
  LEFT JOIN workflow_versions v ON v.id = r.version_id`;

// The JSON columns of step_records are written by saveFinishedRun alone.
function toStep(row: StepRow): StepResult {
  return {
    id: row.step_id,
    type: row.type,
    name: row.name,
    status: row.status,
    input: JSON.parse(row.input) as StepResult['input'],
    output: row.output === null ? null : (JSON.parse(row.output) as StepResult['output']),
    error: row.error,
    warnings: row.warnings === null ? [] : (JSON.parse(row.warnings) as string[]),
    changes: row.changes === null ? [] : (JSON.parse(row.changes) as StepResult['changes']),
  };
}

function toExecution(db: Reader, row: ExecutionRow): Execution {
  const record =
    row.object === null || row.record_id === null
      ? null
      : { object: row.object, id: row.record_id };
  const steps = db.all<StepRow>(
    'SELECT * FROM step_records WHERE execution_id = ? ORDER BY seq',
    row.id,
  );
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
    actions_executed: steps.map(toStep),
    event_type: row.event_type,
    record,
    record_name: record ? recordName(db, record) : null,
    version: row.version,
    created_at: row.created_at,
  };
}

/** @throws UserError `not_found` */
export function getExecution(db: Reader, id: string): Execution {
  const row = db.get<ExecutionRow>(`${select} WHERE r.id = ?`, id);
  if (!row) throw notFound('run', id);
  return toExecution(db, row);
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
