import { type EmailAddress, foldAddress } from '../../shared/model/email-address.ts';
import type { RecordReference } from '../../shared/model/objects.ts';
import type { Reader } from '../db/handle.ts';

/** Addresses of contacts that want no more mail, as they are written in the list. */
export function unsubscribedAmong(db: Reader, list: readonly EmailAddress[]): string[] {
  const gone = list.filter(
    ({ address }) =>
      db.get(
        `SELECT 1 FROM contacts WHERE unsubscribed_at IS NOT NULL AND lower(email) = lower(?) AND deleted_at IS NULL`,
        address,
      ) !== undefined,
  );
  return [...new Set(gone.map(({ address }) => address))];
}

/**
 * The contact a mail goes to: that of the run when the address is theirs, else the newest with the address.
 *
 * @param preferred id of the run's contact
 */
export function contactOfAddress(
  db: Reader,
  address: string,
  preferred: string | null,
): string | null {
  const isTheirs = (id: string): boolean =>
    db.get(
      'SELECT 1 FROM contacts WHERE id = ? AND lower(email) = lower(?) AND deleted_at IS NULL',
      id,
      address,
    ) !== undefined;
  if (preferred !== null && isTheirs(preferred)) return preferred;
  // As it is written in the mail, or in lower case: the index finds no other spelling.
  const row = db.get<{ id: string }>(
    'SELECT id FROM contacts WHERE email IN (?, ?) AND deleted_at IS NULL ORDER BY seq DESC LIMIT 1',
    address,
    foldAddress(address),
  );
  return row?.id ?? null;
}

/** The contact, deal and company a run's record leads to, for the timeline. */
export function linksOf(
  db: Reader,
  record: RecordReference | null,
): { contact_id: string | null; deal_id: string | null; company_id: string | null } {
  const nothing = { contact_id: null, deal_id: null, company_id: null };
  if (!record) return nothing;
  const { object, id } = record;
  const found = db.get<{
    contact_id: string | null;
    deal_id: string | null;
    company_id: string | null;
  }>(
    {
      contact:
        'SELECT id AS contact_id, NULL AS deal_id, company_id FROM contacts WHERE id = ? AND deleted_at IS NULL',
      company:
        'SELECT NULL AS contact_id, NULL AS deal_id, id AS company_id FROM companies WHERE id = ? AND deleted_at IS NULL',
      deal: 'SELECT contact_id, id AS deal_id, company_id FROM deals WHERE id = ? AND deleted_at IS NULL',
      task: 'SELECT contact_id, deal_id, company_id FROM activities WHERE id = ? AND deleted_at IS NULL',
    }[object],
    id,
  );
  return found ?? nothing;
}
