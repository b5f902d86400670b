import { editableFieldsOf, findField } from '../model/fields/registry.ts';
import { isObjectName, objectNames } from '../model/objects.ts';
import { readFieldReference } from './conditions/plan-rule.ts';
import type { Trigger, TriggerConfig } from './definition.ts';
import {
  type DefinitionKnowledge,
  type Findings,
  isPlainObject,
  oneOf,
  unknownStage,
} from './definition-findings.ts';
import { checkHookAbsent, checkHookMapping } from './hook-mapping.ts';
import { isTimeOfDay, isTimeZone, parseRelativeDate } from './relative-date.ts';
import { scheduleFault } from './schedule-time.ts';
import {
  isTriggerType,
  type TriggerConfigField,
  triggerDescriptor,
  type TriggerType,
  triggerTypes,
} from './triggers.ts';

/** More triggers than this is a mistake in a script, not a workflow. */
const maximumTriggers = 20;

/** Where the parts of one trigger stand in the definition. */
interface TriggerPaths {
  readonly type: string;
  readonly config: string;
}

/** Notes what is wrong with the triggers. @returns those that could be read, the first one first */
export function checkTriggers(
  raw: {
    readonly trigger_type: string;
    readonly trigger_config: unknown;
    readonly further_triggers?: unknown;
  },
  knowledge: DefinitionKnowledge,
  findings: Findings,
): Trigger[] {
  const firstPaths = { type: 'trigger_type', config: 'trigger_config' };
  const first = checkTrigger(raw.trigger_type, raw.trigger_config, firstPaths, knowledge, findings);
  const triggers = first ? [first] : [];
  const { further_triggers: further } = raw;
  if (further === undefined || further === null) return triggers;
  if (!Array.isArray(further)) {
    findings.fault('triggers', 'wrong_type', `triggers must be a list such as ${example}.`);
    return triggers;
  }
  if (further.length >= maximumTriggers) {
    findings.fault(
      'triggers',
      'too_many_triggers',
      `A workflow may have at most ${maximumTriggers} triggers.`,
    );
    return triggers;
  }
  const list: readonly unknown[] = further;
  for (const [index, entry] of list.entries()) {
    const trigger = checkEntry(entry, `triggers[${index + 1}]`, knowledge, findings);
    if (trigger) triggers.push(trigger);
  }
  return triggers;
}

const example =
  '[{"type": "deal_created"}, {"type": "deal_updated", "config": {"fields": ["value"]}}]';

function checkEntry(
  entry: unknown,
  path: string,
  knowledge: DefinitionKnowledge,
  findings: Findings,
): Trigger | null {
  if (!isPlainObject(entry)) {
    findings.fault(
      path,
      'wrong_type',
      'A trigger must be an object such as {"type": "deal_created", "config": {}}.',
    );
    return null;
  }
  for (const key of Object.keys(entry)) {
    if (key === 'type' || key === 'config') continue;
    findings.fault(
      `${path}.${key}`,
      'unknown_key',
      `Unknown key "${key}" in a trigger. Use: type, config.`,
    );
  }
  const paths = { type: `${path}.type`, config: `${path}.config` };
  return checkTrigger(entry['type'], entry['config'], paths, knowledge, findings);
}

function checkTrigger(
  type: unknown,
  config: unknown,
  paths: TriggerPaths,
  knowledge: DefinitionKnowledge,
  findings: Findings,
): Trigger | null {
  if (typeof type !== 'string' || !isTriggerType(type)) {
    const name = typeof type === 'string' ? type : JSON.stringify(type ?? null);
    findings.fault(
      paths.type,
      'unknown_trigger',
      `Unknown trigger "${name}". Use one of: ${oneOf(triggerTypes)}.`,
    );
    return null;
  }
  if (config !== null && config !== undefined && !isPlainObject(config)) {
    findings.fault(
      paths.config,
      'wrong_type',
      `${paths.config} must be an object such as {"to_stage": "won"}.`,
    );
    return { type, config: {} };
  }
  checkTriggerConfig(type, config ?? {}, paths.config, knowledge, findings);
  return { type, config: cleanTriggerConfig(config ?? {}) };
}

