import type { ContactLink } from '../../../shared/contract/contact-links.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, notFound, UserError } from '../../errors.ts';
import { deleteRow, insertRow, writeRow } from '../../journal/journaled-rows.ts';
import { recordKinds } from '../records/kinds.ts';
import { findRecord, updateRecord } from '../records/record-store.ts';
import { findLink, findPair, type LinkEnd, type LinkRow, listLinks } from './contact-link-store.ts';

export interface LinkInput {
  readonly contact_id: string;
  readonly company_id?: string | undefined;
  readonly deal_id?: string | undefined;
  readonly role?: string | null | undefined;
}

/** @throws UserError naming what is missing or in the bin; `conflict` when the two are linked already */
export function createLink(unit: UnitOfWork, input: LinkInput): ContactLink {
  const { db } = unit;
  const { contact_id: contactId, company_id: companyId, deal_id: dealId } = input;
  if ((companyId === undefined) === (dealId === undefined))
    throw invalid('company_id', 'Give either company_id or deal_id, and not both.');
  refuseMissing(db, 'contact', contactId);
  if (companyId !== undefined) refuseMissing(db, 'company', companyId);
  if (dealId !== undefined) refuseMissing(db, 'deal', dealId);
  if (findPair(db, contactId, companyId ?? null, dealId ?? null))
    throw new UserError('conflict', 'The two are linked already. Change the role of that link.');
  const id = addRow(unit, contactId, companyId ?? null, dealId ?? null, input.role || null);
  return linkOf(db, id);
}

/** @throws UserError `not_found` */
export function updateLink(
  unit: UnitOfWork,
  id: string,
  patch: { readonly role?: string | null | undefined; readonly is_primary?: true | undefined },
): ContactLink {
  const link = getLink(unit.db, id);
  if (patch.role !== undefined) writeRow(unit, 'contact_link', id, { role: patch.role || null });
  if (patch.is_primary) makePrimary(unit, link);
  return linkOf(unit.db, id);
}

/** @throws UserError `not_found` */
export function removeLink(unit: UnitOfWork, id: string): void {
  getLink(unit.db, id);
  deleteRow(unit, 'contact_link', id);
}

/**
 * Leads a link to another record at one of its ends. Where those two are linked already, that link stays and takes the
 * role if it has none.
 */
export function moveLink(unit: UnitOfWork, link: LinkRow, end: LinkEnd, to: string): void {
  const moved = { ...link, [end]: to };
  const kept = findPair(unit.db, moved.contact_id, moved.company_id, moved.deal_id);
  if (!kept) {
    writeRow(unit, 'contact_link', link.id, { [end]: to });
    return;
  }
  if (kept.role === null) writeRow(unit, 'contact_link', kept.id, { role: link.role });
  deleteRow(unit, 'contact_link', link.id);
}

/** The one that was primary so far stays linked. */
function makePrimary(unit: UnitOfWork, link: LinkRow): void {
  const { db } = unit;
  const { contact_id: contactId, company_id: companyId, deal_id: dealId } = link;
  if (companyId !== null) {
    const before = findRecord(db, recordKinds.contact, contactId)?.company_id ?? null;
    if (before !== null && before !== companyId && !findPair(db, contactId, before, null))
      addRow(unit, contactId, before, null, null);
    updateRecord(unit, recordKinds.contact, contactId, { company_id: companyId });
  }
  if (dealId !== null) {
    const before = findRecord(db, recordKinds.deal, dealId)?.contact_id ?? null;
    if (before !== null && before !== contactId && !findPair(db, before, null, dealId))
      addRow(unit, before, null, dealId, null);
    updateRecord(unit, recordKinds.deal, dealId, { contact_id: contactId });
  }
}

function addRow(
  unit: UnitOfWork,
  contactId: string,
  companyId: string | null,
  dealId: string | null,
  role: string | null,
): string {
  const id = unit.ids.next();
  const row = { contact_id: contactId, company_id: companyId, deal_id: dealId, role };
  insertRow(unit, 'contact_link', id, row);
  return id;
}

function getLink(db: Reader, id: string): LinkRow {
  const link = findLink(db, id);
  if (!link) throw notFound('contact link', id);
  return link;
}

function linkOf(db: Reader, id: string): ContactLink {
  const { contact_id: contactId } = getLink(db, id);
  const link = listLinks(db, 'contact_id', contactId).find((one) => one.id === id);
  if (!link) throw notFound('contact link', id);
  return link;
}

function refuseMissing(db: Reader, object: 'contact' | 'company' | 'deal', id: string): void {
  const { table } = recordKinds[object];
  if (!db.get(`SELECT 1 FROM ${table} WHERE id = ? AND deleted_at IS NULL`, id))
    throw invalid(`${object}_id`, `${object}_id: there is no ${object} with the id "${id}".`);
}
