import type { JournalObject } from '../../shared/model/objects.ts';
import type { Writer } from '../db/handle.ts';

/** `restore`: taken out of the bin again. */
export type JournalOperation = 'create' | 'update' | 'delete' | 'restore';

export interface JournalEntry {
  readonly object: JournalObject;
  readonly record_id: string;
  readonly operation: JournalOperation;
  /** Columns as they were; null for a new record. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** Columns as they are now; null for a deleted record. */
  readonly after: Readonly<Record<string, unknown>> | null;
}

/**
 * Keeps what a write replaced, so that it can be shown and taken back.
 *
 * @param actor as JSON
 * @param actionSeq the user's action the write belongs to; null for what nobody did by hand
 */
export function appendJournal(
  db: Writer,
  entry: JournalEntry,
  actor: string,
  at: string,
  actionSeq: number | null,
): void {
  db.run(
    'INSERT INTO journal (object, record_id, operation, before, after, actor, at, action_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    entry.object,
    entry.record_id,
    entry.operation,
    entry.before === null ? null : JSON.stringify(entry.before),
    entry.after === null ? null : JSON.stringify(entry.after),
    actor,
    at,
    actionSeq,
  );
}
