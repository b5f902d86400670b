import { actionTypes, isActionType } from './actions/index.ts';
import { type ConfigScope, checkConfig } from './check-config.ts';
import { checkControlConfig, isForEachSource, readWaitConfig } from './check-control.ts';
import type { ObjectName } from '../model/objects.ts';
import type { ConditionGroup } from './conditions/condition-tree.ts';
import {
  type ActionStep,
  controlTypes,
  type ForEachSource,
  isControlType,
  onErrorChoices,
  type Step,
  type Trigger,
} from './definition.ts';
import {
  type DefinitionKnowledge,
  type Findings,
  isPlainObject,
  oneOf,
} from './definition-findings.ts';
import { contextShape } from './template-context.ts';
import { triggerReach } from './triggers.ts';

/** More steps than this in one definition is a mistake in a script, not a workflow. */
const maximumSteps = 500;

/** Branches deeper than this cannot be read by a person any more. */
const maximumDepth = 20;

const commonKeys = ['id', 'type', 'name', 'config', 'enabled'];

const furtherKeys: Readonly<Record<string, readonly string[]>> = {
  if: ['then', 'else'],
  switch: ['cases', 'default'],
  for_each: ['do'],
  wait: ['on_timeout'],
  stop: [],
};

const actionKeys = ['on_error', 'on_error_steps'];

/** The object a `for_each` goes through. */
const itemObjects: Readonly<Record<ForEachSource, ObjectName>> = {
  'contact.deals': 'deal',
  'contact.tasks': 'task',
  'company.contacts': 'contact',
  'company.deals': 'deal',
  'company.tasks': 'task',
  'deal.tasks': 'task',
};

export function itemObjectOf(source: ForEachSource): ObjectName {
  return itemObjects[source];
}

/** @returns the steps, ids filled in; with faults noted they are not to be run; null when there is no list at all */
export function checkSteps(
  actions: unknown,
  triggers: readonly Trigger[],
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
  const checker = new StepChecker(triggers, knowledge, findings, actions);
  return checker.readList(actions, 'actions', triggerReach(triggers).supplies, 0);
}

class StepChecker {
  private readonly triggers: readonly Trigger[];
  private readonly knowledge: DefinitionKnowledge;
  private readonly findings: Findings;
  private readonly takenIds = new Set<string>();
  private readonly seenIds = new Set<string>();
  /** Every step before the one at hand, in the order they are written. */
  private readonly earlier: { id: string; type: string }[] = [];
  private count = 0;

  constructor(
    triggers: readonly Trigger[],
    knowledge: DefinitionKnowledge,
    findings: Findings,
    actions: readonly unknown[],
  ) {
    this.triggers = triggers;
    this.knowledge = knowledge;
    this.findings = findings;
    this.collectIds(actions, 0);
  }

