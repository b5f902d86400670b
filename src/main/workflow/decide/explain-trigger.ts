import type { WhySeen } from '../../../shared/contract/why.ts';
import type { Definition } from '../../../shared/workflow/definition.ts';
import { type TriggeringEvent, matchesTrigger } from './matches-trigger.ts';

export type TriggerAnswer =
  | { readonly kind: 'matches' }
  | { readonly kind: 'trigger_type'; readonly seen: WhySeen[] }
  | { readonly kind: 'trigger_config'; readonly seen: WhySeen[] };

/** Whether a trigger hears an event; if not, which setting of it said no and what it saw. */
export function explainTrigger(definition: Definition, event: TriggeringEvent): TriggerAnswer {
  if (matchesTrigger(definition, event)) return { kind: 'matches' };
  const { trigger_type: wanted, trigger_config: config } = definition;
  if (wanted !== event.type) {
    return {
      kind: 'trigger_type',
      seen: [{ name: 'trigger_type', operator: '=', wanted, seen: event.type }],
    };
  }
  const { keys, changes } = event.data;
  const looked: Readonly<Record<keyof typeof config, unknown>> = {
    from_stage: keys['old_stage'],
    to_stage: keys['new_stage'],
    fields: Object.keys(changes),
    object: event.object,
    tag: keys['tag'],
  };
  // Which one it was is asked of the same function: each setting alone.
  const guilty = Object.entries(config).filter(
    ([name, value]) => !matchesTrigger({ ...definition, trigger_config: { [name]: value } }, event),
  );
  return {
    kind: 'trigger_config',
    seen: guilty.map(([name, value]) => ({
      name,
      operator: null,
      wanted: value,
      // Every key of a trigger's settings is one of those above.
      seen: looked[name as keyof typeof config] ?? null,
    })),
  };
}
