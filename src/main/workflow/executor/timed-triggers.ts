import type { TimedEventType } from '../../../shared/events/event-types.ts';
import { type Trigger, triggersOf } from '../../../shared/workflow/definition.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { lastScheduleTime, nextScheduleTime } from '../../../shared/workflow/schedule-time.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import { findRecord } from '../../crm/records/record-store.ts';
import { workingCalendar } from '../../crm/settings/working-calendar.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { Clock } from '../../ports.ts';
import { decideMissed, isMissed } from '../decide/decide-missed.ts';
import {
  type DateTrigger,
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
}

interface Look {
  readonly to: number;
  readonly ranges: readonly ValueRange[];
  range: number;
  place: RangePlace;
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
        const fresh = { savedUntil: 0, look: null, next: null };
        const watch = { workflow, index, trigger, text, checkedUntil, ...fresh };
        this.save(unit, watch);
        const date = this.dateTrigger(unit.db, watch);
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
    const now = this.clock.now();
    return this.watches.some((watch) => this.wants(db, watch, now));
  }

  private wants(db: Reader, watch: Watch, now: number): boolean {
    if (watch.look !== null || watch.checkedUntil > now) return true;
    if (now - watch.savedUntil >= saveEveryMs) return true;
    if (watch.trigger.type === 'schedule') {
      const next = nextOf(watch, zoneOf(db, watch, this.clock), watch.checkedUntil);
      return next !== null && next <= now;
    }
    const date = this.dateTrigger(db, watch);
    const found = date !== null && anyDue(db, date, watch.checkedUntil, now);
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
    for (const watch of this.watches) {
      if (watch.checkedUntil > unit.now) {
        // The clock was set back. What fired already is on file, so nothing fires twice.
        watch.checkedUntil = unit.now;
        watch.look = null;
        this.save(unit, watch);
      }
      const done =
        watch.trigger.type === 'schedule'
          ? this.fireSchedule(unit, watch)
          : this.fireDates(unit, watch, deadline);
      if (!done) return false;
      if (unit.now - watch.savedUntil >= saveEveryMs) this.save(unit, watch);
    }
    return true;
  }

  /** ISO text of the next time a schedule fires; dates are found by the poll of each second. */
  nextDueAt(db: Reader): number | null {
    const times = this.watches.flatMap((watch) => {
      if (watch.trigger.type !== 'schedule') return [];
      return nextOf(watch, zoneOf(db, watch, this.clock), watch.checkedUntil) ?? [];
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
  private fireSchedule(unit: UnitOfWork, watch: Watch): boolean {
    const zone = zoneOf(unit.db, watch, this.clock);
    const next = nextOf(watch, zone, watch.checkedUntil);
    const after = watch.checkedUntil;
    watch.checkedUntil = unit.now;
    if (next === null || next > unit.now) return true;
    const last = lastScheduleTime(watch.trigger.config.cron ?? '', zone, unit.now);
    this.takeUp(unit, watch, null, last !== null && last > after ? last : next);
    this.save(unit, watch);
    return true;
  }

  private fireDates(unit: UnitOfWork, watch: Watch, deadline: number): boolean {
    const date = this.dateTrigger(unit.db, watch);
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
            this.takeUp(unit, watch, { object: date.object, id: record.id }, due);
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

  private dateTrigger(db: Reader, watch: Watch): DateTrigger | null {
    const { holidays } = workingCalendar(db);
    return readDateTrigger(
      watch.trigger,
      zoneOf(db, watch, this.clock),
      holidays,
      customFields(db),
    );
  }

  /** A moment that has come: it fires, is skipped, or the user is asked. */
  private takeUp(
    unit: UnitOfWork,
    watch: Watch,
    record: { readonly object: ObjectName; readonly id: string } | null,
    due: number,
  ): void {
    const { settings } = watch.workflow.definition;
    const { awakeSince } = this.presence;
    const zone = zoneOf(unit.db, watch, this.clock);
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

function anyDue(db: Reader, date: DateTrigger, after: number, to: number): boolean {
  for (const range of valueRanges(date, after, to)) {
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

/** The trigger's zone, else the workflow's, else that of Settings, else the machine's. */
function zoneOf(db: Reader, { workflow, trigger }: Watch, clock: Clock): string {
  return (
    trigger.config.time_zone ??
    workflow.definition.settings.time_zone ??
    workingCalendar(db).time_zone ??
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
