import type { ContactLink } from '../../../shared/contract/contact-links.ts';
import type { Reader } from '../../db/handle.ts';
import { recordNameSql } from '../records/record-name.ts';

export interface LinkRow {
  readonly id: string;
  readonly contact_id: string;
  readonly company_id: string | null;
  readonly deal_id: string | null;
  readonly role: string | null;
}

export type LinkEnd = 'contact_id' | 'company_id' | 'deal_id';

interface ListedRow {
  readonly id: string | null;
  readonly contact_id: string;
  readonly contact_name: string;
  readonly company_id: string | null;
  readonly deal_id: string | null;
  readonly linked_name: string;
  readonly role: string | null;
  readonly is_primary: 0 | 1;
}

const contactName = recordNameSql.contact.replaceAll(/\br\./g, 'c.');

/** Links of both sorts: those of the table, and the primary ones that are in no row of it. */
const all = `
  SELECT l.id, l.contact_id, ${contactName} AS contact_name, l.company_id, l.deal_id,
      coalesce(o.name, d.title) AS linked_name, l.role,
      (l.company_id IS NOT NULL AND c.company_id IS l.company_id)
        OR (l.deal_id IS NOT NULL AND d.contact_id IS l.contact_id) AS is_primary
    FROM contact_links l JOIN contacts c ON c.id = l.contact_id
    LEFT JOIN companies o ON o.id = l.company_id LEFT JOIN deals d ON d.id = l.deal_id
    WHERE c.deleted_at IS NULL AND o.deleted_at IS NULL AND d.deleted_at IS NULL AND l.$end = ?
  UNION ALL
  SELECT NULL, c.id, ${contactName}, o.id, NULL, o.name, NULL, 1
    FROM contacts c JOIN companies o ON o.id = c.company_id
    WHERE c.deleted_at IS NULL AND o.deleted_at IS NULL AND $company
      AND NOT EXISTS (SELECT 1 FROM contact_links l WHERE l.contact_id = c.id AND l.company_id = o.id)
  UNION ALL
  SELECT NULL, c.id, ${contactName}, NULL, d.id, d.title, NULL, 1
    FROM deals d JOIN contacts c ON c.id = d.contact_id
    WHERE c.deleted_at IS NULL AND d.deleted_at IS NULL AND $deal
      AND NOT EXISTS (SELECT 1 FROM contact_links l WHERE l.contact_id = c.id AND l.deal_id = d.id)
  ORDER BY is_primary DESC, linked_name COLLATE NOCASE, contact_name COLLATE NOCASE LIMIT 200`;

/** What makes a primary link one of the record asked about. */
const ends: Readonly<Record<LinkEnd, { readonly company: string; readonly deal: string }>> = {
  contact_id: { company: 'c.id = ?', deal: 'c.id = ?' },
  company_id: { company: 'o.id = ?', deal: '0' },
  deal_id: { company: '0', deal: 'd.id = ?' },
};

/** The links of a record that lead to records that are not in the bin, the primary ones first. */
export function listLinks(db: Reader, end: LinkEnd, id: string): ContactLink[] {
  const sql = all
    .replace('$end', end)
    .replace('$company', ends[end].company)
    .replace('$deal', ends[end].deal);
  const asked = [...sql.matchAll(/\?/g)].map(() => id);
  return db
    .all<ListedRow>(sql, ...asked)
    .map((row) => ({ ...row, is_primary: row.is_primary === 1 }));
}

export function findLink(db: Reader, id: string): LinkRow | undefined {
  return db.get<LinkRow>(
    'SELECT id, contact_id, company_id, deal_id, role FROM contact_links WHERE id = ?',
    id,
  );
}

/** The rows that lead to a record, also those whose other end is in the bin. */
export function linkIdsOf(db: Reader, end: LinkEnd, id: string): string[] {
  return db
    .all<{ id: string }>(`SELECT id FROM contact_links WHERE ${end} = ? ORDER BY seq`, id)
    .map((row) => row.id);
}

/** How many links a record has beside the primary ones. */
export function countFurtherLinks(db: Reader, end: LinkEnd, id: string): number {
  const row = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM contact_links l JOIN contacts c ON c.id = l.contact_id
       LEFT JOIN companies o ON o.id = l.company_id LEFT JOIN deals d ON d.id = l.deal_id
       WHERE l.${end} = ? AND c.deleted_at IS NULL AND o.deleted_at IS NULL AND d.deleted_at IS NULL
         AND (l.company_id IS NULL OR c.company_id IS NOT l.company_id)
         AND (l.deal_id IS NULL OR d.contact_id IS NOT l.contact_id)`,
    id,
  );
  return row?.count ?? 0;
}

/** The row of a pair; a pair has one at most. */
export function findPair(
  db: Reader,
  contactId: string,
  companyId: string | null,
  dealId: string | null,
): LinkRow | undefined {
  return db.get<LinkRow>(
    `SELECT id, contact_id, company_id, deal_id, role FROM contact_links
       WHERE contact_id = ? AND company_id IS ? AND deal_id IS ?`,
    contactId,
    companyId,
    dealId,
  );
}
