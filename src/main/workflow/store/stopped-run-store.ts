import type { ErrorKind } from '../../../shared/model/error-kind.ts';
import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';
import type { Reader, Writer } from '../../db/handle.ts';
import type { WaitRule } from '../decide/plan-wait.ts';
import { type Cursor, startCursor } from '../decide/cursor.ts';
import { insertWait } from './wait-store.ts';

/** A run as far as going on with it, or starting it again, needs to know. */
export interface StoppedRun {
  readonly id: string;
  readonly workflow_id: string;
  readonly version_id: string | null;
  readonly event_id: string;
  readonly object: string | null;
  readonly record_id: string | null;
  readonly status: ExecutionStatus;
  /** A Cursor as JSON. */
  readonly cursor: string | null;
  readonly error_message: string | null;
}

const columns =
  'id, workflow_id, version_id, event_id, object, record_id, status, cursor, error_message';

export function findStoppedRun(db: Reader, id: string): StoppedRun | null {
  return db.get<StoppedRun>(`SELECT ${columns} FROM workflow_executions WHERE id = ?`, id) ?? null;
}

/** Failed runs of a workflow that nobody started again yet or put aside, oldest first. */
export function failedRuns(db: Reader, workflowId: string): string[] {
  return db
    .all<{ id: string }>(
      `SELECT r.id FROM workflow_executions r WHERE r.workflow_id = ? AND r.status IN ('queued', 'waiting', 'parked', 'failed') AND r.status = 'failed' AND r.dismissed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM workflow_executions a WHERE a.restart_of = r.id AND a.workflow_id = r.workflow_id)
        ORDER BY r.seq`,
      workflowId,
    )
    .map((row) => row.id);
}

/** Id of the step a run took last; null before its first. */
export function lastStep(db: Reader, executionId: string): string | null {
  const row = db.get<{ step_id: string }>(
    'SELECT step_id FROM step_records WHERE execution_id = ? ORDER BY seq DESC LIMIT 1',
    executionId,
  );
  return row?.step_id ?? null;
}

/** Stops a run at its step until somebody decides; its cursor stays where it is. */
export function writeParked(
  db: Writer,
  id: string,
  stepId: string,
  reason: string,
  kind: ErrorKind | null,
): void {
  db.run(
    `UPDATE workflow_executions SET status = 'parked', error_message = ?, error_kind = ?, finished_at = NULL, duration_seconds = NULL
      WHERE id = ?`,
    reason,
    kind,
    id,
  );
  db.run(
    `UPDATE step_records SET status = 'parked', error = ?, error_kind = ?
      WHERE execution_id = ? AND step_id = ? AND status = 'waiting'`,
    reason,
    kind,
    id,
    stepId,
  );
}

/** Says of the step a run stopped at what was decided about it. */
export function markStoppedStep(db: Writer, id: string, status: 'retried' | 'skipped'): void {
  db.run(
    `UPDATE step_records SET status = ? WHERE status IN ('failed', 'parked')
        AND seq = (SELECT max(seq) FROM step_records WHERE execution_id = ?)`,
    status,
    id,
  );
}

/** Has the executor go on with a run at a cursor: it is queued, and its wait is due. */
export function queueAgain(
  db: Writer,
  run: { readonly id: string; readonly version_id: string; readonly step_id: string },
  cursor: Cursor,
  now: string,
): void {
  db.run(
    `UPDATE workflow_executions SET status = 'queued', version_id = ?, cursor = ?, error_message = NULL,
       error_kind = NULL, finished_at = NULL, duration_seconds = NULL, recoveries = 0 WHERE id = ?`,
    run.version_id,
    JSON.stringify(cursor),
    run.id,
  );
  insertWait(
    db,
    { execution_id: run.id, step_id: run.step_id, rule: { kind: 'resume' }, due_at: now },
    [],
    now,
  );
}

/** Has a run that failed wait at the step it failed at, whose record is begun anew. */
export function putBackToWaiting(
  db: Writer,
  run: { readonly id: string; readonly step_id: string },
  rule: WaitRule,
  now: string,
): void {
  db.run(
    `INSERT INTO step_records (execution_id, step_id, type, name, status, input, output, warnings, changes)
     SELECT execution_id, step_id, type, name, 'waiting', input, output, warnings, changes FROM step_records
      WHERE execution_id = ? ORDER BY seq DESC LIMIT 1`,
    run.id,
  );
  db.run(
    `UPDATE workflow_executions SET status = 'waiting', error_message = NULL, error_kind = NULL, finished_at = NULL,
       duration_seconds = NULL, recoveries = 0 WHERE id = ?`,
    run.id,
  );
  insertWait(db, { execution_id: run.id, step_id: run.step_id, rule, due_at: null }, [], now);
}

/** A new run of the same event, queued from its first step. */
export function insertRestart(
  db: Writer,
  run: StoppedRun,
  restart: { readonly id: string; readonly version_id: string; readonly step_id: string },
  now: string,
): void {
  db.run(
    `INSERT INTO workflow_executions (id, workflow_id, version_id, event_id, object, record_id, status, cursor, restart_of, created_at)
     VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)`,
    restart.id,
    run.workflow_id,
    restart.version_id,
    run.event_id,
    run.object,
    run.record_id,
    JSON.stringify(startCursor),
    run.id,
    now,
  );
  insertWait(
    db,
    { execution_id: restart.id, step_id: restart.step_id, rule: { kind: 'resume' }, due_at: now },
    [],
    now,
  );
}

export function readRecoveries(db: Reader, id: string): number {
  return (
    db.get<{ recoveries: number }>('SELECT recoveries FROM workflow_executions WHERE id = ?', id)
      ?.recoveries ?? 0
  );
}

export function countRecovery(db: Writer, id: string): void {
  db.run('UPDATE workflow_executions SET recoveries = recoveries + 1 WHERE id = ?', id);
}
