import { type PauseMode, readWorkflowStatus } from '../../../shared/workflow/definition.ts';
import type { Reader, Writer } from '../../db/handle.ts';

/** How the runs of a workflow stand, as far as its pause decides it; null: they go on. */
export type Hold = 'freeze' | 'cancel' | null;

interface PauseColumns {
  readonly status: string;
  readonly pause_mode: string | null;
}

/** A pause by SQL says nothing of the runs that wait, so they finish: `drain`. */
export function readHold({ status, pause_mode: mode }: PauseColumns): Hold {
  if (readWorkflowStatus(status) !== 'paused') return null;
  return mode === 'freeze' || mode === 'cancel' ? mode : null;
}

export function isPaused(db: Reader, workflowId: string): boolean {
  const row = db.get<{ status: string }>('SELECT status FROM workflows WHERE id = ?', workflowId);
  return row !== undefined && readWorkflowStatus(row.status) === 'paused';
}

export function writePause(
  db: Writer,
  workflowId: string,
  mode: PauseMode,
  reason: string | null,
  now: string,
): void {
  db.run(
    `UPDATE workflows SET status = 'paused', pause_mode = ?, paused_at = ?, paused_reason = ?, updated_at = ? WHERE id = ?`,
    mode === 'drain' ? null : mode,
    now,
    reason,
    now,
    workflowId,
  );
}

/** What a workflow that runs again has behind it: its pause, and the failures before it. */
export function clearPause(db: Writer, workflowId: string): void {
  db.run(
    `UPDATE workflows SET pause_mode = NULL, paused_at = NULL, paused_reason = NULL, failures_in_row = 0
      WHERE id = ? AND (pause_mode IS NOT NULL OR paused_at IS NOT NULL OR paused_reason IS NOT NULL OR failures_in_row <> 0)`,
    workflowId,
  );
}

export interface PausedWorkflow {
  readonly id: string;
  readonly hold: Exclude<Hold, null>;
  /** ISO text. */
  readonly paused_at: string | null;
}

/** Workflows whose pause holds their runs. */
export function heldWorkflows(db: Reader): PausedWorkflow[] {
  return db
    .all<PauseColumns & { id: string; paused_at: string | null }>(
      'SELECT id, status, pause_mode, paused_at FROM workflows WHERE pause_mode IS NOT NULL',
    )
    .flatMap((row) => {
      const hold = readHold(row);
      return hold === null ? [] : [{ id: row.id, hold, paused_at: row.paused_at }];
    });
}

/** Whether any pause holds runs, or held some that are to go on. */
export function hasHeldRuns(db: Reader): boolean {
  return (
    db.get(
      `SELECT 1 FROM workflows WHERE pause_mode IS NOT NULL
        UNION ALL SELECT 1 FROM waits WHERE frozen_at IS NOT NULL LIMIT 1`,
    ) !== undefined
  );
}

/** How the pause of a run's workflow holds it, and since when. */
export function holdOfRun(
  db: Reader,
  executionId: string,
): { readonly hold: Exclude<Hold, null>; readonly paused_at: string | null } | null {
  const row = db.get<PauseColumns & { paused_at: string | null }>(
    `SELECT w.status, w.pause_mode, w.paused_at FROM workflow_executions r JOIN workflows w ON w.id = r.workflow_id
      WHERE r.id = ?`,
    executionId,
  );
  const hold = row ? readHold(row) : null;
  return hold === null ? null : { hold, paused_at: row?.paused_at ?? null };
}

// The term of the partial index, written as the index has it: SQLite uses the index for no other.
const open = "r.status IN ('queued', 'waiting', 'parked', 'failed')";

export interface RunCounts {
  readonly waiting: number;
  readonly queued: number;
  readonly parked: number;
  readonly failed: number;
}

export function countOpenRuns(db: Reader, workflowId: string): RunCounts {
  const rows = db.all<{ status: keyof RunCounts; count: number }>(
    `SELECT r.status, count(*) AS count FROM workflow_executions r WHERE r.workflow_id = ? AND ${open} GROUP BY r.status`,
    workflowId,
  );
  const of = (status: keyof RunCounts): number =>
    rows.find((row) => row.status === status)?.count ?? 0;
  return {
    waiting: of('waiting'),
    queued: of('queued'),
    parked: of('parked'),
    failed: of('failed'),
  };
}

/** Runs of a workflow in one state, by `seq`, a part at a time. */
export function openRunsAfter(
  db: Reader,
  workflowId: string,
  status: 'waiting' | 'queued' | 'parked',
  after: number,
  limit: number,
): { readonly seq: number; readonly id: string }[] {
  return db.all(
    `SELECT r.seq, r.id FROM workflow_executions r WHERE r.workflow_id = ? AND ${open} AND r.status = ? AND r.seq > ?
      ORDER BY r.seq LIMIT ?`,
    workflowId,
    status,
    after,
    limit,
  );
}

/** Takes the instant of a wait out of sight of the alarm. @returns whether it was not frozen yet */
export function freezeWait(db: Writer, executionId: string, at: string): boolean {
  return (
    db.run(
      `UPDATE waits SET frozen_at = ?, frozen_due_at = due_at, due_at = NULL WHERE execution_id = ? AND frozen_at IS NULL`,
      at,
      executionId,
    ) === 1
  );
}

export interface FrozenRow {
  readonly execution_id: string;
  readonly step_id: string;
  readonly version_id: string | null;
  readonly frozen_at: string;
  readonly frozen_due_at: string | null;
  readonly status: string;
  readonly pause_mode: string | null;
}

/** Frozen waits, by the id of their run, a part at a time. */
export function frozenWaitsAfter(db: Reader, after: string, limit: number): FrozenRow[] {
  return db.all(
    `SELECT p.execution_id, p.step_id, r.version_id, p.frozen_at, p.frozen_due_at, w.status, w.pause_mode
       FROM waits p
       JOIN workflow_executions r ON r.id = p.execution_id
       JOIN workflows w ON w.id = r.workflow_id
      WHERE p.frozen_at IS NOT NULL AND p.execution_id > ? ORDER BY p.execution_id LIMIT ?`,
    after,
    limit,
  );
}

export function thawWait(db: Writer, executionId: string, dueAt: string | null): void {
  db.run(
    'UPDATE waits SET due_at = ?, frozen_at = NULL, frozen_due_at = NULL WHERE execution_id = ?',
    dueAt,
    executionId,
  );
}
