import { closest } from 'fastest-levenshtein';
import { findField, editableFieldsOf } from '../model/fields/registry.ts';
import { fieldSchema } from '../model/fields/schemas.ts';
import type { Field } from '../model/fields/field.ts';
import { isCurrency } from '../model/money.ts';
import { isObjectName } from '../model/objects.ts';
import { actionDescriptors, actionTypes, isActionType } from './actions/index.ts';
import type { ActionDescriptor, ConfigField } from './actions/descriptor.ts';
import {
  type Definition,
  onErrorChoices,
  type Problem,
  type RawDefinition,
  type Step,
} from './definition.ts';
import { dateConfigHint, parseDateConfig } from './relative-date.ts';
import { hasTemplate, readTemplate } from './template.ts';
import { type ContextShape, checkPath, contextShape, listPaths } from './template-context.ts';
import { isTriggerType, type TriggerType, triggerDescriptor, triggerTypes } from './triggers.ts';

/** What only the file knows and a definition may name. */
export interface DefinitionKnowledge {
  readonly stages: readonly string[];
}

export interface DefinitionCheck {
  /** Wrong: refused whatever the workflow's status. */
  readonly faults: readonly Problem[];
  /** Not there yet: a draft may have them, an active workflow may not. */
  readonly gaps: readonly Problem[];
  /** Present when there is neither a fault nor a gap. */
  readonly definition: Definition | null;
}

/** More steps than this in one definition is a mistake in a script, not a workflow. */
const maximumSteps = 500;

class Findings {
  readonly faults: Problem[] = [];
  readonly gaps: Problem[] = [];

  fault(path: string, code: string, message: string): void {
    this.faults.push({ path, code, message });
  }

