import type { AwaySummary } from '../../shared/contract/away.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors.ts';
import { fireMoment } from './executor/timed-triggers.ts';
import { readAway } from './store/away-store.ts';
import { askedMoments, countAsked, settleMoment } from './store/timed-trigger-store.ts';
import { askedWaits, endWaitNow, skipAskedWait } from './store/wait-store.ts';

/** What a decision takes on in one transaction: the caller comes again until none is left. */
const decideAtOnce = 200;

/** What became of the time nothing was running, and what is still to be decided. */
export function awaySummary(db: Reader): AwaySummary {
  const counts = readAway(db);
  const since = counts.map((row) => row.away_since).toSorted()[0] ?? null;
  const until =
    counts
      .map((row) => row.away_until)
      .toSorted()
      .at(-1) ?? null;
  return {
    since,
    until,
    outcomes: counts.map(({ workflow_id, workflow_name, outcome, count }) => ({
      workflow_id,
      workflow_name,
      outcome,
      count,
    })),
    to_decide: countAsked(db),
  };
}

/**
 * Decides about what a workflow missed while nothing was running, as the user wishes.
 *
 * @returns how many were decided; the call is to be made again while `left` is more than 0
 * @throws UserError `not_found` when nothing of that workflow waits to be decided
 */
export function decideMissedOf(
  unit: UnitOfWork,
  workflowId: string,
  decision: 'run' | 'skip',
): { decided: number; left: number } {
  const moments = askedMoments(unit.db, workflowId, decideAtOnce);
  const waits = askedWaits(unit.db, workflowId, decideAtOnce - moments.length);
  const decided = moments.length + waits.length;
  if (decided === 0) throw notFound('missed moment of the workflow', workflowId);
  for (const moment of moments) {
    if (decision === 'run') fireMoment(unit, moment);
    else settleMoment(unit.db, moment, 'skipped', null);
  }
  for (const executionId of waits) {
    if (decision === 'run') endWaitNow(unit.db, executionId, unit.nowText);
    else skipAskedWait(unit.db, executionId, unit.nowText);
    unit.touch('execution', executionId);
  }
  unit.touch('workflow', workflowId);
  const left = countAsked(unit.db).find((one) => one.workflow_id === workflowId)?.count ?? 0;
  return { decided, left };
}
