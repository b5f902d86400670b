import { isDeepStrictEqual } from 'node:util';
import {
  type DefinitionCheck,
  checkDefinition,
  type DefinitionKnowledge,
} from '../../../shared/workflow/check-definition.ts';
import { readWaitConfig } from '../../../shared/workflow/check-control.ts';
import { isPlainObject } from '../../../shared/workflow/definition-findings.ts';
import {
  allSteps,
  type Problem,
  type RawDefinition,
  type Step,
} from '../../../shared/workflow/definition.ts';

/** The columns of `workflows` that say what it does; anybody may have written them. */
export interface DefinitionColumns {
  readonly trigger_type: string;
  readonly trigger_config: string | null;
  readonly actions: string;
  readonly conditions: string | null;
  readonly settings: string | null;
  /** The triggers after the first, which has its own two columns. */
  readonly further_triggers: string | null;
}

export interface StoredDefinition {
  readonly raw: RawDefinition;
  /** Texts that are no JSON; then `raw` stands in with nothing. */
  readonly faults: readonly Problem[];
}

export function readStoredDefinition(columns: DefinitionColumns): StoredDefinition {
  const faults: Problem[] = [];
  const parse = (name: string, text: string, fallback: unknown): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      faults.push({
        path: name,
        code: 'invalid_json',
        message: `${name} is not JSON: ${reason}. The text is kept as it is.`,
      });
      return fallback;
    }
  };
  const parseOptional = (name: string, text: string | null, nothing: unknown): unknown =>
    text === null || text.trim() === '' ? nothing : parse(name, text, nothing);
  const raw = {
    trigger_type: columns.trigger_type,
    trigger_config: parseOptional('trigger_config', columns.trigger_config, {}),
    actions: parse('actions', columns.actions, []),
    conditions: parseOptional('conditions', columns.conditions, null),
    settings: parseOptional('settings', columns.settings, null),
    further_triggers: parseOptional('further_triggers', columns.further_triggers, null),
  };
  return { raw, faults };
}

/** Checks what the file holds, as it would be checked on its way in through the API. */
export function checkStoredDefinition(
  columns: DefinitionColumns,
  knowledge: DefinitionKnowledge,
  previous: readonly Step[],
): DefinitionCheck {
  const { raw, faults } = readStoredDefinition(columns);
  const check = checkDefinition({ ...raw, actions: keepStepIds(raw.actions, previous) }, knowledge);
  return faults.length === 0
    ? check
    : { faults: [...faults, ...check.faults], gaps: [], definition: null };
}

/**
 * A step without an id that stands unchanged in the version before keeps the id it was given there, so that
 * histories of one step stay together although `workflows.actions` never names it. Branches count too.
 */
export function keepStepIds(actions: unknown, previous: readonly Step[]): unknown {
  if (!Array.isArray(actions) || previous.length === 0) return actions;
  const given = new Set<unknown>();
  collectIds(actions, given);
  // An id that a step of the new list claims for itself is not handed to another.
  const left = allSteps(previous).filter((known) => !given.has(known.id));
  return keepIds(actions, left);
}

/** Keys of a step that hold further steps; a `switch` holds them one level deeper, in its cases. */
const listKeys = [
  'then',
  'else',
  'do',
  'default',
  'on_timeout',
  'on_error_steps',
  'cases',
  'steps',
];

function collectIds(value: unknown, ids: Set<unknown>): void {
  if (Array.isArray(value)) {
    for (const part of value) collectIds(part, ids);
    return;
  }
  if (!isPlainObject(value)) return;
  if (value['id'] !== undefined && value['id'] !== null) ids.add(value['id']);
  for (const key of listKeys) collectIds(value[key], ids);
}

/** A config as a version holds it: a wait's weekdays, for example, are numbers there. */
function configOf({ type, config }: Readonly<Record<string, unknown>>): unknown {
  if (config === undefined || config === null) return {};
  return type === 'wait' && isPlainObject(config) ? readWaitConfig(config) : config;
}

/** @param left steps whose ids are still to be had; those handed out are taken from it */
function keepIds(value: unknown, left: Step[]): unknown {
  if (Array.isArray(value)) return value.map((part) => keepIds(part, left));
  if (!isPlainObject(value)) return value;
  const index =
    'type' in value && (value['id'] === undefined || value['id'] === null)
      ? left.findIndex(
          (known) =>
            known.type === value['type'] && isDeepStrictEqual(known.config, configOf(value)),
        )
      : -1;
  const [known] = index === -1 ? [] : left.splice(index, 1);
  const lists = listKeys.flatMap((key) => (key in value ? [[key, keepIds(value[key], left)]] : []));
  return { ...value, ...Object.fromEntries(lists), ...(known ? { id: known.id } : {}) };
}
