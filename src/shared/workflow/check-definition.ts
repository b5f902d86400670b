import { type DefinitionKnowledge, Findings } from './definition-findings.ts';
import { checkSettings } from './check-settings.ts';
import { checkSteps } from './check-steps.ts';
import { checkTriggers } from './check-trigger.ts';
import { checkConditions } from './conditions/check-conditions.ts';
import type { Definition, Problem, RawDefinition } from './definition.ts';
import { triggerReach } from './triggers.ts';

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
  const findings = new Findings();
  const triggers = checkTriggers(raw, knowledge, findings);
  const supplies = triggers.length > 0 ? triggerReach(triggers).supplies : null;
  const conditions =
    raw.conditions === undefined || raw.conditions === null
      ? null
      : checkConditions(raw.conditions, 'conditions', supplies, findings);
  const settings = checkSettings(raw.settings, supplies, findings);
  const steps = checkSteps(raw.actions, triggers, knowledge, findings);
  const { faults, gaps } = findings;
  const [first, ...further] = triggers;
  const complete = faults.length === 0 && gaps.length === 0 && first !== undefined;
  return {
    faults,
    gaps,
    definition:
      complete && steps !== null
        ? {
            trigger_type: first.type,
            trigger_config: first.config,
            // Left out when empty, so that a workflow with one trigger reads as it always did.
            ...(further.length === 0 ? {} : { further_triggers: further }),
            conditions,
            settings,
            actions: steps,
          }
        : null,
  };
}
