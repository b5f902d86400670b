import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';

/** What a person calls a record, as an expression over its table `r`. */
export const recordNameSql = {
  contact: "trim(r.first_name || ' ' || coalesce(r.last_name, ''))",
  company: 'r.name',
  deal: 'r.title',
  task: 'r.title',
} as const satisfies Record<ObjectName, string>;

const tables = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  task: 'activities',
} as const satisfies Record<ObjectName, string>;

/** What a person calls a record, also one in the bin; null when there is none. */
export function recordName(db: Reader, { object, id }: RecordReference): string | null {
  const sql = `SELECT ${recordNameSql[object]} AS name FROM ${tables[object]} r WHERE r.id = ?`;
  return db.get<{ name: string }>(sql, id)?.name ?? null;
}
