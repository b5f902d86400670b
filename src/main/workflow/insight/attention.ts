import type { Attention } from '../../../shared/contract/insight.ts';
import { readWorkflowStatus } from '../../../shared/workflow/definition.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { listExecutions } from '../store/execution-store.ts';
import { getWorkflowRow, listWorkflowRows } from '../store/workflow-store.ts';

/** More parked runs than this are in the list of runs. */
const shownParked = 100;

// The term of the partial index, written as the index has it: SQLite uses the index for no other.
const open = "r.status IN ('queued', 'waiting', 'parked', 'failed')";

/** Failed runs `r` that ask for something: not taken up by a restart, which has the same event, and not put aside. */
const failedOpen = `${open} AND r.status = 'failed' AND r.dismissed_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM workflow_executions again WHERE again.event_id = r.event_id AND again.restart_of = r.id)`;

const ofLiving =
  'EXISTS (SELECT 1 FROM workflows w WHERE w.id = r.workflow_id AND coalesce(w.is_deleted, 0) = 0)';

/** All that needs the user, in one answer. */
export function readAttention(db: Reader): Attention {
  const failed = db.all<Attention['failed'][number]>(
    `SELECT g.workflow_id, w.name AS workflow_name, g.count, q.id AS last_execution_id,
       q.error_message AS last_error, coalesce(q.finished_at, q.created_at) AS last_at
      FROM (SELECT r.workflow_id, count(*) AS count, max(r.seq) AS last_seq FROM workflow_executions r
             WHERE ${failedOpen} GROUP BY r.workflow_id) g
      JOIN workflow_executions q ON q.seq = g.last_seq JOIN workflows w ON w.id = g.workflow_id
     WHERE coalesce(w.is_deleted, 0) = 0 ORDER BY g.last_seq DESC`,
  );
  const parked = listExecutions(db, { limit: shownParked }, [
    { sql: `${open} AND r.status = 'parked' AND ${ofLiving}`, values: [] },
  ]).items;
  const workflows = stoppedWorkflows(db);
  return { total: countAttention(db), failed, parked, workflows };
}

/** The number beside the screen's name. */
export function countAttention(db: Reader): number {
  const runs = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM workflow_executions r
      WHERE ${open} AND (r.status = 'parked' OR (${failedOpen})) AND ${ofLiving}`,
  );
  return (runs?.n ?? 0) + stoppedWorkflows(db).length;
}

function stoppedWorkflows(db: Reader): Attention['workflows'] {
  return listWorkflowRows(db).flatMap((row): Attention['workflows'] => {
    const { id, name, parked_reason: parked, paused_reason: paused } = row;
    const status = readWorkflowStatus(row.status);
    if (status === 'active' && parked !== null)
      return [{ id, name, state: 'parked', reason: parked, since: null }];
    if (status === 'paused' && paused !== null)
      return [{ id, name, state: 'paused', reason: paused, since: null }];
    return [];
  });
}

/** The workflows that have failed runs which ask for something. */
export function workflowsToRetry(db: Reader): string[] {
  return db
    .all<{ id: string }>(
      `SELECT DISTINCT r.workflow_id AS id FROM workflow_executions r WHERE ${failedOpen} AND ${ofLiving}`,
    )
    .map(({ id }) => id);
}

/**
 * Puts the failed runs of a workflow aside, or takes those that were put aside back.
 *
 * @returns how many
 * @throws UserError `not_found`
 */
export function setDismissed(unit: UnitOfWork, workflowId: string, isDismissed: boolean): number {
  getWorkflowRow(unit.db, workflowId);
  const count = unit.db.run(
    `UPDATE workflow_executions SET dismissed_at = ? WHERE workflow_id = ? AND status = 'failed'
       AND dismissed_at IS ${isDismissed ? '' : 'NOT '}NULL`,
    isDismissed ? unit.nowText : null,
    workflowId,
  );
  unit.touch('workflow', workflowId);
  return count;
}
