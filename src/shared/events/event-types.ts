/** Facts about records, past tense. A trigger type is the event type it listens to. */
export const eventTypes = [
  'contact_created',
  'contact_updated',
  'contact_deleted',
  'contact_restored',
  'company_created',
  'company_updated',
  'company_deleted',
  'company_restored',
  'deal_created',
  'deal_updated',
  'deal_stage_changed',
  'deal_won',
  'deal_lost',
  'deal_deleted',
  'deal_restored',
  'task_created',
  'task_updated',
  'task_completed',
  'task_deleted',
  'task_restored',
  'note_created',
  'note_updated',
  'note_deleted',
  'note_restored',
  'tag_added',
  'tag_removed',
  'email_sent',
  'email_failed',
  'email_replied',
  'workflow_failed',
  'date_reached',
  'task_overdue',
  'schedule',
  'webhook_received',
  'manual',
] as const;

/** Events that time alone brings about: each is meant for one trigger of one workflow. */
export const timedEventTypes = ['date_reached', 'task_overdue', 'schedule'] as const;
export type TimedEventType = (typeof timedEventTypes)[number];

/** The events a run may wait for: those of its records, which nobody means for one workflow alone. */
export const awaitedEventTypes = eventTypes.filter(
  (type) => type !== 'manual' && !timedEventTypes.some((timed) => timed === type),
);

export type EventType = (typeof eventTypes)[number];

/** Who made a change. A run's changes name the execution, so that the history can lead back to it. */
export type Actor =
  | { readonly kind: 'user' }
  | { readonly kind: 'api' }
  | { readonly kind: 'sql' }
  | { readonly kind: 'sample_data' }
  /** Undo or redo of what a user did. Nothing starts because of it. */
  | { readonly kind: 'undo'; readonly action_id: string }
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
  /** The one trigger of the one workflow the event is meant for; absent: for all that listen. */
  readonly target?: { readonly workflow_id: string; readonly trigger_index: number };
  /** A `manual` event that takes in a record because it matched when the workflow was switched on. */
  readonly enrolled?: true;
  /** False: it starts no workflow, because whoever wrote it asked so. It ends and moves waits all the same. */
  readonly starts?: false;
  /** What an inbound hook was called with. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
