import type { EventData, EventType } from '../../../shared/events/event-types.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { Definition } from '../../../shared/workflow/definition.ts';

export interface TriggeringEvent {
  readonly type: EventType;
  readonly object: ObjectName | null;
  readonly data: EventData;
}

/** Whether an event is what a definition waits for. A setting that is absent or empty asks for nothing. */
export function matchesTrigger(definition: Definition, event: TriggeringEvent): boolean {
  if (definition.trigger_type !== event.type) return false;
  const { from_stage: from, to_stage: to, fields, object, tag } = definition.trigger_config;
  const { keys, changes } = event.data;
  return (
    (from === undefined || from === keys['old_stage']) &&
    (to === undefined || to === keys['new_stage']) &&
    (fields === undefined || fields.some((field) => Object.hasOwn(changes, field))) &&
    (object === undefined || object === event.object) &&
    (tag === undefined || foldText(tag.trim()) === foldText(String(keys['tag'] ?? '')))
  );
}
