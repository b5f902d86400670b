import { Temporal } from 'temporal-polyfill';
import { hasSteadyOffset } from './steady-offset.ts';

export type RelativeDateUnit =
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'business day'
  | 'week'
  | 'month';

export interface RelativeDate {
  readonly amount: number;
  readonly unit: RelativeDateUnit;
}

const pattern = /^([+-])\s*(\d{1,6})\s+(second|minute|hour|business day|day|week|month)s?$/i;

/** @returns what `+3 days` or `-1 business day` says, or null when the text is no relative date */
export function parseRelativeDate(text: string): RelativeDate | null {
  const match = pattern.exec(text.trim());
  const unit = relativeDateUnits.find((known) => known === match?.[3]?.toLowerCase());
  if (!match || !unit) return null;
  return { amount: Number(match[2]) * (match[1] === '-' ? -1 : 1), unit };
}

export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Calendar days (`2026-12-25`) on which nobody works, beside Saturdays and Sundays. */
export type Holidays = ReadonlySet<string>;

const noHolidays: Holidays = new Set();

const relativeDateUnits = [
  'second',
  'minute',
  'hour',
  'day',
  'business day',
  'week',
  'month',
] as const satisfies readonly RelativeDateUnit[];

/**
 * Seconds, minutes and hours are exact; days, weeks and months keep the local wall-clock time of the zone.
 * 31 January + 1 month is the last day of February; a wall-clock time that a change to summer time skips
 * moves forward, one that occurs twice is the earlier.
 *
 * @param fromMs instant in epoch milliseconds
 * @param timeZone IANA name
 * @param holidays days that are no business days
 * @returns instant in epoch milliseconds
 */
export function addRelativeDate(
  fromMs: number,
  relative: RelativeDate,
  timeZone: string,
  holidays: Holidays = noHolidays,
): number {
  const { amount, unit } = relative;
  switch (unit) {
    case 'second':
      return fromMs + amount * 1_000;
    case 'minute':
      return fromMs + amount * 60_000;
    case 'hour':
      return fromMs + amount * 3_600_000;
    case 'day':
      return addDays(fromMs, amount, timeZone);
    case 'week':
      return addDays(fromMs, amount * 7, timeZone);
    case 'month':
      return zoned(fromMs, timeZone).add({ months: amount }).epochMilliseconds;
    case 'business day':
      return addBusinessDays(zoned(fromMs, timeZone), amount, holidays).epochMilliseconds;
  }
}

const dayMs = 86_400_000;

function addDays(fromMs: number, days: number, timeZone: string): number {
  const plain = fromMs + days * dayMs;
  return hasSteadyOffset(timeZone, fromMs, plain)
    ? plain
    : zoned(fromMs, timeZone).add({ days }).epochMilliseconds;
}

