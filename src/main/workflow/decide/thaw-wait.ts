import { toBusinessHours } from '../../../shared/workflow/relative-date.ts';
import type { Step } from '../../../shared/workflow/definition.ts';

export interface FrozenWait {
  /** Epoch milliseconds; null: no instant ends it. */
  readonly due: number | null;
  /** Epoch milliseconds. */
  readonly frozenAt: number;
}

/**
 * When a frozen wait ends once its workflow goes on. What was counted from the start of the wait (a duration, a
 * time-out) goes on counting, so it moves by the length of the pause. A date, a time of day or a date field is a fact
 * of the calendar: it stays, and one that passed meanwhile is due at once.
 *
 * @param step the step the run waits in, as its version has it; undefined when it has no such step
 */
export function dueAfterPause(
  { due, frozenAt }: FrozenWait,
  step: Step | undefined,
  now: number,
  timeZone: string,
): number | null {
  if (due === null || due <= frozenAt || step?.type !== 'wait') return due;
  const { duration, timeout, business_hours: business } = step.config;
  if (duration === undefined && timeout === undefined) return due;
  const moved = due + Math.max(0, now - frozenAt);
  return business === true && duration !== undefined ? toBusinessHours(moved, timeZone) : moved;
}
