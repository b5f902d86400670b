import { loadEvent } from '../../events/event-store.ts';
import { boundText } from '../../db/bound.ts';
import type { Reader } from '../../db/handle.ts';
import type { Cursor } from '../decide/cursor.ts';
import type { WaitRule } from '../decide/plan-wait.ts';
import type { RunRequest } from '../executor/run-steps.ts';
import type { StepResult } from '../../../shared/contract/workflows.ts';
import { readSteps } from './execution-store.ts';
import { loadVersion } from './version-store.ts';

/** A run that waits, or stopped and was asked to go on, as the file holds it. */
export interface PausedRun {
  readonly request: RunRequest;
  readonly cursor: Cursor;
  readonly rule: WaitRule;
  /** All steps so far; the last is the wait. */
  readonly results: readonly StepResult[];
  /** ISO text; null: a restart that has not begun. */
  readonly started_at: string | null;
  /** Whether the run before of its workflow failed. */
  readonly after_failure: boolean;
}

interface PausedRow {
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly owner_id: string;
  readonly version_id: string;
  readonly event_id: string;
  readonly cursor: string;
  readonly restart_of: string | null;
  readonly rule: string;
  readonly started_at: string | null;
  readonly failures_in_row: number;
}

const pausedSql = `SELECT r.workflow_id, w.name AS workflow_name, w.owner_id, w.failures_in_row, r.version_id, r.event_id,
    r.cursor, r.restart_of, p.rule, r.started_at
  FROM waits p
  JOIN workflow_executions r ON r.id = p.execution_id
  JOIN workflows w ON w.id = r.workflow_id
  WHERE p.execution_id = ${boundText}`;

/** @returns null when the run waits no more */
export function loadPausedRun(db: Reader, executionId: string): PausedRun | null {
  const row = db.get<PausedRow>(pausedSql, executionId);
  if (!row) return null;
  const { id, definition } = loadVersion(db, row.version_id);
  return {
    request: {
      execution_id: executionId,
      workflow: {
        id: row.workflow_id,
        name: row.workflow_name,
        owner_id: row.owner_id,
        version_id: id,
        definition,
      },
      event: loadEvent(db, row.event_id),
      restart_of: row.restart_of,
    },
    // Both are written by the executor alone.
    cursor: JSON.parse(row.cursor) as Cursor,
    rule: JSON.parse(row.rule) as WaitRule,
    results: readSteps(db, executionId),
    started_at: row.started_at,
    after_failure: row.failures_in_row !== 0,
  };
}