function checkTriggerConfig(
  type: TriggerType,
  config: Readonly<Record<string, unknown>>,
  path: string,
  knowledge: DefinitionKnowledge,
  findings: Findings,
): void {
  const settings: readonly TriggerConfigField[] = triggerDescriptor(type).config;
  for (const [key, value] of Object.entries(config)) {
    const at = `${path}.${key}`;
    const setting = settings.find((field) => field.name === key);
    if (!setting) {
      const known = settings.map((field) => field.name);
      const cure = known.length === 0 ? 'This trigger has no settings.' : `Use: ${oneOf(known)}.`;
      findings.fault(at, 'unknown_key', `Unknown key "${key}" in ${path}. ${cure}`);
    } else if (asksForSomething(value)) {
      checkSetting(setting, value, at, type, knowledge, findings);
    }
  }
  for (const { name, label, required } of settings) {
    if (required !== true || asksForSomething(config[name])) continue;
    findings.gap(
      `${path}.${name}`,
      'required',
      `${label} of ${type} is missing. Fill in "${name}".`,
    );
  }
}

function cleanTriggerConfig(config: Readonly<Record<string, unknown>>): TriggerConfig {
  const entries = Object.entries(config).filter(([, value]) => asksForSomething(value));
  // checkTriggerConfig noted what is wrong in it, and a definition with faults never runs.
  return Object.fromEntries(entries);
}

function asksForSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '';
}

function checkSetting(
  { name, type: kind }: TriggerConfigField,
  value: unknown,
  path: string,
  type: TriggerType,
  knowledge: DefinitionKnowledge,
  findings: Findings,
): void {
  switch (kind) {
    case 'stage':
      if (typeof value !== 'string' || !knowledge.stages.includes(value)) {
        findings.fault(path, 'unknown_stage', unknownStage(value, knowledge));
      }
      return;
    case 'fields': {
      const { object } = triggerDescriptor(type);
      const known = object
        ? editableFieldsOf(object, knowledge.custom).map((field) => field.name)
        : [];
      const names: readonly unknown[] = Array.isArray(value) ? value : [];
      if (!Array.isArray(value) || !names.every((one) => known.some((field) => field === one))) {
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
      return;
    case 'date_field': {
      const { custom } = findings;
      const reference = typeof value === 'string' ? readFieldReference(value, custom) : null;
      const found = reference
        ? findField(reference.object, reference.field, custom)?.type
        : undefined;
      if (found !== 'date' && found !== 'datetime') {
        findings.fault(
          path,
          'unknown_field',
          `${name} must name a date field such as deal.expected_close_date.`,
        );
      }
      return;
    }
    case 'span':
      if (typeof value !== 'string' || !parseRelativeDate(value)) {
        findings.fault(
          path,
          'bad_relative_date',
          `${JSON.stringify(value)} is no time span. Write one such as "-7 days", "+1 month" or "-2 business days".`,
        );
      }
      return;
    case 'time':
      if (typeof value !== 'string' || !isTimeOfDay(value)) {
        findings.fault(path, 'wrong_type', `${name} must be a time such as "09:00".`);
      }
      return;
    case 'cron': {
      const fault = typeof value === 'string' ? scheduleFault(value) : 'it is no text';
      if (fault !== null) {
        findings.fault(
          path,
          'bad_schedule',
          `${JSON.stringify(value)} is no schedule: ${fault}. Write minute, hour, day, month and weekday, such as "0 9 * * 1" for Mondays at 9:00.`,
        );
      }
      return;
    }
    case 'zone':
      if (typeof value !== 'string' || !isTimeZone(value)) {
        findings.fault(path, 'wrong_type', `${name} must be a zone such as Europe/Berlin.`);
      }
      return;
    case 'hook_contact':
      checkHookMapping(value, path, findings);
      return;
    case 'hook_absent':
      checkHookAbsent(value, path, findings);
      return;
    case 'flag':
      if (typeof value !== 'boolean') {
        findings.fault(path, 'wrong_type', `${path} must be true or false.`);
      }
  }
}
