import type { EventType } from '../events/event-types.ts';
import type { ObjectName } from '../model/objects.ts';

export interface TriggerConfigField {
  readonly name: string;
  readonly label: string;
  readonly type: 'stage';
}

export interface TriggerDescriptor {
  readonly type: EventType;
  readonly label: string;
  /** How the trigger reads in a sentence: "When …". */
  readonly words: string;
  /** The object whose record the event is about; null where a start may give any record or none. */
  readonly object: ObjectName | null;
  /** Objects a run can reach from the event; each but the first may be missing at run time. */
  readonly supplies: readonly ObjectName[];
  /** The flat keys of the event, as templates use them. */
  readonly keys: readonly string[];
  readonly config: readonly TriggerConfigField[];
}

export const triggerDescriptors = {
  deal_created: {
    type: 'deal_created',
    label: 'Deal created',
    words: 'a deal is created',
    object: 'deal',
    supplies: ['deal', 'contact', 'company'],
    keys: ['deal_id', 'deal_title', 'contact_id', 'owner_id'],
    config: [],
  },
  deal_stage_changed: {
    type: 'deal_stage_changed',
    label: 'Deal stage changed',
    words: 'a deal changes its stage',
    object: 'deal',
    supplies: ['deal', 'contact', 'company'],
    keys: ['deal_id', 'old_stage', 'new_stage', 'deal_title', 'contact_id', 'owner_id'],
    config: [
      { name: 'from_stage', label: 'From stage', type: 'stage' },
      { name: 'to_stage', label: 'To stage', type: 'stage' },
    ],
  },
  contact_created: {
    type: 'contact_created',
    label: 'Contact created',
    words: 'a contact is created',
    object: 'contact',
    supplies: ['contact', 'company'],
    keys: ['contact_id', 'contact_name', 'contact_email', 'owner_id'],
    config: [],
  },
  manual: {
    type: 'manual',
    label: 'Started by hand',
    words: 'you start it by hand',
    object: null,
    supplies: ['contact', 'company', 'deal', 'task'],
    keys: [
      'contact_id',
      'contact_name',
      'contact_email',
      'deal_id',
      'deal_title',
      'old_stage',
      'new_stage',
      'company_id',
      'activity_id',
      'owner_id',
    ],
    config: [],
  },
} as const satisfies Record<string, TriggerDescriptor>;

export type TriggerType = keyof typeof triggerDescriptors;

export const triggerTypes = Object.values(triggerDescriptors).map((descriptor) => descriptor.type);

export function isTriggerType(text: string): text is TriggerType {
  return Object.hasOwn(triggerDescriptors, text);
}

export function triggerDescriptor(type: TriggerType): TriggerDescriptor {
  return triggerDescriptors[type];
}
