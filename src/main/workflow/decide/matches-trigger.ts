import type { EventData, EventType } from '../../../shared/events/event-types.ts';
import type { Definition } from '../../../shared/workflow/definition.ts';

export interface TriggeringEvent {
  readonly type: EventType;
  readonly data: EventData;
}

/** Whether an event is what a definition waits for. A setting that is absent or empty asks for nothing. */
export function matchesTrigger(definition: Definition, event: TriggeringEvent): boolean {
  if (definition.trigger_type !== event.type) return false;
  const { from_stage: from, to_stage: to } = definition.trigger_config;
  const { old_stage: oldStage, new_stage: newStage } = event.data.keys;
  return (from === undefined || from === oldStage) && (to === undefined || to === newStage);
}
