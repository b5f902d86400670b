import { awaitedEventTypes } from '../events/event-types.ts';
import { findField } from '../model/fields/registry.ts';
import type { ObjectName } from '../model/objects.ts';
import { type ConfigScope, checkTemplate } from './check-config.ts';
import { checkConditions } from './conditions/check-conditions.ts';
import { readFieldReference } from './conditions/plan-rule.ts';
import {
  type ControlType,
  type ForEachSource,
  forEachSources,
  ifPastChoices,
  type WaitConfig,
  waitKinds,
} from './definition.ts';
import { oneOf, suggestion } from './definition-findings.ts';
import {
  dateConfigHint,
  isTimeOfDay,
  parseDateConfig,
  parseRelativeDate,
} from './relative-date.ts';
import { hasTemplate } from './template.ts';

type Config = Readonly<Record<string, unknown>>;

const configKeys: Readonly<Record<ControlType, readonly string[]>> = {
  if: ['conditions'],
  switch: ['value'],
  for_each: ['over'],
  stop: ['reason'],
  wait: [...waitKinds, 'offset', 'weekdays', 'timeout', 'business_hours', 'if_past'],
};

/** Notes what is wrong or missing in the config of a control step. */
export function checkControlConfig(
  type: ControlType,
  config: Config,
  stepPath: string,
  scope: ConfigScope,
): void {
  const { findings } = scope;
  const path = `${stepPath}.config`;
  for (const key of Object.keys(config)) {
    if (configKeys[type].includes(key)) continue;
    findings.fault(
      `${path}.${key}`,
      'unknown_key',
      `Unknown key "${key}" in the config of ${type}. Use: ${oneOf(configKeys[type])}.`,
    );
  }
  switch (type) {
    case 'if':
      if (config['conditions'] === undefined || config['conditions'] === null) {
        findings.gap(
          `${path}.conditions`,
          'required',
          'Say what the branch depends on: fill in "conditions".',
        );
      } else {
        checkConditions(config['conditions'], `${path}.conditions`, scope.supplies, findings);
      }
      return;
    case 'switch':
      checkText(config['value'], `${path}.value`, true, scope);
      return;
    case 'for_each':
      checkSource(config['over'], `${path}.over`, scope);
      return;
    case 'stop':
      if (config['reason'] !== undefined)
        checkText(config['reason'], `${path}.reason`, false, scope);
      return;
    case 'wait':
      checkWait(config, path, scope);
  }
}

function checkText(value: unknown, path: string, required: boolean, scope: ConfigScope): void {
  if (value === undefined || value === null || value === '') {
    if (required) scope.findings.gap(path, 'required', 'Fill in a text such as {{deal.stage}}.');
  } else if (typeof value !== 'string') {
    scope.findings.fault(path, 'wrong_type', 'This must be text such as {{deal.stage}}.');
  } else if (hasTemplate(value)) {
    checkTemplate(value, path, scope);
  }
}

export function isForEachSource(value: unknown): value is ForEachSource {
  return forEachSources.some((source) => source === value);
}

function checkSource(value: unknown, path: string, { findings, supplies }: ConfigScope): void {
  if (value === undefined || value === null || value === '') {
    findings.gap(path, 'required', `Choose what to go through: ${oneOf(forEachSources)}.`);
  } else if (!isForEachSource(value)) {
    findings.fault(path, 'wrong_choice', `over must be one of: ${oneOf(forEachSources)}.`);
  } else if (!supplies.some((object) => value.startsWith(`${object}.`))) {
    findings.fault(
      path,
      'object_not_supplied',
      `The trigger gives no ${value.split('.')[0] ?? ''}.`,
    );
  }
}

function checkWait(raw: Config, path: string, scope: ConfigScope): void {
  const { findings } = scope;
  const config = withoutEmpty(raw);
  const given = waitKinds.filter((kind) => config[kind] !== undefined);
  const [kind, second] = given;
  if (second !== undefined) {
    findings.fault(
      `${path}.${second}`,
      'unknown_key',
      `A wait has one end. Use one of: ${oneOf(given)}.`,
    );
    return;
  }
  if (kind === undefined) {
    findings.gap(path, 'required', `Say how long to wait. Use one of: ${oneOf(waitKinds)}.`);
    return;
  }
  const belongs: Readonly<Record<string, readonly string[]>> = {
    offset: ['until_field'],
    weekdays: ['until_time'],
    timeout: ['until_event', 'until_condition'],
  };
  for (const [key, kinds] of Object.entries(belongs)) {
    if (config[key] === undefined || kinds.includes(kind)) continue;
    findings.fault(
      `${path}.${key}`,
      'unknown_key',
      `${key} goes with ${oneOf(kinds)}, not with ${kind}.`,
    );
  }
  checkWaitEnd(kind, config[kind], path, scope);
  checkWaitExtras(config, path, scope);
}

