import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import type { ActionDescriptor } from '../../../../shared/workflow/actions/descriptor.ts';
import {
  isControlType,
  onErrorChoices,
  type RawDefinition,
} from '../../../../shared/workflow/definition.ts';
import { isTriggerType, type TriggerLike } from '../../../../shared/workflow/triggers.ts';
import type { Workflow } from '../../../../shared/contract/workflows.ts';

export type OnError = (typeof onErrorChoices)[number];

/**
 * A step while it is edited. `extra` holds what the editor does not know (a mistyped key, written by
 * SQL), so that saving never drops what somebody else wrote.
 */
export interface DraftStep {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly on_error: OnError;
  /** The lists of steps below it: those of its type, empty ones too; a switch has its cases first. */
  readonly lists: readonly DraftList[];
  readonly extra: Readonly<Record<string, unknown>>;
}

export type ListName =
  | 'then'
  | 'else'
  | 'case'
  | 'default'
  | 'do'
  | 'on_timeout'
  | 'on_error_steps';

export interface DraftList {
  readonly name: ListName;
  /** The value of a case; '' for every other list. */
  readonly equals: string;
  readonly steps: readonly DraftStep[];
}

const listNames: Readonly<Record<string, readonly ListName[]>> = {
  if: ['then', 'else'],
  switch: ['default'],
  for_each: ['do'],
  wait: ['on_timeout'],
};

/** The lists a step of this type has, a switch's cases aside. */
function listNamesOf(type: string): readonly ListName[] {
  return isActionType(type) ? ['on_error_steps'] : (listNames[type] ?? []);
}

