import type { Missed, WorkflowSettings } from '../../../shared/workflow/definition.ts';
import { addRelativeDate, parseRelativeDate } from '../../../shared/workflow/relative-date.ts';

/** Late by no more than this is late, not missed: a program that is started again has missed nothing. */
export const toleranceMs = 60_000;

/** Whether a time passed while nothing was running. Both in epoch milliseconds. */
export function isMissed(dueMs: number, awakeSinceMs: number): boolean {
  return dueMs < awakeSinceMs - toleranceMs;
}

/**
 * What is done about a time that passed while nothing was running.
 *
 * @param dueMs when it was due, epoch milliseconds
 * @param awakeSinceMs since when the executor has been running without a break
 * @returns `run` also for what was not missed at all
 */
export function decideMissed(
  settings: Pick<WorkflowSettings, 'missed' | 'max_lateness'>,
  dueMs: number,
  awakeSinceMs: number,
  nowMs: number,
  timeZone: string,
): Missed {
  if (!isMissed(dueMs, awakeSinceMs)) return 'run';
  const { missed = 'run', max_lateness: lateness } = settings;
  const span = lateness === undefined ? null : parseRelativeDate(lateness);
  if (span && addRelativeDate(dueMs, span, timeZone) < nowMs) return 'skip';
  return missed;
}
