import type { Actor } from '../../shared/events/event-types.ts';
import type { Reader } from '../db/handle.ts';
import type { Committer } from '../db/unit-of-work.ts';
import { UserError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { inSlices } from '../in-slices.ts';
import { failedRuns } from './store/stopped-run-store.ts';
import { restartRun, resumeStoppedRun, type VersionChoice } from './stopped-runs.ts';

export interface RetryOrder {
  readonly workflowId: string;
  readonly version: VersionChoice;
  readonly how: 'resume' | 'restart';
}

/**
 * Has every failed run of a workflow go on, or start again, in slices. One that cannot is counted and left as it is.
 *
 * @param signal ends the work after the slice at hand; what was done stays
 */
export async function retryFailedRuns(
  parts: { readonly reader: Reader; readonly committer: Committer; readonly clock: Clock },
  actor: Actor,
  order: RetryOrder,
  signal?: AbortSignal,
): Promise<{ count: number; refused: number }> {
  let count = 0;
  let refused = 0;
  await inSlices(parts, actor, failedRuns(parts.reader, order.workflowId), signal, (unit, id) => {
    try {
      unit.attempt(() =>
        order.how === 'restart'
          ? restartRun(unit, id, order.version)
          : resumeStoppedRun(unit, id, 'again', order.version),
      );
      count += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused += 1;
    }
  });
  return { count, refused };
}
