import type { Contact } from '../../../shared/model/fields/registry.ts';
import { plainColumns } from '../records/column-values.ts';
import { readTagNames, tagsColumn } from '../tags/tag-store.ts';
import { defineRecordKind, type Row } from '../records/record-kind.ts';

interface ContactRow {
  id: string;
  first_name: string;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  job_title: string | null;
  company_id: string | null;
  unsubscribed_at: string | null;
  owner_id: string;
  tags: string | null;
  created_at: string;
  updated_at: string;
}

function toDto(stored: Row): Contact {
  // The select below reads exactly these columns.
  const row = stored as unknown as ContactRow;
  const {
    id,
    first_name,
    last_name,
    email,
    phone,
    job_title,
    company_id,
    unsubscribed_at,
    owner_id,
    created_at,
    updated_at,
  } = row;
  const name = last_name === null ? first_name : `${first_name} ${last_name}`;
  return {
    id,
    first_name,
    last_name,
    name,
    email,
    phone,
    job_title,
    company_id,
    unsubscribed_at,
    tags: readTagNames(row.tags),
    owner_id,
    created_at,
    updated_at,
  };
}

export const contactKind = defineRecordKind<'contact'>({
  object: 'contact',
  table: 'contacts',
  noun: 'contact',
  columns: [
    'first_name',
    'last_name',
    'email',
    'phone',
    'job_title',
    'company_id',
    'owner_id',
    'unsubscribed_at',
  ],
  select: `SELECT r.*, ${tagsColumn} FROM contacts r`,
  expressions: {
    name: "CASE WHEN r.last_name IS NULL THEN r.first_name ELSE r.first_name || ' ' || r.last_name END",
  },
  fieldOfColumn: {},
  together: [],
  searched: ["r.first_name || ' ' || coalesce(r.last_name, '')", 'r.email', 'r.phone'],
  toDto,
  toColumns: (db, input) => plainColumns(db, 'contact', input),
  eventKeys: (contact) => ({
    contact_id: contact.id,
    contact_name: contact.name,
    contact_email: contact.email,
    owner_id: contact.owner_id,
    company_id: contact.company_id,
  }),
  createdEvent: 'contact_created',
  updatedEvent: 'contact_updated',
  deletedEvent: 'contact_deleted',
  restoredEvent: 'contact_restored',
  furtherEvents: () => [],
});
