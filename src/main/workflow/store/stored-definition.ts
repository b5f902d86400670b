import { isDeepStrictEqual } from 'node:util';
import {
  type DefinitionCheck,
  checkDefinition,
  type DefinitionKnowledge,
} from '../../../shared/workflow/check-definition.ts';
import type { Problem, RawDefinition, Step } from '../../../shared/workflow/definition.ts';

/** The columns of `workflows` that say what it does; anybody may have written them. */
export interface DefinitionColumns {
  readonly trigger_type: string;
  readonly trigger_config: string | null;
  readonly actions: string;
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
  const { trigger_config: config } = columns;
  const raw = {
    trigger_type: columns.trigger_type,
    trigger_config:
      config === null || config.trim() === '' ? {} : parse('trigger_config', config, {}),
    actions: parse('actions', columns.actions, []),
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
 * histories of one step stay together although `workflows.actions` never names it.
 */
export function keepStepIds(actions: unknown, previous: readonly Step[]): unknown {
  if (!Array.isArray(actions) || previous.length === 0) return actions;
  const list: readonly unknown[] = actions;
  const given = new Set(
    list.map((step) =>
      typeof step === 'object' && step !== null && 'id' in step ? step.id : undefined,
    ),
  );
  // An id that a step of the new list claims for itself is not handed to another.
  const left = previous.filter((known) => !given.has(known.id));
  return list.map((step) => {
    if (typeof step !== 'object' || step === null || ('id' in step && step.id !== null))
      return step;
    const index = left.findIndex(
      (known) =>
        'type' in step &&
        known.type === step.type &&
        'config' in step &&
        isDeepStrictEqual(known.config, step.config),
    );
    const [known] = index === -1 ? [] : left.splice(index, 1);
    return known ? { ...step, id: known.id } : step;
  });
}
