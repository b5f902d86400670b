import type { ForEachSource } from '../../../shared/workflow/definition.ts';
import type { Reader } from '../../db/handle.ts';
import type { ReachableRecords } from './run-context.ts';

/** Where the items of a `for_each` are found, oldest first. */
const queries: Readonly<
  Record<ForEachSource, { from: 'contact' | 'company' | 'deal'; sql: string }>
> = {
  'contact.deals': { from: 'contact', sql: 'SELECT id FROM deals WHERE contact_id = ?' },
  'contact.tasks': { from: 'contact', sql: 'SELECT id FROM activities WHERE contact_id = ?' },
  'company.contacts': { from: 'company', sql: 'SELECT id FROM contacts WHERE company_id = ?' },
  'company.deals': { from: 'company', sql: 'SELECT id FROM deals WHERE company_id = ?' },
  'company.tasks': { from: 'company', sql: 'SELECT id FROM activities WHERE company_id = ?' },
  'deal.tasks': { from: 'deal', sql: 'SELECT id FROM activities WHERE deal_id = ?' },
};

/** The ids a `for_each` goes through, fixed when it begins; none when there is no record to start from. */
export function listItems(db: Reader, records: ReachableRecords, over: ForEachSource): string[] {
  const { from, sql } = queries[over];
  const start = records.record(from);
  if (!start) return [];
  return db
    .all<{ id: string }>(`${sql} AND deleted_at IS NULL ORDER BY seq`, start.id)
    .map((row) => row.id);
}
