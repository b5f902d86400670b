import { type Trigger, triggersOf } from '../../../shared/workflow/definition.ts';
import { workingCalendar } from '../../crm/settings/working-calendar.ts';
import type { Reader } from '../../db/handle.ts';
import { readDateTrigger, triggerDue, valueRanges } from '../decide/trigger-due.ts';
import { Presence } from '../executor/presence.ts';
import { TimedTriggers } from '../executor/timed-triggers.ts';
import type { ListeningWorkflow } from '../executor/workflow-catalog.ts';
import { recordsInRange } from '../store/timed-trigger-store.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { SimulatedClock } from './simulated-clock.ts';

const pageSize = 100;

/**
 * The triggers that time fires, on a simulated clock: it is moved from moment to moment, and the engine's own triggers
 * are asked at each.
 */
export class TimedMoments {
  private readonly timed: TimedTriggers;
  private readonly clock: SimulatedClock;
  private readonly workflow: ListeningWorkflow;
  private readonly dates: readonly Trigger[];
  private readonly hasSchedule: boolean;

  constructor(clock: SimulatedClock, rehearsal: Rehearsal) {
    this.clock = clock;
    this.workflow = rehearsal.workflow;
    this.timed = new TimedTriggers(clock, new Presence(clock));
    const triggers = triggersOf(this.workflow.definition);
    this.dates = triggers.filter(({ type }) => type === 'date_reached' || type === 'task_overdue');
    this.hasSchedule = triggers.some(({ type }) => type === 'schedule');
    if (this.dates.length > 0 || this.hasSchedule)
      rehearsal.inUnit((unit) => this.timed.follow(unit, [this.workflow], 1));
  }

  /** The first moment later than now and not later than `to`; null when there is none. All in epoch milliseconds. */
  next(db: Reader, to: number): number | null {
    const scheduled = this.hasSchedule ? this.timed.nextDueAt(db) : null;
    const moments = this.dates.map((trigger) => this.firstDate(db, trigger, to));
    const found = [scheduled, ...moments].filter((at) => at !== null && at <= to).map(Number);
    return found.length === 0 ? null : Math.min(...found);
  }

  /** Writes the events of this moment. */
  fire(rehearsal: Rehearsal): void {
    rehearsal.inUnit((unit) => this.timed.fire(unit, Number.POSITIVE_INFINITY));
    rehearsal.drain();
  }

  private firstDate(db: Reader, trigger: Trigger, to: number): number | null {
    const { time_zone: zone, holidays } = workingCalendar(db);
    const { settings } = this.workflow.definition;
    const date = readDateTrigger(
      trigger,
      trigger.config.time_zone ?? settings.time_zone ?? zone ?? this.clock.timeZone(),
      holidays,
    );
    const now = this.clock.now();
    if (!date || to <= now) return null;
    let first: number | null = null;
    for (const range of valueRanges(date, now, to)) {
      let page = recordsInRange(db, date, range, null, pageSize);
      while (page.length > 0) {
        for (const { value } of page) {
          const due = triggerDue(date, value);
          if (due !== null && due > now && due <= to && (first === null || due < first))
            first = due;
        }
        page = recordsInRange(db, date, range, page.at(-1) ?? null, pageSize);
      }
    }
    return first;
  }
}