export interface DraftTrigger {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** All triggers of a draft; the first has index 0. */
export function draftTriggers(draft: WorkflowDraft): readonly DraftTrigger[] {
  return [{ type: draft.trigger_type, config: draft.trigger_config }, ...draft.further_triggers];
}

/** The triggers as what steps may reach and name is worked out from; one nobody knows counts for none. */
export function knownTriggers(draft: WorkflowDraft): readonly TriggerLike[] {
  return draftTriggers(draft).flatMap(({ type, config }) => {
    const { field } = config;
    if (!isTriggerType(type)) return [];
    return [{ type, config: typeof field === 'string' ? { field } : {} }];
  });
}

export interface WorkflowDraft {
  readonly name: string;
  readonly description: string;
  readonly trigger_type: string;
  readonly trigger_config: Readonly<Record<string, unknown>>;
  /** The triggers after the first. */
  readonly further_triggers: readonly DraftTrigger[];
  /** How it takes records in and lets them go; what the editor does not know stays as it was written. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the record must be like; null asks nothing. */
  readonly conditions: Readonly<Record<string, unknown>> | null;
  readonly steps: readonly DraftStep[];
}

export function emptyDraft(): WorkflowDraft {
  return {
    name: '',
    description: '',
    trigger_type: 'deal_created',
    trigger_config: {},
    further_triggers: [],
    settings: {},
    conditions: null,
    steps: [],
  };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first free `step_N`, counted from the step's place as the check of a definition counts. */
function freeId(taken: ReadonlySet<string>, from: number): string {
  let number = from;
  while (taken.has(`step_${number}`)) number += 1;
  return `step_${number}`;
}

interface StoredCase {
  readonly equals?: unknown;
  readonly steps?: unknown;
}

/** A case the editor can show whole; with other keys it stays as it was written. */
function isCase(value: unknown): value is StoredCase {
  return (
    isPlainObject(value) && Object.keys(value).every((key) => key === 'equals' || key === 'steps')
  );
}

/** Reads steps as they are stored. Missing ids are filled in as the check of a definition fills them. */
class StepReader {
  private readonly taken = new Set<string>();
  private seen = 0;

  constructor(actions: readonly unknown[]) {
    this.collectIds(actions);
  }

  private collectIds(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if (isPlainObject(value) && 'type' in value && typeof value['id'] === 'string') {
      this.taken.add(value['id']);
    }
    for (const part of Object.values(value)) this.collectIds(part);
  }

  readList(actions: readonly unknown[]): DraftStep[] {
    return actions.map((raw) => this.readStep(isPlainObject(raw) ? raw : {}));
  }

  private readStep(raw: Readonly<Record<string, unknown>>): DraftStep {
    const { id, type: rawType, name, config, enabled, on_error, ...rest } = raw;
    const type = typeof rawType === 'string' ? rawType : '';
    this.seen += 1;
    const stepId = typeof id === 'string' && id !== '' ? id : freeId(this.taken, this.seen);
    this.taken.add(stepId);
    const extra: Record<string, unknown> = { ...rest };
    const lists: DraftList[] = [];
    if (type === 'switch') lists.push(...this.readCases(extra));
    for (const list of listNamesOf(type)) {
      const steps = extra[list];
      // What is no list stays where it is: the check names it, and saving does not drop it.
      if (steps === undefined || steps === null || Array.isArray(steps)) delete extra[list];
      lists.push({
        name: list,
        equals: '',
        steps: Array.isArray(steps) ? this.readList(steps) : [],
      });
    }
    return {
      id: stepId,
      type,
      name: typeof name === 'string' ? name : '',
      config: isPlainObject(config) ? config : {},
      enabled: enabled !== false,
      on_error: onErrorChoices.find((choice) => choice === on_error) ?? 'stop',
      lists,
      extra,
    };
  }

  private readCases(extra: Record<string, unknown>): DraftList[] {
    const { cases } = extra;
    if (!Array.isArray(cases) || !cases.every(isCase)) return [];
    delete extra['cases'];
    return cases.map(
      ({ equals, steps }): DraftList => ({
        name: 'case',
        equals: ['string', 'number', 'boolean'].includes(typeof equals) ? String(equals) : '',
        steps: Array.isArray(steps) ? this.readList(steps) : [],
      }),
    );
  }
}

/** What of a workflow is edited; a template has it too. */
type EditedWorkflow = Pick<
  Workflow,
  | 'name'
  | 'description'
  | 'trigger_type'
  | 'trigger_config'
  | 'triggers'
  | 'conditions'
  | 'settings'
  | 'actions'
>;

/** Steps as they are stored, read for an editor. */
export function readSteps(actions: readonly unknown[]): DraftStep[] {
  return new StepReader(actions).readList(actions);
}

export function draftOf(workflow: EditedWorkflow): WorkflowDraft {
  return {
    name: workflow.name,
    description: workflow.description ?? '',
    trigger_type: workflow.trigger_type,
    trigger_config: workflow.trigger_config,
    further_triggers: workflow.triggers.slice(1),
    settings: workflow.settings ?? {},
    conditions: workflow.conditions,
    steps: readSteps(workflow.actions),
  };
}

/** Text typed into a number field becomes the number the format wants; a template stays text. */
function storedValue(type: string, name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !isActionType(type)) return value;
  const descriptor: ActionDescriptor = actionDescriptors[type];
  const field = descriptor.config.find((known) => known.name === name);
  if (field?.type === 'json') return readObject(value);
  if (field?.type !== 'money') return value;
  return /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

/** A text that is a JSON object or list becomes one, so that quotes in the value of a variable cannot break it. */
function readObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

function storedConfig(step: DraftStep): Record<string, unknown> {
  const descriptor: ActionDescriptor | null = isActionType(step.type)
    ? actionDescriptors[step.type]
    : null;
  const entries = Object.entries(step.config).filter(([name, value]) => {
    const field = descriptor?.config.find((known) => known.name === name);
    // An optional setting that was emptied is left out; an empty field_value means "clear the field".
    if (value === undefined) return false;
    if (isControlType(step.type) && Array.isArray(value)) return value.length > 0;
    if (isControlType(step.type)) return value !== '' && value !== null;
    return !(field && field.type !== 'field_value' && (value === '' || value === null));
  });
  return Object.fromEntries(
    entries.map(([name, value]) => [name, storedValue(step.type, name, value)]),
  );
}

/** The step as it is stored; what equals the default is left out, as a person would write it. */
export function storedStep(step: DraftStep): Record<string, unknown> {
  return {
    id: step.id,
    type: step.type,
    ...(step.name.trim() === '' ? {} : { name: step.name.trim() }),
    config: storedConfig(step),
    ...(step.enabled ? {} : { enabled: false }),
    ...(step.on_error === 'stop' ? {} : { on_error: step.on_error }),
    ...step.extra,
    ...storedLists(step),
  };
}

function storedLists(step: DraftStep): Record<string, unknown> {
  const cases = step.lists.filter(({ name }) => name === 'case');
  const others = step.lists.filter(({ name, steps }) => name !== 'case' && steps.length > 0);
  return {
    ...(cases.length === 0
      ? {}
      : { cases: cases.map(({ equals, steps }) => ({ equals, steps: steps.map(storedStep) })) }),
    ...Object.fromEntries(others.map(({ name, steps }) => [name, steps.map(storedStep)])),
  };
}

export interface StoredDefinition extends Omit<RawDefinition, 'further_triggers'> {
  readonly trigger_config: Record<string, unknown>;
  readonly triggers: { type: string; config: Record<string, unknown> }[];
  readonly conditions: Record<string, unknown> | null;
  readonly settings: Record<string, unknown> | null;
  readonly actions: Record<string, unknown>[];
}

function storedTriggerConfig(config: DraftTrigger['config']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).filter(
      ([, value]) => value !== '' && value !== null && value !== undefined,
    ),
  );
}

