import type { Reader, Writer } from '../../db/handle.ts';
import type { WaitRule } from '../decide/plan-wait.ts';

export interface Wait {
  readonly execution_id: string;
  readonly step_id: string;
  /** A WaitRule as JSON: read one by one, so that a damaged one stops its own run alone. */
  readonly rule: string;
  /** ISO text; null: no instant ends it, or it is frozen. */
  readonly due_at: string | null;
  /** The instant of a frozen wait. */
  readonly frozen_due_at: string | null;
}

export interface NewWait extends Omit<Wait, 'rule' | 'frozen_due_at'> {
  readonly rule: WaitRule;
}

/** @throws Error when the row was damaged */
export function readWaitRule({ rule }: Pick<Wait, 'rule'>): WaitRule {
  // Written by insertWait alone.
  return JSON.parse(rule) as WaitRule;
}

/** @param recordIds records whose events may end the wait */
export function insertWait(
  db: Writer,
  wait: NewWait,
  recordIds: readonly string[],
  at: string,
): void {
  db.run(
    'INSERT INTO waits (execution_id, step_id, rule, due_at, created_at) VALUES (?, ?, ?, ?, ?)',
    wait.execution_id,
    wait.step_id,
    JSON.stringify(wait.rule),
    wait.due_at,
    at,
  );
  insertWaitRecords(db, wait.execution_id, recordIds);
}

function insertWaitRecords(db: Writer, executionId: string, recordIds: readonly string[]): void {
  for (const id of recordIds) {
    db.run(
      'INSERT OR IGNORE INTO wait_records (record_id, execution_id) VALUES (?, ?)',
      id,
      executionId,
    );
  }
}

export function replaceWaitRecords(
  db: Writer,
  executionId: string,
  recordIds: readonly string[],
): void {
  db.run('DELETE FROM wait_records WHERE execution_id = ?', executionId);
  insertWaitRecords(db, executionId, recordIds);
}

export function findWait(db: Reader, executionId: string): Wait | null {
  return (
    db.get<Wait>(
      'SELECT execution_id, step_id, rule, due_at, frozen_due_at FROM waits WHERE execution_id = ?',
      executionId,
    ) ?? null
  );
}

/** The step a run waits in; null when it does not wait. */
export function findWaitStep(db: Reader, executionId: string): string | null {
  const row = db.get<{ step_id: string }>(
    'SELECT step_id FROM waits WHERE execution_id = ?',
    executionId,
  );
  return row?.step_id ?? null;
}

export function hasWait(db: Reader, executionId: string): boolean {
  return db.get('SELECT 1 FROM waits WHERE execution_id = ?', executionId) !== undefined;
}

/** @returns whether it was still there: whoever takes it goes on with the run, nobody else */
export function claimWait(db: Writer, executionId: string): boolean {
  db.run('DELETE FROM wait_records WHERE execution_id = ?', executionId);
  return db.run('DELETE FROM waits WHERE execution_id = ?', executionId) === 1;
}

export function moveWait(db: Writer, executionId: string, dueAt: string | null): void {
  db.run(
    `UPDATE waits SET due_at = CASE WHEN frozen_at IS NULL THEN ? END,
       frozen_due_at = CASE WHEN frozen_at IS NOT NULL THEN ? END WHERE execution_id = ?`,
    dueAt,
    dueAt,
    executionId,
  );
}

/** Makes a wait due. A frozen one is due when it is thawed. */
export function makeDue(db: Writer, executionId: string, now: string): void {
  db.run(
    `UPDATE waits SET due_at = CASE WHEN frozen_at IS NULL THEN ? END,
       frozen_due_at = CASE WHEN frozen_at IS NOT NULL THEN frozen_at END WHERE execution_id = ?`,
    now,
    executionId,
  );
}

/** Makes a wait due, and one that time alone ends: so its end is no time-out. A frozen one is due when it is thawed. */
export function endWaitNow(db: Writer, executionId: string, now: string): void {
  db.run(
    `UPDATE waits SET due_at = CASE WHEN frozen_at IS NULL THEN ? END,
       frozen_due_at = CASE WHEN frozen_at IS NOT NULL THEN frozen_at END, rule = ? WHERE execution_id = ?`,
    now,
    JSON.stringify({ kind: 'instant' } satisfies WaitRule),
    executionId,
  );
}

/** Executions whose wait is over by the clock, the longest overdue first. */
export function dueExecutions(db: Reader, now: string, limit: number): string[] {
  return db
    .all<{ execution_id: string }>(
      'SELECT execution_id FROM waits WHERE due_at <= ? ORDER BY due_at, execution_id LIMIT ?',
      now,
      limit,
    )
    .map((row) => row.execution_id);
}

/** ISO text of the next instant a wait ends; null when none does by the clock. */
export function nextDueAt(db: Reader): string | null {
  return (
    db.get<{ due_at: string }>(
      'SELECT due_at FROM waits WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1',
    )?.due_at ?? null
  );
}

/** Waits that an event of a record may end or move. */
export function waitsOnRecord(db: Reader, recordId: string): Wait[] {
  return db.all<Wait>(
    `SELECT w.execution_id, w.step_id, w.rule, w.due_at, w.frozen_due_at FROM wait_records r JOIN waits w ON w.execution_id = r.execution_id
      WHERE r.record_id = ? ORDER BY w.created_at, w.execution_id`,
    recordId,
  );
}