function checkRelative(value: unknown, path: string, { findings }: ConfigScope): void {
  if (typeof value === 'string' && parseRelativeDate(value)) return;
  findings.fault(
    path,
    'bad_relative_date',
    `${JSON.stringify(value)} is no time span. Write one such as "+3 days", "+1 week" or "+2 business days".`,
  );
}

function checkWaitEnd(
  kind: (typeof waitKinds)[number],
  value: unknown,
  path: string,
  scope: ConfigScope,
): void {
  const { findings, supplies } = scope;
  const at = `${path}.${kind}`;
  switch (kind) {
    case 'duration':
      checkRelative(value, at, scope);
      return;
    case 'until':
      if (typeof value === 'string' && hasTemplate(value)) checkTemplate(value, at, scope);
      else if (typeof value !== 'string' || !parseDateConfig(value)) {
        findings.fault(
          at,
          'bad_relative_date',
          `${JSON.stringify(value)} is no date. Write ${dateConfigHint}.`,
        );
      }
      return;
    case 'until_field': {
      const reference = typeof value === 'string' ? readFieldReference(value) : null;
      const type = reference ? findField(reference.object, reference.field)?.type : undefined;
      if (!reference || (type !== 'date' && type !== 'datetime')) {
        findings.fault(
          at,
          'unknown_field',
          'until_field must name a date field such as deal.expected_close_date.',
        );
      } else if (!supplies.includes(reference.object)) {
        findings.fault(
          at,
          'object_not_supplied',
          `The trigger gives no ${reference.object}. Use one of: ${oneOf(supplies)}.`,
        );
      }
      return;
    }
    case 'until_time':
      if (typeof value !== 'string' || !isTimeOfDay(value)) {
        findings.fault(at, 'wrong_type', 'until_time must be a time such as "09:00".');
      }
      return;
    case 'until_event':
      checkAwaitedEvent(value, at, scope);
      return;
    case 'until_condition':
      checkConditions(value, at, supplies, findings);
  }
}

/** The object an event type is about, by its name; null for one that may be about any. */
export function objectOfEvent(type: string): ObjectName | null {
  const [object] = type.split('_');
  return object === 'contact' || object === 'company' || object === 'deal' || object === 'task'
    ? object
    : null;
}

function checkAwaitedEvent(
  value: unknown,
  path: string,
  { findings, supplies }: ConfigScope,
): void {
  if (typeof value !== 'string' || !awaitedEventTypes.some((type) => type === value)) {
    const word = typeof value === 'string' ? suggestion(value, awaitedEventTypes) : '';
    findings.fault(
      path,
      'unknown_trigger',
      `until_event must be an event such as deal_won.${word}`,
    );
    return;
  }
  const object = objectOfEvent(value);
  if (object !== null && !supplies.includes(object)) {
    findings.fault(
      path,
      'object_not_supplied',
      `The trigger gives no ${object}. Wait for an event of: ${oneOf(supplies)}.`,
    );
  }
}

function checkWaitExtras(config: Config, path: string, scope: ConfigScope): void {
  const { findings } = scope;
  if (config['offset'] !== undefined) checkRelative(config['offset'], `${path}.offset`, scope);
  if (config['timeout'] !== undefined) checkRelative(config['timeout'], `${path}.timeout`, scope);
  if (config['business_hours'] !== undefined && typeof config['business_hours'] !== 'boolean') {
    findings.fault(`${path}.business_hours`, 'wrong_type', 'business_hours must be true or false.');
  }
  if (
    config['if_past'] !== undefined &&
    !ifPastChoices.some((choice) => choice === config['if_past'])
  ) {
    findings.fault(
      `${path}.if_past`,
      'wrong_choice',
      `if_past must be one of: ${oneOf(ifPastChoices)}.`,
    );
  }
  if (config['weekdays'] !== undefined && !readWeekdays(config['weekdays'])) {
    findings.fault(
      `${path}.weekdays`,
      'wrong_type',
      'weekdays must be a list such as ["mon", "fri"], or numbers from 1 (Monday) to 7.',
    );
  }
}

const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** @returns 1 for Monday to 7 for Sunday; null when the value is no list of days */
function readWeekdays(value: unknown): number[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const days = value.map((day: unknown) => {
    if (typeof day === 'number') return day;
    return typeof day === 'string' ? weekdayNames.indexOf(day.slice(0, 3).toLowerCase()) + 1 : 0;
  });
  return days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) ? days : null;
}

/** A key left empty in a form is as good as none. */
function withoutEmpty(config: Config): Config {
  return Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== null && value !== ''),
  );
}

/** The config of a checked wait, its weekdays as numbers. */
export function readWaitConfig(config: Config): WaitConfig {
  const days = readWeekdays(config['weekdays']);
  const given = withoutEmpty(config);
  // checkControlConfig found no fault in it.
  return { ...given, ...(days ? { weekdays: days } : {}) };
}
