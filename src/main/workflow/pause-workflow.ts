import type { UnitOfWork } from '../db/unit-of-work.ts';
import { UserError } from '../errors.ts';
import { type PauseMode, readWorkflowStatus } from '../../shared/workflow/definition.ts';
import { holdOfRun, writePause } from './store/pause-store.ts';
import { getWorkflowRow } from './store/workflow-store.ts';

/**
 * Pauses a workflow: it takes nothing in any more. What becomes of the runs that wait is chosen; the executor, in
 * whichever program it is, makes them stand so.
 *
 * @throws UserError `not_found`, or `conflict` when it is a draft, which runs nothing
 */
export function pauseWorkflow(unit: UnitOfWork, id: string, mode: PauseMode): void {
  const row = getWorkflowRow(unit.db, id);
  if (readWorkflowStatus(row.status) === 'draft') {
    throw new UserError(
      'conflict',
      `The workflow "${row.name}" is a draft, so there is nothing to pause.`,
      { field: 'status' },
    );
  }
  writePause(unit.db, id, mode, null, unit.nowText);
  unit.touch('workflow', id);
}

/** @throws UserError `conflict` while the pause of its workflow freezes the run */
export function refuseFrozen(unit: UnitOfWork, executionId: string): void {
  if (!holdOfRun(unit.db, executionId)) return;
  throw new UserError(
    'conflict',
    'The workflow is paused and its runs are frozen. Turn it on again, then go on with the run.',
  );
}
