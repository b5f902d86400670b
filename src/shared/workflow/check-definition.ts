import {
  type DefinitionKnowledge,
  Findings,
  isPlainObject,
  oneOf,
  unknownStage,
} from './definition-findings.ts';
import { checkSettings } from './check-settings.ts';
import { checkSteps } from './check-steps.ts';
import { checkConditions } from './conditions/check-conditions.ts';
import type { Definition, Problem, RawDefinition, TriggerConfig } from './definition.ts';
import { editableFieldsOf } from '../model/fields/registry.ts';
import { isObjectName, type ObjectName, objectNames } from '../model/objects.ts';
import {
  isTriggerType,
  type TriggerType,
  type TriggerConfigField,
  triggerDescriptor,
  triggerTypes,
} from './triggers.ts';

export type { DefinitionKnowledge } from './definition-findings.ts';

export interface DefinitionCheck {
  /** Wrong: refused whatever the workflow's status. */
  readonly faults: readonly Problem[];
  /** Not there yet: a draft may have them, an active workflow may not. */
  readonly gaps: readonly Problem[];
  /** Present when there is neither a fault nor a gap. */
  readonly definition: Definition | null;
}

/** Checks a definition whole: every fault is listed, not just the first. */
export function checkDefinition(
  raw: RawDefinition,
  knowledge: DefinitionKnowledge,
): DefinitionCheck {
  const findings = new Findings(knowledge.custom);
  const trigger = checkTrigger(raw, knowledge, findings);
  const supplies = trigger ? triggerDescriptor(trigger).supplies : null;
  const conditions =
    raw.conditions === undefined || raw.conditions === null
      ? null
      : checkConditions(raw.conditions, 'conditions', supplies, findings);
  const settings = checkSettings(raw.settings, findings);
  const steps = checkSteps(raw.actions, trigger, knowledge, findings);
  const { faults, gaps } = findings;
  const complete = faults.length === 0 && gaps.length === 0 && trigger !== null && steps !== null;
  return {
    faults,
    gaps,
    definition: complete
      ? {
          trigger_type: trigger,
          trigger_config: cleanTriggerConfig(raw.trigger_config),
          conditions,
          settings,
          actions: steps,
        }
      : null,
  };
}

function cleanTriggerConfig(config: unknown): TriggerConfig {
  if (!isPlainObject(config)) return {};
  const entries = Object.entries(config).filter(([, value]) => asksForSomething(value));
  // checkTrigger found no fault in it.
  return Object.fromEntries(entries);
}

function asksForSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '';
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
    const setting = descriptor.config.find((field) => field.name === key);
    if (!setting) {
      const known = descriptor.config.map((field) => field.name);
      const cure = known.length === 0 ? 'This trigger has no settings.' : `Use: ${oneOf(known)}.`;
      findings.fault(path, 'unknown_key', `Unknown key "${key}" in trigger_config. ${cure}`);
    } else if (asksForSomething(value)) {
      checkTriggerSetting(setting.type, value, path, descriptor.object, knowledge, findings);
    }
  }
  return raw.trigger_type;
}

function checkTriggerSetting(
  type: TriggerConfigField['type'],
  value: unknown,
  path: string,
  object: ObjectName | null,
  knowledge: DefinitionKnowledge,
  findings: Findings,
): void {
  switch (type) {
    case 'stage':
      if (typeof value !== 'string' || !knowledge.stages.includes(value)) {
        findings.fault(path, 'unknown_stage', unknownStage(value, knowledge));
      }
      return;
    case 'fields': {
      const known = object
        ? editableFieldsOf(object, knowledge.custom).map((field) => field.name)
        : [];
      const names: readonly unknown[] = Array.isArray(value) ? value : [];
      if (!Array.isArray(value) || !names.every((name) => known.some((one) => one === name))) {
        findings.fault(path, 'unknown_field', `fields must be a list of: ${oneOf(known)}.`);
      }
      return;
    }
    case 'object':
      if (typeof value !== 'string' || !isObjectName(value)) {
        findings.fault(path, 'unknown_object', `object must be one of: ${oneOf(objectNames)}.`);
      }
      return;
    case 'tag':
      if (typeof value !== 'string') findings.fault(path, 'wrong_type', 'tag must be text.');
  }
}
