import type { Actor } from '../../shared/events/event-types.ts';
import type { ObjectName } from '../../shared/model/objects.ts';
import type { Writer } from '../db/handle.ts';

export interface JournalEntry {
  readonly object: ObjectName;
  readonly record_id: string;
  readonly operation: 'create' | 'update' | 'delete';
  /** Columns as they were; null for a new record. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** Columns as they are now; null for a deleted record. */
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** Keeps what a write replaced, so that it can be shown and taken back. */
export function appendJournal(db: Writer, entry: JournalEntry, actor: Actor, at: string): void {
  db.run(
    'INSERT INTO journal (object, record_id, operation, before, after, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    entry.object,
    entry.record_id,
    entry.operation,
    entry.before === null ? null : JSON.stringify(entry.before),
    entry.after === null ? null : JSON.stringify(entry.after),
    JSON.stringify(actor),
    at,
  );
}
