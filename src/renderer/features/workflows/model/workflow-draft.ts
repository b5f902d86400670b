import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import type { ActionDescriptor } from '../../../../shared/workflow/actions/descriptor.ts';
import { onErrorChoices, type RawDefinition } from '../../../../shared/workflow/definition.ts';
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
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface WorkflowDraft {
  readonly name: string;
  readonly description: string;
  readonly trigger_type: string;
  readonly trigger_config: Readonly<Record<string, unknown>>;
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

function readSteps(actions: readonly unknown[]): DraftStep[] {
  const taken = new Set(
    actions.flatMap((step) =>
      isPlainObject(step) && typeof step['id'] === 'string' ? [step['id']] : [],
    ),
  );
  return actions.map((raw, index) => {
    const { id, type, name, config, enabled, on_error, ...extra } = isPlainObject(raw) ? raw : {};
    const stepId = typeof id === 'string' && id !== '' ? id : freeId(taken, index + 1);
    taken.add(stepId);
    return {
      id: stepId,
      type: typeof type === 'string' ? type : '',
      name: typeof name === 'string' ? name : '',
      config: isPlainObject(config) ? config : {},
      enabled: enabled !== false,
      on_error: onErrorChoices.find((choice) => choice === on_error) ?? 'stop',
      extra,
    };
  });
}

export function draftOf(workflow: Workflow): WorkflowDraft {
  return {
    name: workflow.name,
    description: workflow.description ?? '',
    trigger_type: workflow.trigger_type,
    trigger_config: workflow.trigger_config,
    conditions: workflow.conditions,
    steps: readSteps(workflow.actions),
  };
}

/** Text typed into a number field becomes the number the format wants; a template stays text. */
function storedValue(type: string, name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !isActionType(type)) return value;
  const descriptor: ActionDescriptor = actionDescriptors[type];
  const field = descriptor.config.find((known) => known.name === name);
  if (field?.type !== 'money') return value;
  return /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

function storedConfig(step: DraftStep): Record<string, unknown> {
  const descriptor: ActionDescriptor | null = isActionType(step.type)
    ? actionDescriptors[step.type]
    : null;
  const entries = Object.entries(step.config).filter(([name, value]) => {
    const field = descriptor?.config.find((known) => known.name === name);
    // An optional setting that was emptied is left out; an empty field_value means "clear the field".
    if (value === undefined) return false;
    return !(field && field.type !== 'field_value' && (value === '' || value === null));
  });
  return Object.fromEntries(
    entries.map(([name, value]) => [name, storedValue(step.type, name, value)]),
  );
}

/** The step as it is stored; what equals the default is left out, as a person would write it. */
function storedStep(step: DraftStep): Record<string, unknown> {
  return {
    id: step.id,
    type: step.type,
    ...(step.name.trim() === '' ? {} : { name: step.name.trim() }),
    config: storedConfig(step),
    ...(step.enabled ? {} : { enabled: false }),
    ...(step.on_error === 'stop' ? {} : { on_error: step.on_error }),
    ...step.extra,
  };
}

export interface StoredDefinition extends RawDefinition {
  readonly trigger_config: Record<string, unknown>;
  readonly conditions: Record<string, unknown> | null;
  readonly actions: Record<string, unknown>[];
}

/** A group without rules asks nothing, and is stored as nothing. */
function storedConditions(conditions: WorkflowDraft['conditions']): Record<string, unknown> | null {
  const rules = conditions?.['rules'];
  return conditions === null || (Array.isArray(rules) && rules.length === 0)
    ? null
    : { ...conditions };
}

export function definitionOf(draft: WorkflowDraft): StoredDefinition {
  const config = Object.entries(draft.trigger_config).filter(
    ([, value]) => value !== '' && value !== null && value !== undefined,
  );
  return {
    trigger_type: draft.trigger_type,
    trigger_config: Object.fromEntries(config),
    conditions: storedConditions(draft.conditions),
    actions: draft.steps.map(storedStep),
  };
}

/** Equal for drafts that would be stored alike. */
export function fingerprint(draft: WorkflowDraft): string {
  return JSON.stringify([draft.name.trim(), draft.description.trim(), definitionOf(draft)]);
}

export function sameDraft(one: WorkflowDraft, other: WorkflowDraft): boolean {
  return fingerprint(one) === fingerprint(other);
}

/** An empty step under an id of its own, which later steps may name. */
export function newStep(type: string, steps: readonly DraftStep[]): DraftStep {
  const taken = new Set(steps.map((step) => step.id));
  return {
    id: freeId(taken, steps.length + 1),
    type,
    name: '',
    config: {},
    enabled: true,
    on_error: 'stop',
    extra: {},
  };
}

export function insertStep(draft: WorkflowDraft, step: DraftStep, at: number): WorkflowDraft {
  return { ...draft, steps: draft.steps.toSpliced(at, 0, step) };
}

export function changeStep(
  draft: WorkflowDraft,
  id: string,
  change: Partial<Omit<DraftStep, 'id' | 'type'>>,
): WorkflowDraft {
  return {
    ...draft,
    steps: draft.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
  };
}

export function removeStep(draft: WorkflowDraft, id: string): WorkflowDraft {
  return { ...draft, steps: draft.steps.filter((step) => step.id !== id) };
}

export function duplicateStep(draft: WorkflowDraft, id: string): WorkflowDraft {
  const index = draft.steps.findIndex((step) => step.id === id);
  const original = draft.steps[index];
  if (!original) return draft;
  const copy = { ...original, id: newStep(original.type, draft.steps).id };
  return insertStep(draft, copy, index + 1);
}

/** @param by -1 up, 1 down; at either end nothing happens */
export function moveStep(draft: WorkflowDraft, id: string, by: -1 | 1): WorkflowDraft {
  const index = draft.steps.findIndex((step) => step.id === id);
  const step = draft.steps[index];
  const target = index + by;
  if (!step || target < 0 || target >= draft.steps.length) return draft;
  return { ...draft, steps: draft.steps.toSpliced(index, 1).toSpliced(target, 0, step) };
}
