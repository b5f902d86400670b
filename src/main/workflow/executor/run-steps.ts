import type { StepResult } from '../../../shared/contract/workflows.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import { isActionType } from '../../../shared/workflow/actions/index.ts';
import { itemObjectOf } from '../../../shared/workflow/check-steps.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { ConditionGroup } from '../../../shared/workflow/conditions/condition-tree.ts';
import { evaluateConditions } from '../../../shared/workflow/conditions/evaluate-conditions.ts';
import {
  type ActionStep,
  allSteps,
  type endReasons,
  type ForEachStep,
  isActionStep,
  type Step,
  type StopStep,
  type SwitchStep,
  triggersOf,
  type WaitStep,
} from '../../../shared/workflow/definition.ts';
import type { RenderedTemplate } from '../../../shared/workflow/template.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { hadEventSince, type StoredEvent } from '../../events/event-store.ts';
import { advance, type Cursor, enter, leaveList, settleCursor } from '../decide/cursor.ts';
import { planWait, type WaitRule } from '../decide/plan-wait.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import { conditionFacts } from './condition-facts.ts';
import { listItems } from './list-items.ts';
import { emptyResult, performAction, renderField, failedStep } from './perform-action.ts';
import { ReachableRecords, templateContext } from './run-context.ts';
import type { ListeningWorkflow } from './workflow-catalog.ts';

export interface RunRequest {
  readonly execution_id: string;
  readonly workflow: ListeningWorkflow;
  readonly event: StoredEvent;
  /** The run it repeats; absent for a first start. */
  readonly restart_of?: string | null;
  /** It was started by hand and is on file as queued. */
  readonly is_queued?: true;
}

export interface PendingWait {
  readonly step_id: string;
  readonly rule: WaitRule;
  /** Epoch milliseconds; null: no instant ends it. */
  readonly due: number | null;
}

/** Why a run ended before its last step, and not by a failure. */
export type EndReason = (typeof endReasons)[number];

/** How a stretch of steps ended. */
export type Stretch =
  | { readonly kind: 'ended'; readonly failed: boolean; readonly reason?: EndReason }
  | { readonly kind: 'waiting'; readonly cursor: Cursor; readonly wait: PendingWait };

/** A run that repeats more than this is a loop that nobody meant. */
const maximumSteps = 1_000;

/** Carries a run from a cursor to its end or to its next wait. Everything it writes goes into one unit of work. */
export class StepRunner {
  private readonly unit: UnitOfWork;
  private readonly request: RunRequest;
  private readonly subject: RecordReference | null;
  private readonly outputs: Record<string, unknown> = {};
  /** Results of this stretch, and those of the stretches before. */
  readonly results: StepResult[];
  private cursor: Cursor;
  private readonly lastEventSeq: () => number;
  /** What templates see outside of any `for_each`: the records in it are read when a template names them. */
  private context: object | null = null;

  /** @param lastEventSeq tells that of the event that brought the run here: that which started it, or ended its last wait */
  constructor(
    unit: UnitOfWork,
    request: RunRequest,
    cursor: Cursor,
    earlier: readonly StepResult[],
    lastEventSeq = (): number => request.event.seq,
  ) {
    this.lastEventSeq = lastEventSeq;
    this.unit = unit;
    this.request = request;
    this.cursor = cursor;
    this.results = [...earlier];
    const { object, record_id: id } = request.event;
    this.subject = object === null || id === null ? null : { object, id };
    for (const result of earlier) if (result.output) this.outputs[result.id] = result.output;
  }

  /** Where the run stands: at the step that failed, when one did. */
  get position(): Cursor {
    return this.cursor;
  }

  /** The records the run reaches where it stands: a `for_each` puts its item in their place. */
  records(): ReachableRecords {
    const items: Partial<Record<ObjectName, string>> = {};
    const { definition } = this.request.workflow;
    for (const [depth, frame] of this.cursor.entries()) {
      const item = frame.items?.[frame.item ?? 0];
      if (item === undefined) continue;
      const parent = settleCursor(definition, this.cursor.slice(0, depth))?.step;
      if (parent?.type === 'for_each') items[itemObjectOf(parent.config.over)] = item;
    }
    return new ReachableRecords(this.unit.db, this.subject, items);
  }

