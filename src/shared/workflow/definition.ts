import { z } from 'zod';
import type { EventType } from '../events/event-types.ts';
import type { ActionType } from './actions/index.ts';
import type { ConditionGroup } from './conditions/condition-tree.ts';
import type { HookAbsent, HookMapping } from './hook-mapping.ts';
import type { TriggerType } from './triggers.ts';

export const workflowStatuses = ['draft', 'active', 'paused'] as const;
export type WorkflowStatus = (typeof workflowStatuses)[number];

/** What a pause means for runs that wait: time stands still for them, they finish, or they end. */
export const pauseModes = ['freeze', 'drain', 'cancel'] as const;
export type PauseMode = (typeof pauseModes)[number];

/** Read without regard to case, since people write it by SQL; anything unknown counts as a draft. */
export function readWorkflowStatus(text: string): WorkflowStatus {
  const lower = text.trim().toLowerCase();
  return workflowStatuses.find((status) => status === lower) ?? 'draft';
}

export const executionStatuses = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'skipped',
  'parked',
] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** Why a run ended before its last step, and not by a failure. */
export const endReasons = ['goal', 'exit_when', 'missed', 'record_deleted'] as const;

export const onErrorChoices = ['stop', 'continue', 'branch'] as const;

export const ifPastChoices = ['continue', 'skip', 'stop'] as const;
export type IfPast = (typeof ifPastChoices)[number];

/** A fault or a gap in a definition, with the path to it: `actions[2].config.due_date`. */
export const problemSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });

export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** The parts of a workflow that say what it does, as the user wrote them. */
export interface RawDefinition {
  readonly trigger_type: string;
  readonly trigger_config: unknown;
  /** A list of `{type, config}`: the triggers after the first. */
  readonly further_triggers?: unknown;
  readonly actions: unknown;
  /** Asked of the record when the event comes; absent or null asks nothing. */
  readonly conditions?: unknown;
  readonly settings?: unknown;
}

interface StepBase {
  readonly id: string;
  readonly name?: string;
  readonly enabled: boolean;
}

/** A step that does something. */
export interface ActionStep extends StepBase {
  readonly type: ActionType;
  readonly config: Readonly<Record<string, unknown>>;
  readonly on_error: (typeof onErrorChoices)[number];
  /** Taken instead of stopping when `on_error` is `branch`. */
  readonly on_error_steps: readonly Step[];
}

export interface IfStep extends StepBase {
  readonly type: 'if';
  readonly config: { readonly conditions: ConditionGroup };
  readonly then: readonly Step[];
  readonly else: readonly Step[];
}

export interface SwitchStep extends StepBase {
  readonly type: 'switch';
  readonly config: { readonly value: string };
  readonly cases: readonly { readonly equals: string; readonly steps: readonly Step[] }[];
  readonly default: readonly Step[];
}

export interface ForEachStep extends StepBase {
  readonly type: 'for_each';
  readonly config: { readonly over: ForEachSource };
  readonly do: readonly Step[];
}

export interface StopStep extends StepBase {
  readonly type: 'stop';
  readonly config: { readonly reason?: string };
}

export interface WaitStep extends StepBase {
  readonly type: 'wait';
  readonly config: WaitConfig;
  readonly on_timeout: readonly Step[];
}

export interface WaitConfig {
  readonly duration?: string;
  readonly until?: string;
  readonly until_field?: string;
  readonly offset?: string;
  readonly until_time?: string;
  /** 1 is Monday, 7 Sunday. */
  readonly weekdays?: readonly number[];
  readonly until_event?: EventType;
  readonly until_condition?: ConditionGroup;
  readonly timeout?: string;
  readonly business_hours?: boolean;
  readonly if_past?: IfPast;
}

/** The one key of a wait's config that says what it waits for. */
export const waitKinds = [
  'duration',
  'until',
  'until_field',
  'until_time',
  'until_event',
  'until_condition',
] as const;

export const forEachSources = [
  'contact.deals',
  'contact.tasks',
  'company.contacts',
  'company.deals',
  'company.tasks',
  'deal.tasks',
] as const;

export type ForEachSource = (typeof forEachSources)[number];

