import type { TimedEventType } from '../../../shared/events/event-types.ts';
import { type Trigger, triggersOf } from '../../../shared/workflow/definition.ts';
import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { lastScheduleTime, nextScheduleTime } from '../../../shared/workflow/schedule-time.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import { findRecord } from '../../crm/records/record-store.ts';
import { type WorkingCalendar, workingCalendar } from '../../crm/settings/working-calendar.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { Clock } from '../../ports.ts';
import { decideMissed, isMissed } from '../decide/decide-missed.ts';
import {
  type DateTrigger,
  mayFireAfter,
  readDateTrigger,
  triggerDue,
  type ValueRange,
  valueRanges,
} from '../decide/trigger-due.ts';
import {
  ensureDateIndex,
  listWatches,
  type RangePlace,
  recordsInRange,
  removeWatch,
  saveWatch,
  settleMoment,
  takeMoment,
  type TimedMoment,
} from '../store/timed-trigger-store.ts';
import type { Presence } from './presence.ts';
import type { ListeningWorkflow } from './workflow-catalog.ts';

const pageSize = 100;

/** How far `checked_until` on file may lag behind: a crash costs a second look at a minute, which fires nothing twice. */
const saveEveryMs = 60_000;

/** So far ahead the values are worked out with which a date trigger may fire, in milliseconds. */
const rangesMs = 60_000;

/** One timed trigger of an active workflow. */
interface Watch {
  readonly workflow: ListeningWorkflow;
  readonly index: number;
  readonly trigger: Trigger;
  readonly text: string;
  /** Every moment up to here was taken, skipped or asked about. Epoch milliseconds. */
  checkedUntil: number;
  savedUntil: number;
  /** A look that did not fit into one slice: up to when it goes, and where it was. */
  look: Look | null;
  /** The next time of a schedule, with what it was computed from. */
  next: { readonly zone: string; readonly after: number; readonly at: number | null } | null;
  /**
   * Its date trigger as it is in its surroundings, the first instant after another at which that may fire, and the values
   * with which it may fire from one instant to another.
   */
  date: {
    readonly zone: string;
    readonly key: string;
    readonly trigger: DateTrigger | null;
    quiet: { readonly after: number; readonly until: number | null } | null;
    ranges: { readonly after: number; readonly to: number; readonly of: ValueRange[] } | null;
  } | null;
}

interface Look {
  readonly to: number;
  readonly ranges: readonly ValueRange[];
  range: number;
  place: RangePlace;
}

/** What the days and fields of all triggers depend on, read once for a look at all of them. */
interface Surroundings extends WorkingCalendar {
  readonly custom: CustomFields;
  /** The same for the same holidays and fields. */
  readonly key: string;
}

function surroundingsOf(db: Reader): Surroundings {
  const { time_zone, holidays } = workingCalendar(db);
  const custom = customFields(db);
  return { time_zone, holidays, custom, key: JSON.stringify([...holidays, custom]) };
}

/**
 * Fires the triggers that time brings about. Each is looked at for the moments between the last look and now, found by
 * the index on the date itself: so a date that changes, by whomever, needs no alarm to be moved, and a look costs the
 * records that are due, not those there are.
 */
export class TimedTriggers {
  private readonly clock: Clock;
  private readonly presence: Presence;
  private watches: Watch[] = [];
  private revision = -1;

  constructor(clock: Clock, presence: Presence) {
    this.clock = clock;
    this.presence = presence;
  }

  /** Begins to watch what is new among the active workflows, and forgets what is no more. */
  follow(unit: UnitOfWork, workflows: readonly ListeningWorkflow[], revision: number): void {
    if (revision === this.revision) return;
    const stored = new Map(
      listWatches(unit.db).map((row) => [`${row.workflow_id} ${row.trigger_index}`, row]),
    );
    const before = new Map(this.watches.map((watch) => [keyOf(watch), watch]));
    const next = workflows.flatMap((workflow) =>
      triggersOf(workflow.definition).flatMap((trigger, index): Watch[] => {
        if (!isTimed(trigger)) return [];
        const text = JSON.stringify([trigger, workflow.definition.settings.time_zone]);
        const key = `${workflow.id} ${index}`;
        const known = before.get(key);
        const row = stored.get(key);
        stored.delete(key);
        if (known?.text === text) return [{ ...known, workflow, trigger }];
        // What is new is watched from now on; what the last program watched, from where it stopped.
        const until = row?.trigger_text === text ? Date.parse(row.checked_until) : Number.NaN;
        const checkedUntil = Number.isFinite(until) ? until : unit.now;
        const fresh = { savedUntil: 0, look: null, next: null, date: null };
        const watch = { workflow, index, trigger, text, checkedUntil, ...fresh };
        this.save(unit, watch);
        const date = this.dateTrigger(surroundingsOf(unit.db), watch);
        if (date) ensureDateIndex(unit.db, date);
        return [watch];
      }),
    );
    for (const { workflow_id: id, trigger_index: index } of stored.values())
      removeWatch(unit.db, id, index);
    this.watches = next;
    this.revision = revision;
  }

