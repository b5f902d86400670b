/** Facts about records, past tense. A trigger type is the event type it listens to. */
export const eventTypes = [
  'contact_created',
  'contact_updated',
  'contact_deleted',
  'company_created',
  'company_updated',
  'company_deleted',
  'deal_created',
  'deal_updated',
  'deal_stage_changed',
  'deal_won',
  'deal_lost',
  'deal_deleted',
  'task_created',
  'task_updated',
  'task_completed',
  'task_deleted',
  'tag_added',
  'tag_removed',
  'email_sent',
  'email_failed',
  'email_replied',
  'workflow_failed',
  'manual',
] as const;

export type EventType = (typeof eventTypes)[number];

/** Who made a change. A run's changes name the execution, so that the history can lead back to it. */
export type Actor =
  | { readonly kind: 'user' }
  | { readonly kind: 'api' }
  | { readonly kind: 'sql' }
  | { readonly kind: 'sample_data' }
  | { readonly kind: 'workflow'; readonly workflow_id: string; readonly execution_id: string };

/** One workflow run that led to an event; the chain of links is what loop protection reads. */
export interface CauseLink {
  readonly workflow_id: string;
  readonly record_id: string | null;
  readonly execution_id: string;
}

export interface FieldChange {
  readonly old: unknown;
  readonly new: unknown;
}

/** What an event says beside its type: the flat keys templates use, and old and new values of what changed. */
export interface EventData {
  readonly keys: Readonly<Record<string, string | number | null>>;
  readonly changes: Readonly<Record<string, FieldChange>>;
}
