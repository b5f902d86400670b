import type { WhySeen } from '../../../shared/contract/why.ts';
import { type Definition, type Trigger, triggersOf } from '../../../shared/workflow/definition.ts';
import { matchesOne, matchesTrigger, type TriggeringEvent } from './matches-trigger.ts';

export type TriggerAnswer =
  | { readonly kind: 'matches' }
  | { readonly kind: 'trigger_type'; readonly seen: WhySeen[] }
  | { readonly kind: 'trigger_config'; readonly seen: WhySeen[] };

/** Whether one of a workflow's triggers hears an event; if not, which setting of them said no and what it saw. */
export function explainTrigger(
  workflow: { readonly id: string; readonly definition: Definition },
  event: TriggeringEvent,
): TriggerAnswer {
  if (matchesTrigger(workflow, event)) return { kind: 'matches' };
  const triggers = triggersOf(workflow.definition);
  const { target } = event.data;
  if (target && target.workflow_id !== workflow.id) {
    return {
      kind: 'trigger_config',
      seen: [{ name: 'workflow_id', operator: '=', wanted: workflow.id, seen: target.workflow_id }],
    };
  }
  const ofItsType = triggers.filter(({ type }) => type === event.type);
  if (ofItsType.length === 0) {
    const wanted = triggers.map(({ type }) => type).join(', ');
    return {
      kind: 'trigger_type',
      seen: [{ name: 'trigger_type', operator: '=', wanted, seen: event.type }],
    };
  }
  return {
    kind: 'trigger_config',
    seen: ofItsType.flatMap((trigger) => explainConfig(trigger, event)),
  };
}

/** Which settings it was is asked of the matcher itself: each alone. */
function explainConfig({ type, config }: Trigger, event: TriggeringEvent): WhySeen[] {
  const { keys, changes } = event.data;
  const looked: Readonly<Record<string, unknown>> = {
    from_stage: keys['old_stage'],
    to_stage: keys['new_stage'],
    fields: Object.keys(changes),
    object: event.object,
    tag: keys['tag'],
  };
  return Object.entries(config)
    .filter(([name, value]) => !matchesOne({ type, config: { [name]: value } }, event))
    .map(([name, value]) => ({ name, operator: null, wanted: value, seen: looked[name] ?? null }));
}
