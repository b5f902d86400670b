import dayjs from 'dayjs';

export const calendarSpans = ['month', 'week', 'agenda'] as const;

export type CalendarSpan = (typeof calendarSpans)[number];

/** Days an agenda looks ahead. */
const agendaDays = 30;

/** The first and the last day a calendar shows, as `2026-03-02`: whole weeks from Monday on. */
export function shownDays(span: CalendarSpan, date: string): { from: string; to: string } {
  const day = dayjs(date);
  if (span === 'agenda') return { from: iso(day), to: iso(day.add(agendaDays - 1, 'day')) };
  if (span === 'week') {
    const monday = mondayOf(day);
    return { from: iso(monday), to: iso(monday.add(6, 'day')) };
  }
  const monday = mondayOf(day.startOf('month'));
  // Six weeks, whatever the month, so that the grid never jumps.
  return { from: iso(monday), to: iso(monday.add(41, 'day')) };
}

/** The day to show after a step to the next or previous span. */
export function stepped(span: CalendarSpan, date: string, step: 1 | -1): string {
  const day = dayjs(date);
  if (span === 'month') return iso(day.startOf('month').add(step, 'month'));
  return iso(day.add(step * (span === 'week' ? 7 : agendaDays), 'day'));
}

/** Local time of the calendar's library, `2026-03-02 09:30:00`. */
export function toLocal(instant: string): string {
  return dayjs(instant).format('YYYY-MM-DD HH:mm:ss');
}

/** @param local `2026-03-02 09:30:00` as this machine's clock shows it */
export function toInstant(local: string): string {
  return dayjs(local).toDate().toISOString();
}

/** The day of one, the time of day of the other: what a drop on a day of a month means. */
export function onDay(local: string, instant: string): string {
  return `${local.slice(0, 10)} ${toLocal(instant).slice(11)}`;
}

function mondayOf(day: dayjs.Dayjs): dayjs.Dayjs {
  return day.subtract((day.day() + 6) % 7, 'day');
}

function iso(day: dayjs.Dayjs): string {
  return day.format('YYYY-MM-DD');
}