  holds(conditions: ConditionGroup, event = this.request.event): boolean {
    const { unit, request } = this;
    const zone = request.workflow.definition.settings.time_zone ?? unit.timeZone;
    const facts = conditionFacts(
      { now: unit.now, db: unit.db, timeZone: zone },
      this.records(),
      event,
    );
    return evaluateConditions(conditions, facts);
  }

  run(): Stretch {
    for (;;) {
      const settled = settleCursor(this.request.workflow.definition, this.cursor);
      if (!settled) return { kind: 'ended', failed: false };
      this.cursor = settled.cursor;
      if (this.results.length >= maximumSteps) {
        return this.fail(
          settled.step,
          toMend(`the run had ${maximumSteps} steps; make its loops shorter`),
        );
      }
      const reason = this.leaves();
      if (reason !== null) return { kind: 'ended', failed: false, reason };
      const stretch = this.take(settled.step);
      if (stretch) return stretch;
    }
  }

  /**
   * Whether the records are such that the run is to go no further. A goal that is reached goes before an exit.
   *
   * @param event what `changed` is asked of
   */
  leaves(event = this.request.event): EndReason | null {
    const { goal, exit_when: exit } = this.request.workflow.definition.settings;
    if (goal && this.holds(goal, event)) return 'goal';
    return exit && this.holds(exit, event) ? 'exit_when' : null;
  }

  /** @returns how the stretch ended, or null to go on */
  private take(step: Step): Stretch | null {
    if (!step.enabled) {
      this.results.push({ ...emptyResult(step), status: 'skipped' });
      this.cursor = advance(this.cursor);
      return null;
    }
    if (isActionStep(step)) return this.act(step);
    try {
      return this.control(step);
    } catch (error) {
      return this.fail(step, failedStep(error));
    }
  }

  private fail(step: Step, failed: ReturnType<typeof failedStep>): Stretch {
    this.results.push({ ...emptyResult(step), ...failed });
    return { kind: 'ended', failed: true };
  }

  private templates(): object {
    // A `for_each` puts its items in place of records, so each turn sees another context.
    if (this.cursor.some((frame) => frame.items)) return this.newContext();
    this.context ??= this.newContext();
    return this.context;
  }

  private newContext(): object {
    const { workflow, event, execution_id } = this.request;
    const triggers = triggersOf(workflow.definition);
    const run = { triggers, event, workflow, execution_id };
    return templateContext(this.unit.db, run, this.records(), this.outputs, this.unit.nowText);
  }

  private act(step: ActionStep): Stretch | null {
    const { unit, request } = this;
    const records = this.records();
    const last = this.results.at(-1);
    const result = performAction(unit, step, this.templates(), {
      unit,
      workflow: request.workflow,
      execution_id: request.execution_id,
      step_id: step.id,
      stopped: last?.id === step.id && last.status === 'retried' ? last.output : null,
      subject: this.subject,
      record: (object) => records.record(object),
    });
    this.results.push(result);
    if (result.output) this.outputs[step.id] = result.output;
    if (result.status === 'waiting') {
      const rule = {
        kind: 'external',
        delivery_id: String(result.output?.['delivery_id']),
      } as const;
      return { kind: 'waiting', cursor: this.cursor, wait: { step_id: step.id, rule, due: null } };
    }
    return this.goBehind(step, result);
  }

  /** Goes on behind an external step whose end is known by now: its result is the last. */
  goOnBehind(): Stretch {
    const step = settleCursor(this.request.workflow.definition, this.cursor)?.step;
    const result = this.results.at(-1);
    if (!step || !isActionStep(step) || !result) throw new Error('it does not wait in a step');
    return this.goBehind(step, result) ?? this.run();
  }

  private goBehind(step: ActionStep, result: StepResult): Stretch | null {
    if (result.status !== 'failed') {
      this.cursor = advance(this.cursor);
      return null;
    }
    switch (step.on_error) {
      case 'stop':
        return { kind: 'ended', failed: true };
      case 'continue':
        this.cursor = advance(this.cursor);
        return null;
      case 'branch':
        this.cursor = enter(this.cursor, 'on_error');
        return null;
    }
  }

