import type { ExecutionStatus } from '../../shared/workflow/definition.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound, UserError } from '../errors.ts';
import { cancelDeliveriesOf, sendNow } from '../delivery/outbox.ts';
import { refuseFrozen } from './pause-workflow.ts';
import { cancelRun } from './store/execution-store.ts';
import { claimWait, endWaitNow, findWait, readWaitRule } from './store/wait-store.ts';

function statusOf(db: Reader, id: string): ExecutionStatus {
  const row = db.get<{ status: ExecutionStatus }>(
    'SELECT status FROM workflow_executions WHERE id = ?',
    id,
  );
  if (!row) throw notFound('run', id);
  return row.status;
}

/**
 * Ends a run that waits, is parked or has not started yet. What it did stays; what it waited for no longer matters.
 *
 * @throws UserError `not_found`, or `conflict` when the run is over
 */
export function cancelExecution(unit: UnitOfWork, id: string): void {
  const status = statusOf(unit.db, id);
  if (status !== 'waiting' && status !== 'queued' && status !== 'parked') {
    throw new UserError(
      'conflict',
      `The run is over (${status}); only one that waits or is parked can be cancelled.`,
    );
  }
  // The row of the wait is the claim: with it gone nobody goes on with the run.
  claimWait(unit.db, id);
  cancelRun(unit.db, id, unit.nowText);
  cancelDeliveriesOf(unit, id);
  unit.touch('execution', id);
}

/**
 * Ends a wait now. The executor, in whichever program it runs, goes on with the run as if what it waits for had come.
 *
 * @throws UserError `not_found`, or `conflict` when the run does not wait
 */
export function fireNow(unit: UnitOfWork, id: string): void {
  const status = statusOf(unit.db, id);
  if (status !== 'waiting') {
    throw new UserError(
      'conflict',
      `The run does not wait (${status}), so there is nothing to fire.`,
    );
  }
  refuseFrozen(unit, id);
  const wait = findWait(unit.db, id);
  const rule = wait && readWaitRule(wait);
  // What a run waits for when it sends something is the answer: only the sending can be hurried.
  if (rule?.kind === 'external') sendNow(unit, rule.delivery_id);
  else endWaitNow(unit.db, id, unit.nowText);
  unit.touch('execution', id);
}