  /** Whether a look would find something, or its end should be written down. Reads only. */
  isDue(db: Reader): boolean {
    if (this.watches.length === 0) return false;
    const now = this.clock.now();
    const around = surroundingsOf(db);
    return this.watches.some((watch) => this.wants(db, around, watch, now));
  }

  private wants(db: Reader, around: Surroundings, watch: Watch, now: number): boolean {
    if (watch.look !== null || watch.checkedUntil > now) return true;
    if (now - watch.savedUntil >= saveEveryMs) return true;
    if (watch.trigger.type === 'schedule') {
      const next = nextOf(watch, zoneOf(around, watch, this.clock), watch.checkedUntil);
      return next !== null && next <= now;
    }
    const date = this.dateTrigger(around, watch);
    const found = date !== null && !isQuiet(watch, date, now) && anyDue(db, date, watch, now);
    // Nothing there: the next look begins here, so that a date written later for the past does not fire.
    if (!found) watch.checkedUntil = now;
    return found;
  }

  /**
   * Writes an event for each moment that has come.
   *
   * @param deadline on the clock's `elapsed`
   * @returns whether all were looked at; else the next slice goes on
   */
  fire(unit: UnitOfWork, deadline: number): boolean {
    const around = surroundingsOf(unit.db);
    for (const watch of this.watches) {
      if (watch.checkedUntil > unit.now) {
        // The clock was set back. What fired already is on file, so nothing fires twice.
        watch.checkedUntil = unit.now;
        watch.look = null;
        this.save(unit, watch);
      }
      const done =
        watch.trigger.type === 'schedule'
          ? this.fireSchedule(unit, around, watch)
          : this.fireDates(unit, around, watch, deadline);
      if (!done) return false;
      if (unit.now - watch.savedUntil >= saveEveryMs) this.save(unit, watch);
    }
    return true;
  }