function zoned(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

function isWorkday(date: Temporal.PlainDate, holidays: Holidays): boolean {
  return date.dayOfWeek <= 5 && !(holidays.size > 0 && holidays.has(date.toString()));
}

/** Steps over Saturdays, Sundays and holidays; 0 business days from a weekend stays where it is. */
function addBusinessDays(
  from: Temporal.ZonedDateTime,
  amount: number,
  holidays: Holidays,
): Temporal.ZonedDateTime {
  const step = Math.sign(amount);
  const start = from.toPlainDate();
  // Five business days are a week, so only the last few are counted one by one: an amount may be huge. Each holiday
  // on the way is one more day to go.
  const weeks = Math.max(0, Math.floor((Math.abs(amount) - 1) / 5));
  let date = start.add({ weeks: weeks * step });
  let left = Math.abs(amount) - weeks * 5 + holidaysBetween(start, date, holidays);
  while (left > 0) {
    date = date.add({ days: step });
    if (isWorkday(date, holidays)) left -= 1;
  }
  // The wall-clock time is put back once, at the end, so that a gap on a day in between does not shift it.
  return date.toZonedDateTime({ timeZone: from.timeZoneId, plainTime: from.toPlainTime() });
}

/** Holidays on a weekday after `start` and up to `end`, or the same going back. */
function holidaysBetween(
  start: Temporal.PlainDate,
  end: Temporal.PlainDate,
  holidays: Holidays,
): number {
  const from = start.toString();
  const to = end.toString();
  let count = 0;
  for (const day of holidays) {
    const passed = from <= to ? day > from && day <= to : day < from && day >= to;
    if (passed && Temporal.PlainDate.from(day).dayOfWeek <= 5) count += 1;
  }
  return count;
}

/** Business hours, by local wall-clock time, Monday to Friday. */
const businessStart = { hour: 9 };
const businessEnd = { hour: 17 };

/** An instant inside business hours stays; any other moves to the next time they begin. */
export function toBusinessHours(
  ms: number,
  timeZone: string,
  holidays: Holidays = noHolidays,
): number {
  const at = zoned(ms, timeZone);
  let date = at.toPlainDate();
  if (isWorkday(date, holidays)) {
    if (at.hour >= businessStart.hour && at.hour < businessEnd.hour) return ms;
    if (at.hour >= businessEnd.hour) date = date.add({ days: 1 });
  }
  while (!isWorkday(date, holidays)) date = date.add({ days: 1 });
  return date.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(businessStart.hour) })
    .epochMilliseconds;
}

/**
 * The next time the clock on the wall shows a time, later than an instant.
 *
 * @param time `09:00`
 * @param weekdays 1 is Monday; empty means any day
 */
export function nextTimeOfDay(
  afterMs: number,
  time: string,
  weekdays: readonly number[],
  timeZone: string,
): number {
  const plainTime = Temporal.PlainTime.from(time);
  let date = zoned(afterMs, timeZone).toPlainDate();
  // Eight days hold every weekday once after today.
  for (let tried = 0; tried <= 8; tried += 1) {
    const at = date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
    if (at > afterMs && (weekdays.length === 0 || weekdays.includes(date.dayOfWeek))) return at;
    date = date.add({ days: 1 });
  }
  throw new Error(`No day among ${weekdays.join(', ')}`);
}

/** The first instant of a calendar day (`2026-12-31`) in a zone, in epoch milliseconds. */
export function startOfDate(date: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
}

/** The instant the clock on the wall shows a time (`09:00`) on a calendar day; one that is skipped moves forward. */
export function timeOnDate(date: string, time: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(time),
  }).epochMilliseconds;
}

/** A calendar day some days later, or earlier. */
export function shiftDate(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** What the clock on the wall shows (`09:00`) at an instant. */
export function timeOfDay(ms: number, timeZone: string): string {
  return zoned(ms, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The calendar day (`2026-12-31`) of an instant in a zone. */
export function dateOf(ms: number, timeZone: string): string {
  return zoned(ms, timeZone).toPlainDate().toString();
}

export type DateConfig =
  | { readonly kind: 'relative'; readonly relative: RelativeDate }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'instant'; readonly ms: number };

/** Reads what a date in a step's config may be: relative, a calendar day, or an instant with its zone. */
export function parseDateConfig(text: string): DateConfig | null {
  const relative = parseRelativeDate(text);
  if (relative) return { kind: 'relative', relative };
  const trimmed = text.trim();
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) {
      return { kind: 'date', date: Temporal.PlainDate.from(trimmed).toString() };
    }
    return { kind: 'instant', ms: Temporal.Instant.from(trimmed).epochMilliseconds };
  } catch {
    return null;
  }
}

/** @returns the instant a date config means, in epoch milliseconds */
export function resolveDateConfig(
  config: DateConfig,
  nowMs: number,
  timeZone: string,
  holidays: Holidays = noHolidays,
): number {
  switch (config.kind) {
    case 'relative':
      return addRelativeDate(nowMs, config.relative, timeZone, holidays);
    case 'date':
      return startOfDate(config.date, timeZone);
    case 'instant':
      return config.ms;
  }
}

export const dateConfigHint =
  'a relative date such as "+3 days", "+1 week" or "+2 business days", or a date such as "2026-12-31"';
