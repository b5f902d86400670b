import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import type { EventType } from '../../../shared/events/event-types.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { ConditionGroup } from '../../../shared/workflow/conditions/condition-tree.ts';
import {
  type FieldReference,
  readFieldReference,
} from '../../../shared/workflow/conditions/plan-rule.ts';
import type { IfPast, WaitConfig } from '../../../shared/workflow/definition.ts';
import { objectOfEvent } from '../../../shared/workflow/check-control.ts';
import {
  addRelativeDate,
  dateConfigHint,
  type Holidays,
  nextTimeOfDay,
  parseDateConfig,
  parseRelativeDate,
  resolveDateConfig,
  toBusinessHours,
} from '../../../shared/workflow/relative-date.ts';

/** What a waiting run waits for, as its row keeps it. The instant itself is beside it, in `due_at`. */
export type WaitRule =
  /** `by_hand`: somebody ended the wait, so nothing can be too late for it. */
  | { readonly kind: 'instant'; readonly by_hand?: true }
  /** Nothing: the run stopped, and somebody asked for it to go on where its cursor stands. */
  | { readonly kind: 'resume' }
  | {
      readonly kind: 'field';
      readonly reference: FieldReference;
      readonly offset: string | null;
      readonly business_hours: boolean;
    }
  | {
      readonly kind: 'event';
      readonly event_type: EventType;
      readonly after_seq: number;
      readonly business_hours?: true;
    }
  | {
      readonly kind: 'condition';
      readonly conditions: ConditionGroup;
      readonly business_hours?: true;
    }
  /** What it waited for came outside business hours, whose beginning it waits for now. */
  | { readonly kind: 'answered'; readonly by: 'event' | 'condition' }
  /** It was missed, and the user wants no more of it: the run ends. */
  | { readonly kind: 'let_go' }
  /** A mail or a webhook on its way. The wait is due once the delivery came to its end. */
  | { readonly kind: 'external'; readonly delivery_id: string };

export type WaitPlan =
  | { readonly kind: 'wait'; readonly rule: WaitRule; readonly due: number | null }
  /** The end is already behind us. */
  | { readonly kind: 'past'; readonly if_past: IfPast }
  | { readonly kind: 'failed'; readonly message: string };

export interface WaitFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  readonly holidays?: Holidays;
  /** `seq` of the event that brought the run here: any later one may end the wait, also one not yet dispatched. */
  readonly lastEventSeq: number;
  /** `until` with its template rendered. */
  readonly until: string | undefined;
  /** The fields the file adds to the registry. */
  readonly custom?: CustomFields;
  read(reference: FieldReference): unknown;
  holds(conditions: ConditionGroup): boolean;
  /** Whether there is such a record for the run. */
  reaches(object: ObjectName): boolean;
  /** Whether one of the run's records had such an event since the run began. */
  hasHappened(type: EventType): boolean;
}

/** Decides when a wait ends, from its config and the facts of the moment it begins. */
export function planWait(config: WaitConfig, facts: WaitFacts): WaitPlan {
  const { now, timeZone, holidays } = facts;
  const days = { timeZone, holidays, business: config.business_hours === true };
  if (config.duration !== undefined) {
    const due = inHours(addSpan(now, config.duration, days), days);
    // Nothing said about the past: then it is over at once.
    if (config.if_past === undefined) return { kind: 'wait', rule: { kind: 'instant' }, due };
    return orPast(due, config, now, { kind: 'instant' });
  }
  if (config.until !== undefined) {
    const date = parseDateConfig(facts.until ?? '');
    if (!date)
      return {
        kind: 'failed',
        message: `until "${facts.until ?? ''}" is no date; write ${dateConfigHint}`,
      };
    const due = inHours(resolveDateConfig(date, now, timeZone, holidays), days);
    return orPast(due, config, now, { kind: 'instant' });
  }
  if (config.until_field !== undefined) return planField(config, config.until_field, facts);
  if (config.until_time !== undefined) {
    const due = nextTimeOfDay(now, config.until_time, config.weekdays ?? [], timeZone);
    return { kind: 'wait', rule: { kind: 'instant' }, due: inHours(due, days) };
  }
  const timeout =
    config.timeout === undefined ? null : inHours(addSpan(now, config.timeout, days), days);
  const hours = days.business ? ({ business_hours: true } as const) : {};
  if (config.until_event !== undefined) {
    const { until_event: type } = config;
    // Without the question the wait is for the next one, whatever was before.
    if (config.if_past !== undefined && facts.hasHappened(type))
      return { kind: 'past', if_past: config.if_past };
    const object = objectOfEvent(type);
    if (object !== null && timeout === null && !facts.reaches(object)) {
      return {
        kind: 'failed',
        message: `there is no ${object} whose ${type} could come; ask for it with an if before the wait, or give it a timeout`,
      };
    }
    const rule = {
      kind: 'event',
      event_type: type,
      after_seq: facts.lastEventSeq,
      ...hours,
    } as const;
    return { kind: 'wait', rule, due: timeout };
  }
  if (config.until_condition !== undefined) {
    const { until_condition: conditions } = config;
    if (facts.holds(conditions)) return { kind: 'past', if_past: config.if_past ?? 'continue' };
    return { kind: 'wait', rule: { kind: 'condition', conditions, ...hours }, due: timeout };
  }
  return { kind: 'failed', message: 'the wait says not how long' };
}

function planField(config: WaitConfig, path: string, facts: WaitFacts): WaitPlan {
  const reference = readFieldReference(path, facts.custom);
  if (!reference) return { kind: 'failed', message: `there is no field "${path}"` };
  const rule = {
    kind: 'field',
    reference,
    offset: config.offset ?? null,
    business_hours: config.business_hours === true,
  } as const;
  const due = fieldDue(rule, facts.read(reference), facts.timeZone, facts.holidays);
  if (due === null) {
    return {
      kind: 'failed',
      message: `${path} is empty; fill it in, or ask for it with an if before the wait`,
    };
  }
  return orPast(due, config, facts.now, rule);
}

function orPast(due: number, config: WaitConfig, now: number, rule: WaitRule): WaitPlan {
  if (due <= now) return { kind: 'past', if_past: config.if_past ?? 'continue' };
  return { kind: 'wait', rule, due };
}

/** When a wait for a date field ends, as the field stands now; null while it is empty. */
export function fieldDue(
  rule: Extract<WaitRule, { kind: 'field' }>,
  value: unknown,
  timeZone: string,
  holidays?: Holidays,
): number | null {
  const date = typeof value === 'string' ? parseDateConfig(value) : null;
  if (!date || date.kind === 'relative') return null;
  const days = { timeZone, holidays, business: rule.business_hours };
  const start = resolveDateConfig(date, 0, timeZone);
  return inHours(rule.offset === null ? start : addSpan(start, rule.offset, days), days);
}

/** What days and hours are counted by. */
interface Days {
  readonly timeZone: string;
  readonly holidays: Holidays | undefined;
  readonly business: boolean;
}

function addSpan(from: number, span: string, { timeZone, holidays }: Days): number {
  const relative = parseRelativeDate(span);
  // Checked at publish.
  if (!relative) throw new Error(`"${span}" is no time span`);
  return addRelativeDate(from, relative, timeZone, holidays);
}

function inHours(ms: number, { business, timeZone, holidays }: Days): number {
  return business ? toBusinessHours(ms, timeZone, holidays) : ms;
}