  /** ISO text of the next time a schedule fires; dates are found by the poll of each second. */
  nextDueAt(db: Reader): number | null {
    if (!this.watches.some(({ trigger }) => trigger.type === 'schedule')) return null;
    const around = surroundingsOf(db);
    const times = this.watches.flatMap((watch) => {
      if (watch.trigger.type !== 'schedule') return [];
      return nextOf(watch, zoneOf(around, watch, this.clock), watch.checkedUntil) ?? [];
    });
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Writes down how far each trigger was looked at. */
  saveAll(unit: UnitOfWork): void {
    for (const watch of this.watches) this.save(unit, watch);
  }

  private save(unit: UnitOfWork, watch: Watch): void {
    saveWatch(unit.db, {
      workflow_id: watch.workflow.id,
      trigger_index: watch.index,
      trigger_text: watch.text,
      checked_until: new Date(watch.checkedUntil).toISOString(),
    });
    watch.savedUntil = watch.checkedUntil;
  }

  /** At most one event after a gap: the last of the times that passed. */
  private fireSchedule(unit: UnitOfWork, around: Surroundings, watch: Watch): boolean {
    const zone = zoneOf(around, watch, this.clock);
    const next = nextOf(watch, zone, watch.checkedUntil);
    const after = watch.checkedUntil;
    watch.checkedUntil = unit.now;
    if (next === null || next > unit.now) return true;
    const last = lastScheduleTime(watch.trigger.config.cron ?? '', zone, unit.now);
    this.takeUp(unit, zone, watch, null, last !== null && last > after ? last : next);
    this.save(unit, watch);
    return true;
  }

  private fireDates(
    unit: UnitOfWork,
    around: Surroundings,
    watch: Watch,
    deadline: number,
  ): boolean {
    const date = this.dateTrigger(around, watch);
    if (!date) return true;
    watch.look ??= {
      to: unit.now,
      ranges: valueRanges(date, watch.checkedUntil, unit.now),
      range: 0,
      place: null,
    };
    const { look } = watch;
    let any = false;
    for (; look.range < look.ranges.length; look.range += 1, look.place = null) {
      const range = look.ranges[look.range];
      if (!range) break;
      for (;;) {
        const page = recordsInRange(unit.db, date, range, look.place, pageSize);
        for (const record of page) {
          look.place = record;
          const due = triggerDue(date, record.value);
          if (due !== null && due > watch.checkedUntil && due <= look.to) {
            const found = { object: date.object, id: record.id };
            this.takeUp(unit, date.timeZone, watch, found, due);
            any = true;
          }
          if (this.clock.elapsed() >= deadline) return false;
        }
        if (page.length < pageSize) break;
      }
    }
    watch.checkedUntil = look.to;
    watch.look = null;
    if (any) this.save(unit, watch);
    return true;
  }

  /** Asked for each second by each trigger, so what it was last time is kept until its surroundings are others. */
  private dateTrigger(around: Surroundings, watch: Watch): DateTrigger | null {
    const zone = zoneOf(around, watch, this.clock);
    if (watch.date?.zone !== zone || watch.date.key !== around.key) {
      const { holidays, custom, key } = around;
      const trigger = readDateTrigger(watch.trigger, zone, holidays, custom);
      watch.date = { zone, key, trigger, quiet: null, ranges: null };
    }
    return watch.date.trigger;
  }

  /** A moment that has come: it fires, is skipped, or the user is asked. */
  private takeUp(
    unit: UnitOfWork,
    zone: string,
    watch: Watch,
    record: { readonly object: ObjectName; readonly id: string } | null,
    due: number,
  ): void {
    const { settings } = watch.workflow.definition;
    const { awakeSince } = this.presence;
    const decision = decideMissed(settings, due, awakeSince, unit.now, zone);
    const moment: TimedMoment = {
      workflow_id: watch.workflow.id,
      trigger_index: watch.index,
      record_id: record?.id ?? '',
      due_at: new Date(due).toISOString(),
      // isTimed let no other in.
      type: watch.trigger.type as TimedEventType,
      object: record?.object ?? null,
    };
    const outcome = { run: 'fired', skip: 'skipped', ask: 'asked' } as const;
    if (!takeMoment(unit.db, moment, outcome[decision])) return;
    if (decision === 'run') fireMoment(unit, moment);
    if (decision === 'ask') unit.touch('workflow', watch.workflow.id);
    else if (isMissed(due, awakeSince))
      this.presence.count(unit, watch.workflow.id, decision === 'run' ? 'started' : 'skipped');
  }
}

/** Writes the event of a moment that was taken, meant for its workflow alone. */
export function fireMoment(unit: UnitOfWork, moment: TimedMoment): void {
  const { workflow_id, trigger_index, object, record_id: id } = moment;
  const keys = object === null ? {} : keysOf(unit.db, object, id);
  // The record went to the bin since: there is nothing the event could be about.
  if (keys === null) return settleMoment(unit.db, moment, 'skipped', null);
  const eventId = unit.emit({
    type: moment.type,
    object,
    record_id: object === null ? null : id,
    data: {
      keys: { ...keys, due_at: moment.due_at },
      changes: {},
      target: { workflow_id, trigger_index },
    },
  });
  settleMoment(unit.db, moment, 'fired', eventId);
}

function keysOf<O extends ObjectName>(db: Reader, object: O, id: string) {
  const kind = recordKinds[object];
  const record = findRecord(db, kind, id);
  return record ? kind.eventKeys(record) : null;
}

function anyDue(db: Reader, date: DateTrigger, watch: Watch, to: number): boolean {
  const after = watch.checkedUntil;
  for (const range of rangesUntil(watch, date, to)) {
    let page = recordsInRange(db, date, range, null, pageSize);
    while (page.length > 0) {
      const found = page.some(({ value }) => {
        const due = triggerDue(date, value);
        return due !== null && due > after && due <= to;
      });
      if (found) return true;
      page = recordsInRange(db, date, range, page.at(-1) ?? null, pageSize);
    }
  }
  return false;
}

function isTimed({ type }: Trigger): boolean {
  return type === 'schedule' || type === 'date_reached' || type === 'task_overdue';
}

function keyOf({ workflow, index }: Watch): string {
  return `${workflow.id} ${index}`;
}

/** A few values too many cost less than to work them out each second: they are those of the whole minute. */
function rangesUntil(watch: Watch, date: DateTrigger, to: number): readonly ValueRange[] {
  const after = watch.checkedUntil;
  const known = watch.date?.ranges;
  if (known && known.after <= after && known.to >= to) return known.of;
  const ahead = Math.max(to, after + rangesMs);
  const of = valueRanges(date, after, ahead);
  if (watch.date) watch.date.ranges = { after, to: ahead, of };
  return of;
}

/** Whether no record at all can be due by now: known beforehand where the trigger has a time of day. */
function isQuiet(watch: Watch, date: DateTrigger, now: number): boolean {
  if (!watch.date) return false;
  const after = watch.checkedUntil;
  const { quiet } = watch.date;
  const isKnown = quiet && quiet.after <= after && (quiet.until === null || quiet.until > after);
  if (!isKnown) watch.date.quiet = { after, until: mayFireAfter(date, after) };
  const until = watch.date.quiet?.until ?? null;
  return until !== null && until > now;
}

/** The trigger's zone, else the workflow's, else that of Settings, else the machine's. */
function zoneOf(around: Surroundings, { workflow, trigger }: Watch, clock: Clock): string {
  return (
    trigger.config.time_zone ??
    workflow.definition.settings.time_zone ??
    around.time_zone ??
    clock.timeZone()
  );
}

/** Asked for each second, and answered from memory until the time has come. */
function nextOf(watch: Watch, zone: string, after: number): number | null {
  const { next } = watch;
  if (next?.zone === zone && next.after <= after && (next.at === null || next.at > after))
    return next.at;
  const at = nextScheduleTime(watch.trigger.config.cron ?? '', zone, after);
  watch.next = { zone, after, at };
  return at;
}
