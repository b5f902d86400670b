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
 * @returns instant in epoch milliseconds
 */
export function addRelativeDate(fromMs: number, relative: RelativeDate, timeZone: string): number {
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
      return addBusinessDays(zoned(fromMs, timeZone), amount).epochMilliseconds;
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

/** Steps over Saturdays and Sundays; 0 business days from a weekend stays where it is. */
function addBusinessDays(from: Temporal.ZonedDateTime, amount: number): Temporal.ZonedDateTime {
  const step = Math.sign(amount);
  // Five business days are a week, so only the last few are counted one by one: an amount may be huge.
  const weeks = Math.max(0, Math.floor((Math.abs(amount) - 1) / 5));
  let date = from.toPlainDate().add({ weeks: weeks * step });
  for (let left = Math.abs(amount) - weeks * 5; left > 0; ) {
    date = date.add({ days: step });
    if (date.dayOfWeek <= 5) left -= 1;
  }
  // The wall-clock time is put back once, at the end, so that a gap on a day in between does not shift it.
  return date.toZonedDateTime({ timeZone: from.timeZoneId, plainTime: from.toPlainTime() });
}

/** Business hours, by local wall-clock time, Monday to Friday. */
const businessStart = { hour: 9 };
const businessEnd = { hour: 17 };

/** An instant inside business hours stays; any other moves to the next time they begin. */
export function toBusinessHours(ms: number, timeZone: string): number {
  const at = zoned(ms, timeZone);
  const isWorkday = at.dayOfWeek <= 5;
  if (isWorkday && at.hour >= businessStart.hour && at.hour < businessEnd.hour) return ms;
  let date = at.toPlainDate();
  if (!isWorkday || at.hour >= businessEnd.hour) {
    do date = date.add({ days: 1 });
    while (date.dayOfWeek > 5);
  }
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
export function resolveDateConfig(config: DateConfig, nowMs: number, timeZone: string): number {
  switch (config.kind) {
    case 'relative':
      return addRelativeDate(nowMs, config.relative, timeZone);
    case 'date':
      return startOfDate(config.date, timeZone);
    case 'instant':
      return config.ms;
  }
}

export const dateConfigHint =
  'a relative date such as "+3 days", "+1 week" or "+2 business days", or a date such as "2026-12-31"';