  private control(step: Exclude<Step, ActionStep>): Stretch | null {
    switch (step.type) {
      case 'if': {
        const branch = this.holds(step.config.conditions) ? 'then' : 'else';
        this.results.push({ ...emptyResult(step), output: { branch } });
        this.cursor = enter(this.cursor, branch);
        return null;
      }
      case 'switch':
        return this.choose(step);
      case 'for_each':
        return this.goThrough(step);
      case 'stop':
        return this.stop(step);
      case 'wait':
        return this.wait(step);
    }
  }

  private render(name: string, text: string): RenderedTemplate {
    return renderField(name, text, this.templates(), this.unit.timeZone);
  }

  private stop(step: StopStep): Stretch {
    const { reason } = step.config;
    const rendered = reason === undefined ? null : this.render('reason', reason);
    this.results.push({
      ...emptyResult(step),
      input: rendered ? { reason: rendered.text } : {},
      output: { stopped: true },
      warnings: rendered ? rendered.empty.map((path) => `reason: {{${path}}} was empty`) : [],
    });
    return { kind: 'ended', failed: false };
  }

  private choose(step: SwitchStep): null {
    const { text, empty } = this.render('value', step.config.value);
    const value = foldText(text.trim());
    const index = step.cases.findIndex((branch) => foldText(branch.equals.trim()) === value);
    this.results.push({
      ...emptyResult(step),
      input: { value: text },
      output: { branch: index === -1 ? 'default' : (step.cases[index]?.equals ?? '') },
      warnings: empty.map((path) => `value: {{${path}}} was empty`),
    });
    this.cursor = enter(this.cursor, index === -1 ? 'default' : `case_${index}`);
    return null;
  }

  private goThrough(step: ForEachStep): null {
    const items = listItems(this.unit.db, this.records(), step.config.over);
    this.results.push({ ...emptyResult(step), output: { count: items.length } });
    this.cursor = items.length === 0 ? advance(this.cursor) : enter(this.cursor, 'do', items);
    return null;
  }

  private wait(step: WaitStep): Stretch | null {
    const { unit } = this;
    const records = this.records();
    const { until: text } = step.config;
    const until = text === undefined ? undefined : this.render('until', text).text;
    const result: StepResult = {
      ...emptyResult(step),
      input: { ...step.config, ...(until === undefined ? {} : { until }) },
    };
    const plan = planWait(step.config, {
      custom: customFields(this.unit.db),
      now: unit.now,
      timeZone: unit.timeZone,
      holidays: unit.holidays,
      lastEventSeq: this.lastEventSeq(),
      until,
      read: ({ object, field }) => {
        const record: Readonly<Record<string, unknown>> | null = records.record(object);
        return record?.[field];
      },
      holds: (conditions) => this.holds(conditions),
      reaches: (object) => records.record(object) !== null,
      hasHappened: (type) => hadEventSince(unit.db, this.request.event.seq, records.ids(), type),
    });
    switch (plan.kind) {
      case 'failed':
        return this.fail(step, toMend(plan.message));
      case 'past':
        this.results.push({ ...result, output: { ended_by: 'past' } });
        if (plan.if_past === 'stop') return { kind: 'ended', failed: false };
        this.cursor = plan.if_past === 'skip' ? leaveList(this.cursor) : advance(this.cursor);
        return null;
      case 'wait':
        this.results.push({
          ...result,
          status: 'waiting',
          output: { until: plan.due === null ? null : new Date(plan.due).toISOString() },
        });
        return {
          kind: 'waiting',
          cursor: this.cursor,
          wait: { step_id: step.id, rule: plan.rule, due: plan.due },
        };
    }
  }
}

/** A failure that the user mends in the workflow or the record. */
function toMend(error: string): ReturnType<typeof failedStep> {
  return { status: 'failed', error, error_kind: 'fix_input' };
}

/** Only action steps count: control steps decide, they do nothing. Each turn of a `for_each` counts. */
export function countSteps(results: readonly StepResult[], status: 'succeeded' | 'failed'): number {
  return results.filter((result) => isActionType(result.type) && result.status === status).length;
}

/** The number of a step as people count them in the definition, from 1. */
export function stepNumber(actions: readonly Step[], id: string): number {
  return allSteps(actions).findIndex((step) => step.id === id) + 1;
}
