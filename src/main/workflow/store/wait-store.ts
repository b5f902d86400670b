import { boundInteger, boundText } from '../../db/bound.ts';
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
  /** The time that was missed, while the user is asked what to do about it; then `due_at` is null. */
  readonly missed_at: string | null;
}

export interface NewWait extends Omit<Wait, 'rule' | 'frozen_due_at' | 'missed_at'> {
  readonly rule: WaitRule;
}

const waitColumns = 'execution_id, step_id, rule, due_at, frozen_due_at, missed_at';

const deleteRecordsSql = `DELETE FROM wait_records WHERE execution_id = ${boundText}`;

const onRecordSql = `SELECT w.execution_id, w.step_id, w.rule, w.due_at, w.frozen_due_at, w.missed_at
  FROM wait_records r JOIN waits w ON w.execution_id = r.execution_id
  WHERE r.record_id = ${boundText} ORDER BY w.created_at, w.execution_id`;

const isWaitedForSql = `SELECT 1 FROM wait_records WHERE record_id = ${boundText} LIMIT 1`;

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
  db.run(deleteRecordsSql, executionId);
  insertWaitRecords(db, executionId, recordIds);
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
  db.run(deleteRecordsSql, executionId);
  return db.run('DELETE FROM waits WHERE execution_id = ?', executionId) === 1;
}

export function moveWait(db: Writer, executionId: string, dueAt: string | null): void {
  db.run(
    `UPDATE waits SET due_at = CASE WHEN frozen_at IS NULL THEN ? END,
       frozen_due_at = CASE WHEN frozen_at IS NOT NULL THEN ? END, missed_at = NULL WHERE execution_id = ?`,
    dueAt,
    dueAt,
    executionId,
  );
}

export function findWait(db: Reader, executionId: string): Wait | undefined {
  return db.get<Wait>(`SELECT ${waitColumns} FROM waits WHERE execution_id = ?`, executionId);
}

/** What was waited for has come; the run goes on at a later time all the same. */
export function answerWait(
  db: Writer,
  executionId: string,
  by: 'event' | 'condition',
  dueAt: string,
): void {
  db.run(
    `UPDATE waits SET due_at = CASE WHEN frozen_at IS NULL THEN ? END,
       frozen_due_at = CASE WHEN frozen_at IS NOT NULL THEN ? END, rule = ? WHERE execution_id = ?`,
    dueAt,
    dueAt,
    JSON.stringify({ kind: 'answered', by } satisfies WaitRule),
    executionId,
  );
}

/** Takes a wait's time away until the user has decided what to do about its having been missed. */
export function askAboutWait(db: Writer, executionId: string): void {
  db.run('UPDATE waits SET missed_at = due_at, due_at = NULL WHERE execution_id = ?', executionId);
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
       frozen_due_at = CASE WHEN frozen_at IS NOT NULL THEN frozen_at END, rule = ?, missed_at = NULL WHERE execution_id = ?`,
    now,
    JSON.stringify({ kind: 'instant', by_hand: true } satisfies WaitRule),
    executionId,
  );
}

const dueSql = `SELECT ${waitColumns} FROM waits WHERE due_at <= ? ORDER BY due_at, execution_id LIMIT ${boundInteger}`;

/** Waits that are over by the clock, the longest overdue first. */
export function dueWaits(db: Reader, now: string, limit: number): Wait[] {
  return db.all<Wait>(dueSql, now, limit);
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
  return db.all<Wait>(onRecordSql, recordId);
}

/** Whether an event of a record may end or move any wait. */
export function isWaitedFor(db: Reader, recordId: string): boolean {
  return db.get(isWaitedForSql, recordId) !== undefined;
}

/** Runs of a workflow whose wait was missed and that wait for the user to decide, the oldest first. */
export function askedWaits(db: Reader, workflowId: string, limit: number): string[] {
  return db
    .all<{ execution_id: string }>(
      `SELECT p.execution_id FROM waits p JOIN workflow_executions r ON r.id = p.execution_id
        WHERE p.missed_at IS NOT NULL AND r.workflow_id = ? ORDER BY p.missed_at, p.execution_id LIMIT ?`,
      workflowId,
      limit,
    )
    .map((row) => row.execution_id);
}

/** The user lets a missed wait go: the executor ends its run. */
export function skipAskedWait(db: Writer, executionId: string, now: string): void {
  db.run(
    'UPDATE waits SET due_at = ?, rule = ?, missed_at = NULL WHERE execution_id = ?',
    now,
    JSON.stringify({ kind: 'let_go' } satisfies WaitRule),
    executionId,
  );
}
