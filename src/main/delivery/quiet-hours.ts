import type { QuietHours } from '../../shared/contract/app.ts';
import { timeOfDay } from '../../shared/workflow/relative-date.ts';

/** Whether an instant lies in the user's quiet hours. They may go over midnight; the end does not belong to them. */
export function isQuiet(hours: QuietHours | null, ms: number, timeZone: string): boolean {
  if (hours === null || hours.from === hours.to) return false;
  const now = timeOfDay(ms, timeZone);
  const { from, to } = hours;
  return from < to ? now >= from && now < to : now >= from || now < to;
}
