import { Cron } from 'croner';

/** Five parts, so that a minute is the shortest interval: a schedule each second is a mistake, not a plan. */
function parse(cron: string, timeZone: string): Cron {
  return new Cron(cron.trim(), { mode: '5-part', timezone: timeZone, paused: true });
}

/**
 * The next instant a schedule fires, later than another. A wall-clock time that a change to summer time skips moves
 * forward to the end of the gap; one that occurs twice fires once, an interval such as every 30 minutes goes on.
 *
 * @param cron five parts: minute, hour, day of the month, month, day of the week
 * @returns epoch milliseconds; null when it never fires again
 */
export function nextScheduleTime(cron: string, timeZone: string, afterMs: number): number | null {
  return parse(cron, timeZone).nextRun(new Date(afterMs))?.getTime() ?? null;
}

/** The last instant a schedule fired, at or before another. @returns epoch milliseconds; null when there was none */
export function lastScheduleTime(cron: string, timeZone: string, atMs: number): number | null {
  // One second later, so that the very instant counts; what that lets in too early is passed over.
  const times = parse(cron, timeZone).previousRuns(2, new Date(atMs + 1_000));
  return times.map((time) => time.getTime()).find((time) => time <= atMs) ?? null;
}

/** @returns why a text is no schedule that ever fires, or null */
export function scheduleFault(cron: string, fromMs = 0): string | null {
  try {
    const next = nextScheduleTime(cron, 'UTC', fromMs);
    return next === null ? 'there is no such day' : null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.replace(/^CronPattern: /, '');
  }
}
