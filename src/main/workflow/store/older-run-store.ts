import type { Reader, Writer } from '../../db/handle.ts';
import type { Cursor } from '../decide/cursor.ts';

// The first term is that of the partial index, written as the index has it: SQLite uses the index for no other.
const waiting =
  "r.workflow_id = ? AND r.status IN ('queued', 'waiting', 'parked', 'failed') AND r.status = 'waiting'";

/** How many runs wait at which step of a version other than the given one. */
export function waitingStepsOnOlder(
  db: Reader,
  workflowId: string,
  versionId: string | null,
): { readonly step_id: string; readonly count: number }[] {
  return db.all(
    `SELECT p.step_id, count(*) AS count FROM workflow_executions r JOIN waits p ON p.execution_id = r.id
      WHERE ${waiting} AND r.version_id IS NOT ? GROUP BY p.step_id`,
    workflowId,
    versionId,
  );
}

/** Runs that wait on another version than the given one, oldest first. */
export function olderWaitingRuns(db: Reader, workflowId: string, versionId: string): string[] {
  return db
    .all<{ id: string }>(
      `SELECT r.id FROM workflow_executions r WHERE ${waiting} AND r.version_id IS NOT ? ORDER BY r.seq`,
      workflowId,
      versionId,
    )
    .map((row) => row.id);
}

export function moveRun(db: Writer, id: string, versionId: string, cursor: Cursor): void {
  db.run(
    'UPDATE workflow_executions SET version_id = ?, cursor = ? WHERE id = ?',
    versionId,
    JSON.stringify(cursor),
    id,
  );
}

export interface WaitingPlace {
  readonly version_id: string;
  /** A Cursor as JSON. */
  readonly cursor: string;
  readonly step_id: string;
}

/** Where a run waits; null when it does not wait any more. */
export function findWaitingPlace(db: Reader, id: string): WaitingPlace | null {
  return (
    db.get<WaitingPlace>(
      `SELECT r.version_id, r.cursor, p.step_id FROM workflow_executions r JOIN waits p ON p.execution_id = r.id
        WHERE r.id = ? AND r.status = 'waiting'`,
      id,
    ) ?? null
  );
}
