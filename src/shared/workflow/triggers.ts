import type { EventType } from '../events/event-types.ts';
import { isObjectName, type ObjectName } from '../model/objects.ts';

export interface TriggerConfigField {
  readonly name: string;
  readonly label: string;
  /**
   * - `fields`: a list of field names of the trigger's object, any of which must have changed.
   * - `date_field`: a date of a record such as `deal.expected_close_date`.
   * - `span`: a relative date such as `-7 days`; `time`: `09:00`; `cron`: five parts; `zone`: an IANA name.
   */
  readonly type:
    | 'stage'
    | 'fields'
    | 'object'
    | 'tag'
    | 'date_field'
    | 'span'
    | 'time'
    | 'cron'
    | 'zone'
    | 'hook_contact'
    | 'hook_absent'
    | 'flag';
  /** The trigger cannot fire without it: a draft may lack it, an active workflow may not. */
  readonly required?: boolean;
}

export interface TriggerDescriptor {
  readonly type: EventType;
  readonly label: string;
  /** How the trigger reads in a sentence: "When …". */
  readonly words: string;
  /** The object whose record the event is about; null where a start may give any record or none. */
  readonly object: ObjectName | null;
  /** Objects a run can reach from the event; each but the trigger's own may be missing at run time. */
  readonly supplies: readonly ObjectName[];
  /** The flat keys of the event, as templates use them. */
  readonly keys: readonly string[];
  /** Parts of the event that hold whatever a sender put there, as `trigger.NAME`. */
  readonly free?: readonly string[];
  readonly config: readonly TriggerConfigField[];
}

/** Flat keys of a timed event, beside those of its record. */
const dueKey = 'due_at';

/** Flat keys that several triggers share. */
const personKeys = ['contact_id', 'contact_name', 'contact_email'] as const;

const dealKeys = ['deal_id', 'deal_title', 'contact_id', 'company_id', 'owner_id'] as const;

const closedDealKeys = [
  'deal_id',
  'deal_title',
  'old_stage',
  'new_stage',
  'contact_id',
  'company_id',
  'owner_id',
] as const;

const contactKeys = [...personKeys, 'company_id', 'owner_id'] as const;

const companyKeys = ['company_id', 'company_name', 'owner_id'] as const;

const taskKeys = [
  'activity_id',
  'activity_title',
  'contact_id',
  'deal_id',
  'company_id',
  'owner_id',
] as const;

const tagKeys = [
  'tag',
  ...personKeys,
  'deal_id',
  'deal_title',
  'company_id',
  'activity_id',
  'owner_id',
] as const;

const tagConfig = [
  { name: 'object', label: 'On', type: 'object' },
  { name: 'tag', label: 'Tag', type: 'tag' },
] as const satisfies readonly TriggerConfigField[];

