import { actionTypes, isActionType } from './actions/index.ts';
import { checkConfig } from './check-config.ts';
import {
  type Definition,
  onErrorChoices,
  type Problem,
  type RawDefinition,
  type Step,
} from './definition.ts';
import {
  type DefinitionKnowledge,
  Findings,
  isPlainObject,
  oneOf,
  unknownStage,
} from './definition-findings.ts';
import { contextShape } from './template-context.ts';
import { isTriggerType, type TriggerType, triggerDescriptor, triggerTypes } from './triggers.ts';

export type { DefinitionKnowledge } from './definition-findings.ts';

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
        : `Unknown action ${JSON.stringify(type)}. Use one of: ${oneOf(actionTypes)}.`;
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
    return typeof given === 'string' ? given : '';
  }
  let number = seenIds.size + 1;
  while (takenIds.has(`step_${number}`)) number += 1;
  const id = `step_${number}`;
  takenIds.add(id);
  seenIds.add(id);
  return id;
}
