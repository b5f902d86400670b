import type { RecordReference } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';

const nameQueries = {
  contact:
    "SELECT trim(first_name || ' ' || coalesce(last_name, '')) AS name FROM contacts WHERE id = ?",
  company: 'SELECT name FROM companies WHERE id = ?',
  deal: 'SELECT title AS name FROM deals WHERE id = ?',
  task: 'SELECT title AS name FROM activities WHERE id = ?',
} as const;

/** What a person calls a record, also one in the bin; null when there is none. */
export function recordName(db: Reader, { object, id }: RecordReference): string | null {
  return db.get<{ name: string }>(nameQueries[object], id)?.name ?? null;
}
