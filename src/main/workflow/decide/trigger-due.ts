import type { Trigger } from '../../../shared/workflow/definition.ts';
import {
  addRelativeDate,
  dateOf,
  type Holidays,
  parseDateConfig,
  parseRelativeDate,
  type RelativeDate,
  shiftDate,
  startOfDate,
  timeOnDate,
} from '../../../shared/workflow/relative-date.ts';
import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { readFieldReference } from '../../../shared/workflow/conditions/plan-rule.ts';

/** A trigger that fires for each record at a time its date field tells. */
export interface DateTrigger {
  readonly object: ObjectName;
  readonly field: string;
  readonly holds: 'date' | 'datetime';
  /** A shift in days, weeks, months or business days, which keeps the time on the wall. */
  readonly days: RelativeDate | null;
  /** A shift in seconds, minutes or hours, which is exact. */
  readonly exactMs: number;
  /** `09:00`; null: the time of the field itself. */
  readonly at: string | null;
  readonly timeZone: string;
  readonly holidays: Holidays;
  /** Only tasks that are not done. */
  readonly openOnly: boolean;
}

const msPerUnit: Readonly<Partial<Record<RelativeDate['unit'], number>>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
};

/**
 * @param custom the fields the file adds to the registry
 * @returns null for a trigger of another kind
 */
export function readDateTrigger(
  { type, config }: Trigger,
  timeZone: string,
  holidays: Holidays,
  custom?: CustomFields,
): DateTrigger | null {
  const path = type === 'task_overdue' ? 'task.due_at' : (config.field ?? '');
  if (type !== 'task_overdue' && type !== 'date_reached') return null;
  const reference = readFieldReference(path, custom);
  const field = reference ? findField(reference.object, reference.field, custom) : undefined;
  if (!reference || (field?.type !== 'date' && field?.type !== 'datetime')) return null;
  const offset = config.offset === undefined ? null : parseRelativeDate(config.offset);
  const unitMs = offset ? msPerUnit[offset.unit] : undefined;
  return {
    object: reference.object,
    field: reference.field,
    holds: field.type,
    days: offset && unitMs === undefined ? offset : null,
    exactMs: offset && unitMs !== undefined ? offset.amount * unitMs : 0,
    // A calendar day has no time of its own: it begins at midnight.
    at: config.at ?? (field.type === 'date' ? '00:00' : null),
    timeZone,
    holidays,
    openOnly: type === 'task_overdue',
  };
}

/**
 * When a date trigger fires for a value of its field: the shift in days first, then the time of day, then the exact
 * shift. Null while the field is empty or unreadable.
 */
export function triggerDue(trigger: DateTrigger, value: unknown): number | null {
  const { timeZone, holidays, days, at, exactMs } = trigger;
  const date = typeof value === 'string' ? parseDateConfig(value) : null;
  if (!date || date.kind === 'relative') return null;
  const start = date.kind === 'date' ? startOfDate(date.date, timeZone) : date.ms;
  const shifted = days ? addRelativeDate(start, days, timeZone, holidays) : start;
  const timed = at === null ? shifted : timeOnDate(dateOf(shifted, timeZone), at, timeZone);
  return timed + exactMs;
}

/**
 * The first instant after one at which a trigger may fire for any record at all, so that nobody looks before it; null
 * when that may be any instant.
 */
export function mayFireAfter({ at, exactMs, timeZone }: DateTrigger, after: number): number | null {
  if (at === null) return null;
  const from = after - exactMs;
  const today = dateOf(from, timeZone);
  const first = timeOnDate(today, at, timeZone);
  return (first > from ? first : timeOnDate(shiftDate(today, 1), at, timeZone)) + exactMs;
}

/** Values of the field, both ends included, in the text the file keeps them as. */
export interface ValueRange {
  readonly from: string;
  readonly to: string;
}

const hourMs = 3_600_000;

/** More days than this are looked through as one range: a long absence, where a few records too many cost nothing. */
const daysOneByOne = 10;

/**
 * The values for which a trigger may fire after one instant and up to another, so that an index finds them. Never too
 * few; a change of the clocks may add a few too many, which `triggerDue` sorts out.
 */
export function valueRanges(trigger: DateTrigger, fromMs: number, toMs: number): ValueRange[] {
  const { timeZone, at, exactMs, days, holds } = trigger;
  const from = fromMs - exactMs;
  const to = toMs - exactMs;
  if (from >= to) return [];
  if (at === null && days === null) return [instants(from, to)];
  const target = { first: dateOf(from, timeZone), last: dateOf(to, timeZone) };
  if (at !== null) {
    // Only whole days matter: those whose time of day lies between the two instants.
    if (timeOnDate(target.first, at, timeZone) <= from) target.first = shiftDate(target.first, 1);
    if (timeOnDate(target.last, at, timeZone) > to) target.last = shiftDate(target.last, -1);
    if (target.first > target.last) return [];
  }
  const source = sourceDays(trigger, target.first, target.last);
  if (holds === 'date') return [{ from: source.first, to: source.last }];
  const whole = [
    instants(
      startOfDate(source.first, timeZone) - 1,
      startOfDate(shiftDate(source.last, 1), timeZone),
    ),
  ];
  if (at !== null) return whole;
  const narrow: ValueRange[] = [];
  for (let day = source.first; day <= source.last; day = shiftDate(day, 1)) {
    if (narrow.length >= daysOneByOne) return whole;
    const start = startOfDate(day, timeZone);
    const reached = dayOf(trigger, day);
    const first = Math.max(from, startOfDate(reached, timeZone));
    const last = Math.min(to, startOfDate(shiftDate(reached, 1), timeZone));
    if (first > last) continue;
    // The time on the wall is kept, so the distance from midnight is the same but for a change of the clocks.
    const midnight = startOfDate(reached, timeZone);
    narrow.push(
      instants(start + first - midnight - 2 * hourMs, start + last - midnight + 2 * hourMs),
    );
  }
  return narrow;
}

function instants(from: number, to: number): ValueRange {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The day that a day of the field leads to. */
function dayOf({ days, timeZone, holidays }: DateTrigger, day: string): string {
  if (!days) return day;
  return dateOf(addRelativeDate(startOfDate(day, timeZone), days, timeZone, holidays), timeZone);
}

/** The days of the field that may lead to a day from `first` to `last`. */
function sourceDays(
  trigger: DateTrigger,
  first: string,
  last: string,
): { first: string; last: string } {
  const { days, timeZone, holidays } = trigger;
  if (!days) return { first, last };
  const back = (day: string, amount: number, unit: RelativeDate['unit']): string =>
    dateOf(
      addRelativeDate(startOfDate(day, timeZone), { amount, unit }, timeZone, holidays),
      timeZone,
    );
  const source = {
    first: back(first, -days.amount, days.unit),
    last: back(last, -days.amount, days.unit),
  };
  switch (days.unit) {
    case 'month':
      // 28 to 31 January all lead to 28 February.
      return { ...source, last: shiftDate(source.last, 3) };
    case 'business day':
      // From a Saturday or a holiday one goes on as from the workday beside it.
      return days.amount === 0
        ? source
        : { first: back(source.first, -1, days.unit), last: back(source.last, 1, days.unit) };
    default:
      return source;
  }
}