  private collectIds(value: unknown, depth: number): void {
    if (depth > maximumDepth * 4 || typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value) && 'id' in value && 'type' in value && typeof value.id === 'string') {
      this.takenIds.add(value.id);
    }
    for (const part of Object.values(value)) this.collectIds(part, depth + 1);
  }

  readList(list: unknown, path: string, supplies: readonly ObjectName[], depth: number): Step[] {
    if (list === undefined || list === null) return [];
    if (!Array.isArray(list)) {
      this.findings.fault(path, 'wrong_type', 'This must be a list of steps.');
      return [];
    }
    if (depth > maximumDepth) {
      this.findings.fault(path, 'too_deep', `Steps may be nested ${maximumDepth} deep at most.`);
      return [];
    }
    const raws: readonly unknown[] = list;
    return raws.flatMap((raw, index) => {
      this.count += 1;
      if (this.count > maximumSteps) {
        if (this.count === maximumSteps + 1) {
          this.findings.fault(
            path,
            'too_many_steps',
            `A workflow may have at most ${maximumSteps} steps.`,
          );
        }
        return [];
      }
      const step = this.readStep(raw, `${path}[${index}]`, supplies, depth);
      return step ? [step] : [];
    });
  }

  private readStep(
    raw: unknown,
    path: string,
    supplies: readonly ObjectName[],
    depth: number,
  ): Step | null {
    const { findings } = this;
    if (!isPlainObject(raw)) {
      findings.fault(
        path,
        'wrong_type',
        'A step must be an object such as {"type": "create_task", "config": {…}}.',
      );
      return null;
    }
    const { type } = raw;
    if (typeof type !== 'string' || (!isActionType(type) && !isControlType(type))) {
      const known = oneOf([...actionTypes, ...controlTypes]);
      const message =
        type === undefined
          ? `The step has no type. Use one of: ${known}.`
          : `Unknown action ${JSON.stringify(type)}. Use one of: ${known}.`;
      findings.fault(`${path}.type`, 'unknown_action', message);
      return null;
    }
    this.checkKeys(raw, type, path);
    const config = raw['config'] ?? {};
    if (!isPlainObject(config)) {
      findings.fault(
        `${path}.config`,
        'wrong_type',
        'config must be an object such as {"title": "Call"}.',
      );
      return null;
    }
    const name = raw['name'];
    const base = {
      id: this.stepId(raw['id'], path),
      ...(typeof name === 'string' && name !== '' ? { name } : {}),
      enabled: raw['enabled'] !== false,
    };
    const scope = this.scope(supplies);
    this.earlier.push({ id: base.id, type });
    if (isActionType(type)) {
      const onError =
        onErrorChoices.find((choice) => choice === (raw['on_error'] ?? 'stop')) ?? 'stop';
      const step: ActionStep = { ...base, type, config, on_error: onError, on_error_steps: [] };
      if (scope) checkConfig(step, path, scope);
      const steps = this.readList(
        raw['on_error_steps'],
        `${path}.on_error_steps`,
        supplies,
        depth + 1,
      );
      return { ...step, on_error_steps: steps };
    }
    if (scope) checkControlConfig(type, config, path, scope);
    const list = (key: string, given = supplies): Step[] =>
      this.readList(raw[key], `${path}.${key}`, given, depth + 1);
    switch (type) {
      case 'if':
        // checkControlConfig noted what keeps it from being a tree.
        return {
          ...base,
          type,
          config: { conditions: config['conditions'] as ConditionGroup },
          then: list('then'),
          else: list('else'),
        };
      case 'switch':
        return {
          ...base,
          type,
          config: { value: typeof config['value'] === 'string' ? config['value'] : '' },
          cases: this.readCases(raw['cases'], `${path}.cases`, supplies, depth),
          default: list('default'),
        };
      case 'for_each': {
        const over = isForEachSource(config['over']) ? config['over'] : 'deal.tasks';
        return {
          ...base,
          type,
          config: { over },
          do: list('do', [...supplies, itemObjectOf(over)]),
        };
      }
      case 'wait':
        return { ...base, type, config: readWaitConfig(config), on_timeout: list('on_timeout') };
      case 'stop': {
        const { reason } = config;
        return { ...base, type, config: typeof reason === 'string' ? { reason } : {} };
      }
    }
  }

  private readCases(
    raw: unknown,
    path: string,
    supplies: readonly ObjectName[],
    depth: number,
  ): { equals: string; steps: Step[] }[] {
    if (!Array.isArray(raw) || raw.length === 0) {
      const message = 'A switch needs cases such as [{"equals": "won", "steps": […]}].';
      if (raw === undefined || Array.isArray(raw)) this.findings.gap(path, 'required', message);
      else this.findings.fault(path, 'wrong_type', message);
      return [];
    }
    const cases: readonly unknown[] = raw;
    return cases.flatMap((branch, index) => {
      const at = `${path}[${index}]`;
      if (
        !isPlainObject(branch) ||
        !['string', 'number', 'boolean'].includes(typeof branch['equals'])
      ) {
        this.findings.fault(
          `${at}.equals`,
          'wrong_type',
          'A case must be an object such as {"equals": "won", "steps": […]}.',
        );
        return [];
      }
      for (const key of Object.keys(branch)) {
        if (key === 'equals' || key === 'steps') continue;
        this.findings.fault(
          `${at}.${key}`,
          'unknown_key',
          `Unknown key "${key}" in a case. Use: equals, steps.`,
        );
      }
      const steps = this.readList(branch['steps'], `${at}.steps`, supplies, depth + 1);
      return [{ equals: String(branch['equals']), steps }];
    });
  }

  private checkKeys(raw: Readonly<Record<string, unknown>>, type: string, path: string): void {
    const { findings } = this;
    const known = [...commonKeys, ...(furtherKeys[type] ?? actionKeys)];
    for (const key of Object.keys(raw)) {
      if (known.includes(key)) continue;
      findings.fault(
        `${path}.${key}`,
        'unknown_key',
        `Unknown key "${key}" in a step of type ${type}. Use: ${oneOf(known)}.`,
      );
    }
    const { name, enabled, on_error: onError } = raw;
    if (name !== undefined && name !== null && typeof name !== 'string') {
      findings.fault(`${path}.name`, 'wrong_type', 'name must be text.');
    }
    if (enabled !== undefined && enabled !== null && typeof enabled !== 'boolean') {
      findings.fault(`${path}.enabled`, 'wrong_type', 'enabled must be true or false.');
    }
    if (
      onError !== undefined &&
      onError !== null &&
      !onErrorChoices.some((choice) => choice === onError)
    ) {
      findings.fault(
        `${path}.on_error`,
        'wrong_choice',
        `on_error must be one of: ${oneOf(onErrorChoices)}.`,
      );
    }
  }

  private scope(supplies: readonly ObjectName[]): ConfigScope | null {
    const { triggers, knowledge, findings, earlier } = this;
    if (triggers.length === 0) return null;
    return {
      shape: contextShape(triggers, earlier, supplies),
      supplies,
      knowledge,
      findings,
    };
  }

  /** A given id is kept; a missing one becomes the first free `step_N`, counted from 1. */
  private stepId(given: unknown, path: string): string {
    const { findings, takenIds, seenIds } = this;
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
}
