import type Database from 'better-sqlite3';
import type {
  Actor,
  CauseLink,
  EventData,
  EventType,
} from '../../src/shared/events/event-types.ts';

export interface EventRow {
  readonly type: EventType;
  readonly object: string | null;
  readonly record_id: string | null;
  readonly data: EventData;
  readonly actor: Actor;
  readonly chain: readonly CauseLink[];
  readonly dispatched_at: string | null;
  readonly dispatch_error: string | null;
}

/** The events on file, oldest first. */
export function storedEvents(sqlite: Database.Database): EventRow[] {
  const rows = sqlite.prepare('SELECT * FROM events ORDER BY seq').all() as (Omit<
    EventRow,
    'data' | 'actor' | 'chain'
  > & { data: string; actor: string; chain: string | null })[];
  return rows.map((row) => ({
    ...row,
    data: JSON.parse(row.data) as EventData,
    actor: JSON.parse(row.actor) as Actor,
    chain: row.chain === null ? [] : (JSON.parse(row.chain) as CauseLink[]),
  }));
}

export interface JournalRow {
  readonly object: string;
  readonly record_id: string;
  readonly operation: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly actor: Actor;
}

/** The change journal on file, oldest first. */
export function storedJournal(sqlite: Database.Database): JournalRow[] {
  const parse = (text: string | null): Record<string, unknown> | null =>
    text === null ? null : (JSON.parse(text) as Record<string, unknown>);
  const rows = sqlite
    .prepare('SELECT object, record_id, operation, before, after, actor FROM journal ORDER BY seq')
    .all() as (Omit<JournalRow, 'before' | 'after' | 'actor'> & {
    before: string | null;
    after: string | null;
    actor: string;
  })[];
  return rows.map((row) => ({
    ...row,
    before: parse(row.before),
    after: parse(row.after),
    actor: JSON.parse(row.actor) as Actor,
  }));
}
