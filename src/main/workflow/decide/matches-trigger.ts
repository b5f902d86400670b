import type { EventData, EventType } from '../../../shared/events/event-types.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import { type Definition, type Trigger, triggersOf } from '../../../shared/workflow/definition.ts';

export interface TriggeringEvent {
  readonly type: EventType;
  readonly object: ObjectName | null;
  readonly data: EventData;
}

/** Whether an event is what one of a workflow's triggers waits for. */
export function matchesTrigger(
  { id, definition }: { readonly id: string; readonly definition: Definition },
  event: TriggeringEvent,
): boolean {
  const { target } = event.data;
  if (target) {
    if (target.workflow_id !== id) return false;
    return triggersOf(definition)[target.trigger_index]?.type === event.type;
  }
  const { trigger_type: type, trigger_config: config, further_triggers: further } = definition;
  return (
    matchesOne({ type, config }, event) || (further?.some((one) => matchesOne(one, event)) ?? false)
  );
}

/** Whether an event is what a trigger waits for. A setting that is absent or empty asks for nothing. */
export function matchesOne({ type, config }: Trigger, event: TriggeringEvent): boolean {
  if (type !== event.type) return false;
  const { from_stage: from, to_stage: to, fields, object, tag } = config;
  const { keys, changes } = event.data;
  return (
    (from === undefined || from === keys['old_stage']) &&
    (to === undefined || to === keys['new_stage']) &&
    (fields === undefined || fields.some((field) => Object.hasOwn(changes, field))) &&
    (object === undefined || object === event.object) &&
    (tag === undefined || foldText(tag.trim()) === foldText(String(keys['tag'] ?? '')))
  );
}
