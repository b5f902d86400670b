import { addRelativeDate, dateOf, startOfDate } from '../../shared/workflow/relative-date.ts';
import { type BackupName, newestFirst } from './backup-name.ts';

/** Of the backups of each morning: one for each of so many days, weeks and months that have one. */
const kept = { days: 7, weeks: 4, months: 12 } as const;

/** Of those made before a change, so many of each kind. */
const keptBefore = 5;

/**
 * The backups that may go. What a person made by hand never does, nor the newest of all, nor anything that is not
 * named as ours are.
 *
 * @param zone IANA name: days are the user's days
 */
export function expiredBackups(backups: readonly BackupName[], zone: string): BackupName[] {
  const days = new Set<string>();
  const weeks = new Set<string>();
  const months = new Set<string>();
  const before = new Map<string, number>();
  return backups.toSorted(newestFirst).filter((backup, position) => {
    if (backup.reason === 'by-hand') return false;
    if (backup.reason !== 'start-of-day') {
      const count = (before.get(backup.reason) ?? 0) + 1;
      before.set(backup.reason, count);
      return count > keptBefore && position > 0;
    }
    const date = dateOf(Date.parse(backup.created_at), zone);
    const isKept = [
      claim(days, date, kept.days),
      claim(weeks, mondayOf(date), kept.weeks),
      claim(months, date.slice(0, 7), kept.months),
    ];
    return !isKept.includes(true) && position > 0;
  });
}

/** The first backup of a span of time stands for it, while there is room for another span. */
function claim(spans: Set<string>, span: string, room: number): boolean {
  if (spans.has(span) || spans.size >= room) return false;
  spans.add(span);
  return true;
}

function mondayOf(date: string): string {
  // A calendar of its own: in UTC every day is as long as the others.
  const start = startOfDate(date, 'UTC');
  const sinceMonday = (new Date(start).getUTCDay() + 6) % 7;
  return dateOf(addRelativeDate(start, { amount: -sinceMonday, unit: 'day' }, 'UTC'), 'UTC');
}