const emailKeys = [
  'email_id',
  'email_to',
  'email_subject',
  ...personKeys,
  'deal_id',
  'company_id',
  'owner_id',
] as const;

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
    keys: [...personKeys, 'owner_id'],
    config: [],
  },
  deal_updated: {
    type: 'deal_updated',
    label: 'Deal changed',
    words: 'a deal is changed',
    object: 'deal',
    supplies: ['deal', 'contact', 'company'],
    keys: dealKeys,
    config: [{ name: 'fields', label: 'Only these fields', type: 'fields' }],
  },
  deal_won: {
    type: 'deal_won',
    label: 'Deal won',
    words: 'a deal is won',
    object: 'deal',
    supplies: ['deal', 'contact', 'company'],
    keys: closedDealKeys,
    config: [],
  },
  deal_lost: {
    type: 'deal_lost',
    label: 'Deal lost',
    words: 'a deal is lost',
    object: 'deal',
    supplies: ['deal', 'contact', 'company'],
    keys: closedDealKeys,
    config: [],
  },
  deal_deleted: {
    type: 'deal_deleted',
    label: 'Deal deleted',
    words: 'a deal is deleted',
    object: 'deal',
    supplies: ['contact', 'company'],
    keys: dealKeys,
    config: [],
  },
  contact_updated: {
    type: 'contact_updated',
    label: 'Contact changed',
    words: 'a contact is changed',
    object: 'contact',
    supplies: ['contact', 'company'],
    keys: contactKeys,
    config: [{ name: 'fields', label: 'Only these fields', type: 'fields' }],
  },
  contact_deleted: {
    type: 'contact_deleted',
    label: 'Contact deleted',
    words: 'a contact is deleted',
    object: 'contact',
    supplies: ['company'],
    keys: contactKeys,
    config: [],
  },
  company_created: {
    type: 'company_created',
    label: 'Company created',
    words: 'a company is created',
    object: 'company',
    supplies: ['company'],
    keys: companyKeys,
    config: [],
  },
  company_updated: {
    type: 'company_updated',
    label: 'Company changed',
    words: 'a company is changed',
    object: 'company',
    supplies: ['company'],
    keys: companyKeys,
    config: [{ name: 'fields', label: 'Only these fields', type: 'fields' }],
  },
  task_created: {
    type: 'task_created',
    label: 'Task created',
    words: 'a task is created',
    object: 'task',
    supplies: ['task', 'contact', 'deal', 'company'],
    keys: taskKeys,
    config: [],
  },
  task_completed: {
    type: 'task_completed',
    label: 'Task completed',
    words: 'a task is completed',
    object: 'task',
    supplies: ['task', 'contact', 'deal', 'company'],
    keys: taskKeys,
    config: [],
  },
  note_created: {
    type: 'note_created',
    label: 'Note created',
    words: 'a note is written',
    object: null,
    supplies: ['contact', 'company', 'deal', 'task'],
    keys: [
      'note_id',
      'note_text',
      ...personKeys,
      'deal_id',
      'deal_title',
      'company_id',
      'activity_id',
      'owner_id',
    ],
    config: [{ name: 'object', label: 'On', type: 'object' }],
  },
  tag_added: {
    type: 'tag_added',
    label: 'Tag added',
    words: 'a tag is added',
    object: null,
    supplies: ['contact', 'company', 'deal', 'task'],
    keys: tagKeys,
    config: tagConfig,
  },
  tag_removed: {
    type: 'tag_removed',
    label: 'Tag removed',
    words: 'a tag is removed',
    object: null,
    supplies: ['contact', 'company', 'deal', 'task'],
    keys: tagKeys,
    config: tagConfig,
  },
  email_sent: {
    type: 'email_sent',
    label: 'Email sent',
    words: 'an email was accepted by the mail server',
    object: 'contact',
    supplies: ['contact', 'company'],
    keys: emailKeys,
    config: [],
  },
  email_failed: {
    type: 'email_failed',
    label: 'Email failed',
    words: 'an email could not be sent',
    object: 'contact',
    supplies: ['contact', 'company'],
    keys: [...emailKeys, 'email_error'],
    config: [],
  },
  email_replied: {
    type: 'email_replied',
    label: 'Email answered',
    words: 'somebody answers an email',
    object: 'contact',
    supplies: ['contact', 'company'],
    keys: emailKeys,
    config: [],
  },
  workflow_failed: {
    type: 'workflow_failed',
    label: 'Workflow failed',
    words: 'a workflow fails',
    object: null,
    supplies: ['contact', 'company', 'deal', 'task'],
    keys: [
      'workflow_id',
      'workflow_name',
      'execution_id',
      'error_message',
      ...personKeys,
      'deal_id',
      'deal_title',
      'company_id',
      'activity_id',
      'owner_id',
    ],
    config: [],
  },
  task_overdue: {
    type: 'task_overdue',
    label: 'Task overdue',
    words: 'a task becomes overdue',
    object: 'task',
    supplies: ['task', 'contact', 'deal', 'company'],
    keys: [...taskKeys, dueKey],
    config: [],
  },
  date_reached: {
    type: 'date_reached',
    label: 'Date reached',
    words: 'a date is reached',
    // Which record it is about, its field says: see `triggerReach`.
    object: null,
    supplies: ['contact', 'company', 'deal', 'task'],
    keys: [
      ...personKeys,
      'company_id',
      'company_name',
      'deal_id',
      'deal_title',
      'activity_id',
      'activity_title',
      'owner_id',
      dueKey,
    ],
    config: [
      { name: 'field', label: 'Date', type: 'date_field', required: true },
      { name: 'offset', label: 'Before or after', type: 'span' },
      { name: 'at', label: 'At', type: 'time' },
    ],
  },
  schedule: {
    type: 'schedule',
    label: 'Schedule',
    words: 'its time comes round',
    object: null,
    supplies: [],
    keys: ['owner_id', dueKey],
    config: [
      { name: 'cron', label: 'When', type: 'cron', required: true },
      { name: 'time_zone', label: 'Time zone', type: 'zone' },
    ],
  },
  webhook_received: {
    type: 'webhook_received',
    label: 'Webhook received',
    words: 'a webhook is received',
    object: null,
    supplies: ['contact', 'company'],
    keys: [...personKeys, 'owner_id'],
    free: ['body', 'headers'],
    config: [
      { name: 'contact', label: 'Contact', type: 'hook_contact' },
      { name: 'if_absent', label: 'If there is no such contact', type: 'hook_absent' },
      { name: 'require_signature', label: 'Require a signature', type: 'flag' },
    ],
  },
  manual: {
    type: 'manual',
    label: 'Started by hand',
    words: 'you start it by hand',
    object: null,
    supplies: ['contact', 'company', 'deal', 'task'],
    keys: [
      ...personKeys,
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

/** One trigger of a workflow, as its definition holds it. */
export interface TriggerLike {
  readonly type: TriggerType;
  readonly config?: { readonly field?: string } | undefined;
}

/** What runs can reach and name, whichever of a workflow's triggers started them. */
export interface TriggerReach {
  /** The objects the triggers are about. */
  readonly objects: readonly ObjectName[];
  /** Objects that at least one trigger supplies; a run started by another may miss them. */
  readonly supplies: readonly ObjectName[];
  /** Flat keys of at least one trigger. */
  readonly keys: readonly string[];
  /** Parts of the event that its sender fills as it likes. */
  readonly free: readonly string[];
}

const reachOfObject: Readonly<Record<ObjectName, TriggerType>> = {
  contact: 'contact_created',
  company: 'company_created',
  deal: 'deal_updated',
  task: 'task_created',
};

/** The object a trigger is about; null when any record may start it, or none. */
export function triggerObject({ type, config }: TriggerLike): ObjectName | null {
  if (type !== 'date_reached') return triggerDescriptor(type).object;
  const name = config?.field?.split('.')[0] ?? '';
  return isObjectName(name) ? name : null;
}

function reachOf(trigger: TriggerLike): TriggerReach {
  const descriptor: TriggerDescriptor = triggerDescriptor(trigger.type);
  const object = triggerObject(trigger);
  const objects = object === null ? [] : [object];
  if (trigger.type !== 'date_reached' || object === null) {
    const { supplies, keys, free = [] } = descriptor;
    return { objects, supplies, keys, free };
  }
  const { supplies, keys } = triggerDescriptor(reachOfObject[object]);
  return { objects, supplies, keys: [...keys, dueKey], free: [] };
}

/** What the triggers of a workflow give between them. */
export function triggerReach(triggers: readonly TriggerLike[]): TriggerReach {
  const [first, ...further] = triggers.map(reachOf);
  if (!first) return { objects: [], supplies: [], keys: [], free: [] };
  if (further.length === 0) return first;
  const all = [first, ...further];
  return {
    objects: [...new Set(all.flatMap(({ objects }) => objects))],
    supplies: [...new Set(all.flatMap(({ supplies }) => supplies))],
    keys: [...new Set(all.flatMap(({ keys }) => keys))],
    free: [...new Set(all.flatMap(({ free }) => free))],
  };
}
