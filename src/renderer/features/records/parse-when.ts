const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const nearDays: Readonly<Record<string, number>> = { today: 0, tomorrow: 1, yesterday: -1 };

function addDays(from: Date, days: number): Date {
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + days);
}

/** A real calendar day, or null for 31 June. */
function calendarDay(year: number, month: number, day: number): Date | null {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : null;
}

/** A day given without its year is the next such day. */
function withYear(year: string | undefined, month: number, day: number, now: Date): Date | null {
  if (year) return calendarDay(Number(year.length === 2 ? `20${year}` : year), month, day);
  const thisYear = calendarDay(now.getFullYear(), month, day);
  if (thisYear && thisYear < addDays(now, 0)) return calendarDay(now.getFullYear() + 1, month, day);
  return thisYear;
}

function parseDay(text: string, now: Date): Date | null {
  const near = nearDays[text];
  if (near !== undefined) return addDays(now, near);

  const weekday = weekdays.findIndex((name) => text.length >= 3 && text.startsWith(name));
  if (weekday !== -1 && /^[a-z]+$/u.test(text)) {
    return addDays(now, (weekday - now.getDay() + 7) % 7 || 7);
  }

  const span = /^(?:in |\+)?(\d{1,3}) ?(d|days?|w|weeks?)$/u.exec(text);
  if (span) return addDays(now, Number(span[1]) * (span[2]?.startsWith('w') ? 7 : 1));

  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso) return calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));

  const numeric = /^(\d{1,2})[./](\d{1,2})[./]?(\d{2}|\d{4})?$/u.exec(text);
  if (numeric) return withYear(numeric[3], Number(numeric[2]), Number(numeric[1]), now);

  const named =
    /^(?<day>\d{1,2})\.? (?<month>[a-z]{3,})\.?,? ?(?<year>\d{4})?$/u.exec(text) ??
    /^(?<month>[a-z]{3,})\.? (?<day>\d{1,2}),? ?(?<year>\d{4})?$/u.exec(text);
  const month = months.indexOf(named?.groups?.month?.slice(0, 3) ?? '');
  if (!named?.groups || month === -1) return null;
  return withYear(named.groups.year, month + 1, Number(named.groups.day), now);
}

interface Time {
  readonly hour: number;
  readonly minute: number;
}

function parseTime(text: string): Time | null {
  const found = /^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$/u.exec(text);
  if (!found) return null;
  const half = found[3];
  const hour = half ? (Number(found[1]) % 12) + (half === 'pm' ? 12 : 0) : Number(found[1]);
  const minute = Number(found[2] ?? 0);
  return hour > 23 || minute > 59 ? null : { hour, minute };
}

const two = (value: number) => String(value).padStart(2, '0');

function written(day: Date, time: Time): string {
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return `${date} ${two(time.hour)}:${two(time.minute)}:00`;
}

const unsaid: Time = { hour: 0, minute: 0 };

/**
 * What people type for a moment: `tomorrow 10:00`, `fri 14`, `24 Dec`, `24.12.2026 9:30`, `+3 days`.
 * @returns `2026-12-24 09:30:00` on this machine's clock, at midnight when no time was said; null when
 * it cannot be understood
 */
export function parseWhen(typed: string, now = new Date()): string | null {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/gu, ' ').replace(/ at /u, ' ');
  if (text === '') return null;

  const whole = parseDay(text, now);
  if (whole) return written(whole, unsaid);

  const split = /^(.+?) (\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?)$/u.exec(text);
  const day = split?.[1] ? parseDay(split[1], now) : null;
  const time = split?.[2] ? parseTime(split[2]) : null;
  if (day && time) return written(day, time);

  // A time alone, said as one, is today's.
  const alone = /[:.]|am|pm/u.test(text) ? parseTime(text) : null;
  return alone ? written(addDays(now, 0), alone) : null;
}
