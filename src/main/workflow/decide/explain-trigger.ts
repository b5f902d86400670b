import type { WhySeen } from '../../../shared/contract/why.ts';
import { type Definition, type Trigger, triggersOf } from '../../../shared/workflow/definition.ts';
import { matchesTrigger, type TriggeringEvent } from './matches-trigger.ts';

export type TriggerAnswer =
  | { readonly kind: 'matches' }
  | { readonly kind: 'trigger_type'; readonly seen: WhySeen[] }
  | { readonly kind: 'trigger_config'; readonly seen: WhySeen[] };

interface Listener {
  readonly id: string;
  readonly definition: Definition;
}

/** Whether a workflow's triggers hear an event; if not, which setting said no and what it saw. */
export function explainTrigger(listener: Listener, event: TriggeringEvent): TriggerAnswer {
  if (matchesTrigger(listener, event)) return { kind: 'matches' };
  const triggers = triggersOf(listener.definition);
  const { target } = event.data;
  if (target && target.workflow_id !== listener.id) {
    const seen = target.workflow_id;
    return {
      kind: 'trigger_type',
      seen: [{ name: 'workflow_id', operator: '=', wanted: listener.id, seen }],
    };
  }
  const ofType = triggers.filter(({ type }) => type === event.type);
  if (ofType.length === 0) {
    return {
      kind: 'trigger_type',
      seen: triggers.map(({ type }) => ({
        name: 'trigger_type',
        operator: '=',
        wanted: type,
        seen: event.type,
      })),
    };
  }
  return {
    kind: 'trigger_config',
    seen: ofType.flatMap((trigger) => explainSettings(listener, trigger, event)),
  };
}

/** Which settings said no is asked of the same function: each one alone. */
function explainSettings(
  { id, definition }: Listener,
  { type, config }: Trigger,
  event: TriggeringEvent,
): WhySeen[] {
  const { keys, changes } = event.data;
  const looked: Readonly<Record<string, unknown>> = {
    from_stage: keys['old_stage'],
    to_stage: keys['new_stage'],
    fields: Object.keys(changes),
    object: event.object,
    tag: keys['tag'],
  };
  return Object.entries(config).flatMap(([name, value]) => {
    const alone = { trigger_type: type, trigger_config: { [name]: value }, further_triggers: [] };
    return matchesTrigger({ id, definition: { ...definition, ...alone } }, event)
      ? []
      : [{ name, operator: null, wanted: value, seen: looked[name] ?? null }];
  });
}