function isEmptyGroup(value: unknown): boolean {
  return isPlainObject(value) && Array.isArray(value['rules']) && value['rules'].length === 0;
}

/** What was emptied is left out; no settings at all are stored as nothing. */
function storedSettings(settings: WorkflowDraft['settings']): Record<string, unknown> | null {
  const given = Object.entries(settings).filter(
    ([, value]) => value !== '' && value !== null && value !== undefined && !isEmptyGroup(value),
  );
  return given.length === 0 ? null : Object.fromEntries(given);
}

/** A group without rules asks nothing, and is stored as nothing. */
function storedConditions(conditions: WorkflowDraft['conditions']): Record<string, unknown> | null {
  const rules = conditions?.['rules'];
  return conditions === null || (Array.isArray(rules) && rules.length === 0)
    ? null
    : { ...conditions };
}

export function definitionOf(draft: WorkflowDraft): StoredDefinition {
  const triggers = draftTriggers(draft).map(({ type, config }) => ({
    type,
    config: storedTriggerConfig(config),
  }));
  return {
    trigger_type: draft.trigger_type,
    trigger_config: triggers[0]?.config ?? {},
    triggers,
    conditions: storedConditions(draft.conditions),
    settings: storedSettings(draft.settings),
    actions: draft.steps.map(storedStep),
  };
}

/** The definition as the check reads it. */
export function rawDefinitionOf(draft: WorkflowDraft): RawDefinition {
  const { triggers, ...rest } = definitionOf(draft);
  return { ...rest, further_triggers: triggers.slice(1) };
}

/** Equal for drafts that would be stored alike. */
export function fingerprint(draft: WorkflowDraft): string {
  return JSON.stringify([draft.name.trim(), draft.description.trim(), definitionOf(draft)]);
}

export function sameDraft(one: WorkflowDraft, other: WorkflowDraft): boolean {
  return fingerprint(one) === fingerprint(other);
}

/** Every step of a tree, in the order it is written, which is the order steps are counted in. */
export function allSteps(steps: readonly DraftStep[]): DraftStep[] {
  return steps.flatMap((step) => [step, ...step.lists.flatMap((list) => allSteps(list.steps))]);
}

/** One rule to fill in, so that the form has something to ask. */
export const blankConditions = {
  combinator: 'and',
  rules: [{ field: '', operator: '=', value: '' }],
} as const;

/** An empty step under an id of its own, which later steps may name. */
export function newStep(type: string, steps: readonly DraftStep[]): DraftStep {
  const all = allSteps(steps);
  const lists = listNamesOf(type).map((name) => ({ name, equals: '', steps: [] }));
  const firstCase: DraftList = { name: 'case', equals: '', steps: [] };
  return {
    id: freeId(new Set(all.map((step) => step.id)), all.length + 1),
    type,
    name: '',
    config: type === 'if' ? { conditions: blankConditions } : {},
    enabled: true,
    on_error: 'stop',
    lists: type === 'switch' ? [firstCase, ...lists] : lists,
    extra: {},
  };
}