export type ControlStep = IfStep | SwitchStep | ForEachStep | StopStep | WaitStep;

/** A step of a definition that was checked: a tree, so that nothing dangles. */
export type Step = ActionStep | ControlStep;

export const controlTypes = ['if', 'switch', 'for_each', 'wait', 'stop'] as const;
export type ControlType = (typeof controlTypes)[number];

export function isControlType(text: string): text is ControlType {
  return controlTypes.some((type) => type === text);
}

export function isActionStep(step: Step): step is ActionStep {
  return !isControlType(step.type);
}

/** The lists of steps below a step, by the name a cursor gives them. */
export function childLists(step: Step): Readonly<Record<string, readonly Step[]>> {
  switch (step.type) {
    case 'if':
      return { then: step.then, else: step.else };
    case 'switch':
      return {
        ...Object.fromEntries(step.cases.map((branch, index) => [`case_${index}`, branch.steps])),
        default: step.default,
      };
    case 'for_each':
      return { do: step.do };
    case 'wait':
      return { on_timeout: step.on_timeout };
    case 'stop':
      return {};
    default:
      return { on_error: step.on_error_steps };
  }
}

/** Every step of a tree, in the order it is written. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...Object.values(childLists(step)).flatMap(allSteps)]);
}

export const reEntryChoices = ['once', 'after_exit', 'every_event'] as const;

export const missedChoices = ['run', 'skip', 'ask'] as const;
export type Missed = (typeof missedChoices)[number];

/** How a workflow takes records in, and when it lets them go. */
export interface WorkflowSettings {
  /** `once` per record; `after_exit`: not while a run for that record is under way; `every_event`. */
  readonly re_entry: (typeof reEntryChoices)[number];
  /** Of workflows that one event starts, the higher goes first. */
  readonly priority: number;
  /** IANA name; null takes the machine's. */
  readonly time_zone: string | null;
  /** What becomes of a time that passed while nothing was running; absent: `run`. */
  readonly missed?: Missed;
  /** `+2 hours`: what was missed by more than this is skipped. */
  readonly max_lateness?: string;
  /** A run whose records are like this has reached its goal and ends. */
  readonly goal?: ConditionGroup;
  /** A run whose records are like this is cancelled. */
  readonly exit_when?: ConditionGroup;
}

export const workflowSettingKeys = [
  're_entry',
  'priority',
  'time_zone',
  'missed',
  'max_lateness',
  'goal',
  'exit_when',
] as const satisfies readonly (keyof WorkflowSettings)[];

export const defaultWorkflowSettings: WorkflowSettings = {
  re_entry: 'after_exit',
  priority: 0,
  time_zone: null,
};

/** Settings of a trigger, those that ask for nothing left out. */
export interface TriggerConfig {
  readonly from_stage?: string;
  readonly to_stage?: string;
  readonly fields?: readonly string[];
  readonly object?: string;
  readonly tag?: string;
  /** `deal.expected_close_date`. */
  readonly field?: string;
  readonly offset?: string;
  /** `09:00`. */
  readonly at?: string;
  readonly cron?: string;
  readonly time_zone?: string;
  /** Field of a contact → where the payload of a hook has it: `customer.email`. */
  readonly contact?: HookMapping;
  readonly if_absent?: HookAbsent;
  readonly require_signature?: boolean;
}

export interface Trigger {
  readonly type: TriggerType;
  readonly config: TriggerConfig;
}

/** A definition without faults, step ids filled in: what a version stores and a run follows. */
export interface Definition {
  /** The first trigger, as people know it from the columns of `workflows`. */
  readonly trigger_type: TriggerType;
  readonly trigger_config: TriggerConfig;
  /** Those after it; absent when there is only one. */
  readonly further_triggers?: readonly Trigger[];
  readonly conditions: ConditionGroup | null;
  readonly settings: WorkflowSettings;
  readonly actions: readonly Step[];
}

/** All triggers of a workflow; its first has index 0. */
export function triggersOf(
  definition: Pick<Definition, 'trigger_type' | 'trigger_config' | 'further_triggers'>,
): readonly Trigger[] {
  const { trigger_type: type, trigger_config: config, further_triggers: further } = definition;
  return [{ type, config }, ...(further ?? [])];
}
