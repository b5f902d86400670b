import type { EventType } from '../../../shared/events/event-types.ts';
import type { ConditionGroup } from '../../../shared/workflow/conditions/condition-tree.ts';
import {
  type FieldReference,
  readFieldReference,
} from '../../../shared/workflow/conditions/plan-rule.ts';
import type { IfPast, WaitConfig } from '../../../shared/workflow/definition.ts';
import {
  addRelativeDate,
  dateConfigHint,
  nextTimeOfDay,
  parseDateConfig,
  parseRelativeDate,
  resolveDateConfig,
  toBusinessHours,
} from '../../../shared/workflow/relative-date.ts';

/** What a waiting run waits for, as its row keeps it. The instant itself is beside it, in `due_at`. */
export type WaitRule =
  | { readonly kind: 'instant' }
  /** Nothing: the run stopped, and somebody asked for it to go on where its cursor stands. */
  | { readonly kind: 'resume' }
  | {
      readonly kind: 'field';
      readonly reference: FieldReference;
      readonly offset: string | null;
      readonly business_hours: boolean;
    }
  | { readonly kind: 'event'; readonly event_type: EventType; readonly after_seq: number }
  | { readonly kind: 'condition'; readonly conditions: ConditionGroup }
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
  /** `seq` of the event that brought the run here: any later one may end the wait, also one not yet dispatched. */
  readonly lastEventSeq: number;
  /** `until` with its template rendered. */
  readonly until: string | undefined;
  read(reference: FieldReference): unknown;
  holds(conditions: ConditionGroup): boolean;
}

/** Decides when a wait ends, from its config and the facts of the moment it begins. */
export function planWait(config: WaitConfig, facts: WaitFacts): WaitPlan {
  const { now, timeZone } = facts;
  const business = config.business_hours === true;
  if (config.duration !== undefined) {
    const due = addSpan(now, config.duration, timeZone);
    return { kind: 'wait', rule: { kind: 'instant' }, due: inHours(due, business, timeZone) };
  }
  if (config.until !== undefined) {
    const date = parseDateConfig(facts.until ?? '');
    if (!date)
      return {
        kind: 'failed',
        message: `until "${facts.until ?? ''}" is no date; write ${dateConfigHint}`,
      };
    const due = inHours(resolveDateConfig(date, now, timeZone), business, timeZone);
    return orPast(due, config, now, { kind: 'instant' });
  }
  if (config.until_field !== undefined) return planField(config, config.until_field, facts);
  if (config.until_time !== undefined) {
    const due = nextTimeOfDay(now, config.until_time, config.weekdays ?? [], timeZone);
    return { kind: 'wait', rule: { kind: 'instant' }, due: inHours(due, business, timeZone) };
  }
  const timeout = config.timeout === undefined ? null : addSpan(now, config.timeout, timeZone);
  if (config.until_event !== undefined) {
    const rule = {
      kind: 'event',
      event_type: config.until_event,
      after_seq: facts.lastEventSeq,
    } as const;
    return { kind: 'wait', rule, due: timeout };
  }
  if (config.until_condition !== undefined) {
    if (facts.holds(config.until_condition)) return { kind: 'past', if_past: 'continue' };
    return {
      kind: 'wait',
      rule: { kind: 'condition', conditions: config.until_condition },
      due: timeout,
    };
  }
  return { kind: 'failed', message: 'the wait says not how long' };
}

function planField(config: WaitConfig, path: string, facts: WaitFacts): WaitPlan {
  const reference = readFieldReference(path);
  if (!reference) return { kind: 'failed', message: `there is no field "${path}"` };
  const rule = {
    kind: 'field',
    reference,
    offset: config.offset ?? null,
    business_hours: config.business_hours === true,
  } as const;
  const due = fieldDue(rule, facts.read(reference), facts.timeZone);
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
): number | null {
  const date = typeof value === 'string' ? parseDateConfig(value) : null;
  if (!date || date.kind === 'relative') return null;
  const start = resolveDateConfig(date, 0, timeZone);
  const due = rule.offset === null ? start : addSpan(start, rule.offset, timeZone);
  return inHours(due, rule.business_hours, timeZone);
}

function addSpan(from: number, span: string, timeZone: string): number {
  const relative = parseRelativeDate(span);
  // Checked at publish.
  if (!relative) throw new Error(`"${span}" is no time span`);
  return addRelativeDate(from, relative, timeZone);
}

function inHours(ms: number, business: boolean, timeZone: string): number {
  return business ? toBusinessHours(ms, timeZone) : ms;
}
