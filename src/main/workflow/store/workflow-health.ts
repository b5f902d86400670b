import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';
import type { Reader } from '../../db/handle.ts';

export interface WorkflowHealth {
  readonly workflow_id: string;
  readonly last_runs: { id: string; status: ExecutionStatus }[];
  readonly success_rate: number | null;
}

const shownRuns = 30;

/** The last runs of each workflow, oldest first, and the share of its finished runs that succeeded. */
export function readWorkflowHealth(db: Reader): WorkflowHealth[] {
  const workflows = db.all<{ id: string }>(
    'SELECT id FROM workflows WHERE coalesce(is_deleted, 0) = 0 ORDER BY seq',
  );
  return workflows.map(({ id }) => {
    const runs = db.all<{ id: string; status: ExecutionStatus }>(
      'SELECT id, status FROM workflow_executions WHERE workflow_id = ? ORDER BY seq DESC LIMIT ?',
      id,
      shownRuns,
    );
    const rate = db.get<{ rate: number | null }>(
      `SELECT avg(status = 'succeeded') AS rate FROM workflow_executions
        WHERE workflow_id = ? AND status IN ('succeeded', 'partial', 'failed')`,
      id,
    );
    return { workflow_id: id, last_runs: runs.toReversed(), success_rate: rate?.rate ?? null };
  });
}