  gap(path: string, code: string, message: string): void {
    this.gaps.push({ path, code, message });
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function suggestion(word: string, known: readonly string[]): string {
  const near = known.length === 0 ? '' : closest(word, [...known]);
  return near === '' ? '' : ` Did you mean "${near}"?`;
}

const oneOf = (known: readonly string[]): string => known.join(', ');

/** Checks a definition whole: every fault is listed, not just the first. */
export function checkDefinition(
  raw: RawDefinition,
  knowledge: DefinitionKnowledge,
): DefinitionCheck {
  const findings = new Findings();
  const trigger = checkTrigger(raw, knowledge, findings);
  const steps = checkActions(raw.actions, trigger, knowledge, findings);
  const { faults, gaps } = findings;
  const complete = faults.length === 0 && gaps.length === 0 && trigger !== null && steps !== null;
  return {
    faults,
    gaps,
    definition: complete
      ? {
          trigger_type: trigger,
          trigger_config: cleanTriggerConfig(raw.trigger_config),
          actions: steps,
        }
      : null,
  };
}

function cleanTriggerConfig(config: unknown): Record<string, string> {
  if (!isPlainObject(config)) return {};
  const entries = Object.entries(config).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  return Object.fromEntries(entries);
}

function checkTrigger(
  raw: RawDefinition,
  knowledge: DefinitionKnowledge,
  findings: Findings,
): TriggerType | null {
  if (!isTriggerType(raw.trigger_type)) {
    findings.fault(
      'trigger_type',
      'unknown_trigger',
      `Unknown trigger "${raw.trigger_type}". Use one of: ${oneOf(triggerTypes)}.`,
    );
    return null;
  }
  const descriptor = triggerDescriptor(raw.trigger_type);
  if (raw.trigger_config === null || raw.trigger_config === undefined) return raw.trigger_type;
  if (!isPlainObject(raw.trigger_config)) {
    findings.fault(
      'trigger_config',
      'wrong_type',
      'trigger_config must be an object such as {"to_stage": "won"}.',
    );
    return raw.trigger_type;
  }
  for (const [key, value] of Object.entries(raw.trigger_config)) {
    const path = `trigger_config.${key}`;
    if (!descriptor.config.some((field) => field.name === key)) {
      const known = descriptor.config.map((field) => field.name);
      const cure = known.length === 0 ? 'This trigger has no settings.' : `Use: ${oneOf(known)}.`;
      findings.fault(path, 'unknown_key', `Unknown key "${key}" in trigger_config. ${cure}`);
    } else if (
      value !== null &&
      value !== '' &&
      (typeof value !== 'string' || !knowledge.stages.includes(value))
    ) {
      findings.fault(path, 'unknown_stage', unknownStage(value, knowledge));
    }
  }
  return raw.trigger_type;
}

function unknownStage(value: unknown, knowledge: DefinitionKnowledge): string {
  return `Unknown stage "${String(value)}". Use one of: ${oneOf(knowledge.stages)}.`;
}

const stepKeys = ['id', 'type', 'name', 'config', 'enabled', 'on_error'] as const;

function checkActions(
  actions: unknown,
  trigger: TriggerType | null,
  knowledge: DefinitionKnowledge,
  findings: Findings,
): Step[] | null {
  if (!Array.isArray(actions)) {
    findings.fault(
      'actions',
      'wrong_type',
      'actions must be a list of steps such as [{"type": "create_task", "config": {"title": "Call"}}].',
    );
    return null;
  }
  if (actions.length === 0) findings.gap('actions', 'no_steps', 'Add at least one step.');
  if (actions.length > maximumSteps) {
    findings.fault(
      'actions',
      'too_many_steps',
      `A workflow may have at most ${maximumSteps} steps.`,
    );
    return null;
  }
  const list: readonly unknown[] = actions;
  const takenIds = new Set(
    list.flatMap((step) =>
      isPlainObject(step) && typeof step['id'] === 'string' ? [step['id']] : [],
    ),
  );
  const seenIds = new Set<string>();
  const steps: Step[] = [];
  for (const [index, raw] of list.entries()) {
    const path = `actions[${index}]`;
    const step = readStep(raw, path, takenIds, seenIds, findings);
    if (!step) continue;
    if (trigger)
      checkConfig(step, path, {
        shape: contextShape(trigger, steps),
        trigger,
        knowledge,
        findings,
      });
    steps.push(step);
  }
  return steps;
}

function readStep(
  raw: unknown,
  path: string,
  takenIds: Set<string>,
  seenIds: Set<string>,
  findings: Findings,
): Step | null {
  if (!isPlainObject(raw)) {
    findings.fault(
      path,
      'wrong_type',
      'A step must be an object such as {"type": "create_task", "config": {…}}.',
    );
    return null;
  }
  for (const key of Object.keys(raw)) {
    if (!stepKeys.some((known) => known === key)) {
      findings.fault(
        `${path}.${key}`,
        'unknown_key',
        `Unknown key "${key}" in a step. Use: ${oneOf(stepKeys)}.`,
      );
    }
  }
  const { type, name, enabled, on_error: onError } = raw;
  if (typeof type !== 'string' || !isActionType(type)) {
    const message =
      type === undefined
        ? `The step has no type. Use one of: ${oneOf(actionTypes)}.`
        : `Unknown action "${String(type)}". Use one of: ${oneOf(actionTypes)}.`;
    findings.fault(`${path}.type`, 'unknown_action', message);
    return null;
  }
  if (name !== undefined && name !== null && typeof name !== 'string') {
    findings.fault(`${path}.name`, 'wrong_type', 'name must be text.');
  }
  if (enabled !== undefined && enabled !== null && typeof enabled !== 'boolean') {
    findings.fault(`${path}.enabled`, 'wrong_type', 'enabled must be true or false.');
  }
  const reaction = onErrorChoices.find((choice) => choice === (onError ?? 'stop'));
  if (!reaction) {
    findings.fault(
      `${path}.on_error`,
      'wrong_choice',
      `on_error must be one of: ${oneOf(onErrorChoices)}.`,
    );
  }
  const config = raw['config'] ?? {};
  if (!isPlainObject(config)) {
    findings.fault(
      `${path}.config`,
      'wrong_type',
      'config must be an object such as {"title": "Call"}.',
    );
    return null;
  }
  return {
    id: stepId(raw['id'], path, takenIds, seenIds, findings),
    type,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    config,
    enabled: enabled !== false,
    on_error: reaction ?? 'stop',
  };
}

/** A given id is kept; a missing one becomes the first free `step_N`, counted from 1. */
function stepId(
  given: unknown,
  path: string,
  takenIds: Set<string>,
  seenIds: Set<string>,
  findings: Findings,
): string {
  if (given !== undefined && given !== null) {
    if (typeof given !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(given)) {
      findings.fault(
        `${path}.id`,
        'wrong_type',
        'id must be a word of letters, digits and _, such as "first_call".',
      );
    } else if (seenIds.has(given)) {
      findings.fault(
        `${path}.id`,
        'duplicate_id',
        `The id "${given}" is used by an earlier step. Give each step its own.`,
      );
    } else {
      seenIds.add(given);
    }
    return String(given);
  }
  let number = seenIds.size + 1;
  while (takenIds.has(`step_${number}`)) number += 1;
  const id = `step_${number}`;
  takenIds.add(id);
  seenIds.add(id);
  return id;
}

interface ConfigScope {
  readonly shape: ContextShape;
  readonly trigger: TriggerType;
  readonly knowledge: DefinitionKnowledge;
  readonly findings: Findings;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

function checkConfig(step: Step, stepPath: string, scope: ConfigScope): void {
  const descriptor: ActionDescriptor = actionDescriptors[step.type];
  const { findings } = scope;
  for (const key of Object.keys(step.config)) {
    if (!descriptor.config.some((field) => field.name === key)) {
      const known = oneOf(descriptor.config.map((field) => field.name));
      findings.fault(
        `${stepPath}.config.${key}`,
        'unknown_key',
        `Unknown key "${key}" in the config of ${step.type}. Use: ${known}.`,
      );
    }
  }
  for (const field of descriptor.config) {
    const path = `${stepPath}.config.${field.name}`;
    const value = step.config[field.name];
    // An empty value is how update_field clears a field, so there it must only be named.
    const given = field.type === 'field_value' ? value !== undefined : !isEmpty(value);
    if (!given) {
      if (field.required)
        findings.gap(
          path,
          'required',
          `${field.label} of ${step.type} is missing. Fill in "${field.name}".`,
        );
      continue;
    }
    checkConfigValue(field, value, path, step, scope);
  }
}

function checkConfigValue(
  field: ConfigField,
  value: unknown,
  path: string,
  step: Step,
  scope: ConfigScope,
): void {
  const { findings } = scope;
  if (typeof value === 'string' && hasTemplate(value)) {
    if (field.template) checkTemplate(value, path, scope);
    else
      findings.fault(
        path,
        'template_not_allowed',
        `${field.name} takes no variables. Choose a fixed value.`,
      );
    // A chosen object and field are literal, so they are checked even when the value is a template.
    if (field.type === 'field_value') checkUpdateTarget(step, path, scope);
    return;
  }
  checkLiteral(field, value, path, step, scope);
}

function checkTemplate(text: string, path: string, { shape, findings }: ConfigScope): void {
  const read = readTemplate(text);
  if ('fault' in read) {
    findings.fault(path, read.fault.code, read.fault.message);
    return;
  }
  for (const segments of read.paths) {
    const fault = checkPath(shape, segments);
    const name = segments.join('.');
    if (fault === 'unknown') {
      const known = listPaths(shape).map((entry) => entry.path);
      findings.fault(
        path,
        'unknown_variable',
        `Unknown variable "${name}".${suggestion(name, known)}`,
      );
    } else if (fault === 'group') {
      findings.fault(
        path,
        'unknown_variable',
        `"${name}" is a whole record. Choose one of its fields, such as {{${name}.id}}.`,
      );
    }
  }
}

function checkLiteral(
  field: ConfigField,
  value: unknown,
  path: string,
  step: Step,
  scope: ConfigScope,
): void {
  const { findings, knowledge } = scope;
  if (field.type === 'field_value') {
    const target = checkUpdateTarget(step, path, scope);
    if (target) checkFieldValue(target, value, path, scope);
    return;
  }
  if (field.type === 'money') {
    if (readNumber(value) === null)
      findings.fault(path, 'wrong_type', `${field.name} must be a number such as 5000 or 5000.01.`);
    else if ((readNumber(value) ?? 0) < 0)
      findings.fault(path, 'out_of_range', `${field.name} must be 0 or more.`);
    return;
  }
  if (typeof value !== 'string') {
    findings.fault(path, 'wrong_type', `${field.name} must be text.`);
    return;
  }
  switch (field.type) {
    case 'relative_date':
      if (!parseDateConfig(value))
        findings.fault(
          path,
          'bad_relative_date',
          `"${value}" is no date. Write ${dateConfigHint}.`,
        );
      return;
    case 'choice':
      if (!field.choices?.includes(value)) {
        findings.fault(
          path,
          'wrong_choice',
          `${field.name} must be one of: ${oneOf(field.choices ?? [])}.`,
        );
      }
      return;
    case 'currency':
      if (!isCurrency(value))
        findings.fault(
          path,
          'unknown_currency',
          `Unknown currency "${value}". Use an ISO 4217 code such as EUR.`,
        );
      return;
    case 'stage':
      if (!knowledge.stages.includes(value))
        findings.fault(path, 'unknown_stage', unknownStage(value, knowledge));
      return;
    case 'object':
      checkObject(value, path, scope);
      return;
    case 'text':
    case 'long_text':
    case 'field':
      return;
  }
}

function checkObject(value: string, path: string, { findings, trigger }: ConfigScope): void {
  const supplies = triggerDescriptor(trigger).supplies;
  if (!isObjectName(value)) {
    findings.fault(
      path,
      'unknown_object',
      `Unknown object "${value}". Use one of: ${oneOf(supplies)}.`,
    );
  } else if (!supplies.includes(value)) {
    findings.fault(
      path,
      'object_not_supplied',
      `The trigger ${trigger} gives no ${value}. Use one of: ${oneOf(supplies)}.`,
    );
  }
}

/** The field an update_field step writes, or null with the fault noted at the key that names it wrongly. */
function checkUpdateTarget(step: Step, valuePath: string, { findings }: ConfigScope): Field | null {
  const object = step.config['object'];
  const name = step.config['field'];
  if (
    typeof object !== 'string' ||
    !isObjectName(object) ||
    typeof name !== 'string' ||
    name === ''
  )
    return null;
  const path = valuePath.replace(/\.value$/, '.field');
  const field = findField(object, name);
  const editable = editableFieldsOf(object).map((known) => known.name);
  if (!field) {
    findings.fault(
      path,
      'unknown_field',
      `A ${object} has no field "${name}". Use one of: ${oneOf(editable)}.`,
    );
    return null;
  }
  if (!field.editable) {
    findings.fault(
      path,
      'read_only_field',
      `The field "${name}" of a ${object} cannot be written. Use one of: ${oneOf(editable)}.`,
    );
    return null;
  }
  return field;
}

function checkFieldValue(
  field: Field,
  value: unknown,
  path: string,
  { findings, knowledge }: ConfigScope,
): void {
  const prepared = prepareFieldValue(field, value);
  if (prepared === null || prepared === '') {
    if (field.presence !== 'optional')
      findings.fault(path, 'required', `${field.name} cannot be empty. Give it a value.`);
    return;
  }
  if (field.type === 'stage') {
    if (!knowledge.stages.includes(String(prepared)))
      findings.fault(path, 'unknown_stage', unknownStage(prepared, knowledge));
    return;
  }
  if (
    (field.type === 'date' || field.type === 'datetime') &&
    typeof prepared === 'string' &&
    parseDateConfig(prepared)
  )
    return;
  const result = fieldSchema(field).safeParse(prepared);
  if (!result.success)
    findings.fault(
      path,
      'wrong_type',
      `${result.error.issues[0]?.message ?? `${field.name} is not valid`}.`,
    );
}

function readNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return null;
  return Number(value);
}

/** What a workflow wrote for a field, in the field's own type: numeric text becomes a number. */
export function prepareFieldValue(field: Field, value: unknown): unknown {
  if (field.type === 'money' && typeof value === 'string' && value.trim() !== '')
    return readNumber(value) ?? value;
  return value;
}
