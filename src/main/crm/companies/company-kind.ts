import type { Company } from '../../../shared/model/fields/registry.ts';
import { plainColumns } from '../records/column-values.ts';
import { readTagNames, tagsColumn } from '../tags/tag-store.ts';
import { defineRecordKind, type Row } from '../records/record-kind.ts';

interface CompanyRow {
  id: string;
  name: string;
  domain: string | null;
  phone: string | null;
  address: string | null;
  owner_id: string;
  tags: string | null;
  created_at: string;
  updated_at: string;
}

function toDto(stored: Row): Company {
  // The select below reads exactly these columns.
  const row = stored as unknown as CompanyRow;
  const { id, name, domain, phone, address, owner_id, created_at, updated_at } = row;
  return {
    id,
    name,
    domain,
    phone,
    address,
    tags: readTagNames(row.tags),
    owner_id,
    created_at,
    updated_at,
  };
}

export const companyKind = defineRecordKind<'company'>({
  object: 'company',
  table: 'companies',
  noun: 'company',
  columns: ['name', 'domain', 'phone', 'address', 'owner_id'],
  select: `SELECT r.*, ${tagsColumn} FROM companies r`,
  expressions: {},
  fieldOfColumn: {},
  together: [],
  searched: ['r.name', 'r.domain'],
  toDto,
  toColumns: (db, input) => plainColumns(db, 'company', input),
  eventKeys: (company) => ({
    company_id: company.id,
    company_name: company.name,
    owner_id: company.owner_id,
  }),
  createdEvent: 'company_created',
  updatedEvent: 'company_updated',
  deletedEvent: 'company_deleted',
  restoredEvent: 'company_restored',
  furtherEvents: () => [],
});
