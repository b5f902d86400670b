import type { ApiClient } from '../../src/shared/contract/index.ts';
import type { ViewListInput } from '../../src/shared/contract/views.ts';
import type { Reader } from '../../src/main/db/handle.ts';

export interface Measure {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly call: (client: Pick<ApiClient, 'search' | 'views'>, input: string) => Promise<unknown>;
  /** The least that plain SQL needs for the same answer. */
  readonly sql: (db: Reader, input: string) => unknown;
  /** Milliseconds. */
  readonly limits: { readonly p95: number; readonly p99?: number };
}

const names = [
  'anna bergschmidt',
  'müge schm',
  'schmidthof',
  'zoe waldmann',
  'jonas mülberg',
  'xenia fontaine',
  'rosa',
  'website rel',
  'mannstein gmbh',
  'example',
  'clara b',
];

/** What is in the field after each key. */
const typed = names.flatMap((name) =>
  Array.from({ length: name.length }, (_, index) => name.slice(0, index + 1)),
);

const nearMisses = [
  'schmitdhof',
  'anan bergschmidt',
  'wbsite',
  'clra waldberg',
  'solar training',
  'renewal',
];

const floorIndexes = ['contact_search', 'company_search', 'deal_search'];

function match(text: string): string {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => `"${word}"*`)
    .join(' AND ');
}

type View = Omit<ViewListInput, 'limit' | 'cursor'>;

function view(name: string, limit: number, input: View, sql: string): Measure {
  return {
    name,
    inputs: Array.from({ length: 20 }, (_, index) => String(index)),
    call: (client) => client.views.query({ ...input, limit: 50 }),
    sql: (db) => db.all(sql),
    limits: { p95: limit },
  };
}

const rule = (field: string, operator: string, value: unknown) => ({
  combinator: 'and',
  rules: [{ field, operator, value }],
});

const indexed = 50;
const any = 500;

export const measures: readonly Measure[] = [
  {
    name: 'names as one types',
    inputs: typed,
    call: (client, q) => client.search.names({ q }),
    sql: (db, q) =>
      floorIndexes.map((index) =>
        db.all(
          `SELECT rowid FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid DESC LIMIT 60`,
          match(q),
        ),
      ),
    limits: { p95: 15, p99: 40 },
  },
  {
    name: 'texts and near misses',
    inputs: nearMisses,
    call: (client, q) => client.search.further({ q }),
    sql: (db, q) =>
      db.all(
        'SELECT rowid FROM activity_search WHERE activity_search MATCH ? ORDER BY rowid DESC LIMIT 6',
        match(q),
      ),
    limits: { p95: 100 },
  },
  view(
    'contacts, newest first',
    indexed,
    { object: 'contact' },
    'SELECT * FROM contacts WHERE deleted_at IS NULL ORDER BY seq DESC LIMIT 50',
  ),
  view(
    'contacts by name',
    indexed,
    { object: 'contact', sort: { field: 'name', direction: 'asc' } },
    `SELECT * FROM contacts WHERE deleted_at IS NULL ORDER BY
       (CASE WHEN last_name IS NULL THEN first_name ELSE first_name || ' ' || last_name END) COLLATE NOCASE LIMIT 50`,
  ),
  view(
    'open tasks by due date',
    indexed,
    {
      object: 'task',
      sort: { field: 'due_at', direction: 'asc' },
      conditions: rule('task.completed_at', 'null', null),
    },
    'SELECT * FROM activities WHERE deleted_at IS NULL AND completed_at IS NULL AND due_at IS NOT NULL ORDER BY due_at LIMIT 50',
  ),
  view(
    'deals in proposal',
    indexed,
    { object: 'deal', conditions: rule('deal.stage', '=', 'proposal') },
    "SELECT * FROM deals WHERE deleted_at IS NULL AND stage_id = (SELECT id FROM stages WHERE slug = 'proposal') ORDER BY seq DESC LIMIT 50",
  ),
  view(
    'deals closing in a month',
    indexed,
    {
      object: 'deal',
      sort: { field: 'expected_close_date', direction: 'asc' },
      conditions: rule('deal.expected_close_date', 'between', ['2025-03-01', '2025-03-31']),
    },
    "SELECT * FROM deals WHERE deleted_at IS NULL AND expected_close_date BETWEEN '2025-03-01' AND '2025-03-31' ORDER BY expected_close_date LIMIT 50",
  ),
  view(
    'contacts by job title',
    any,
    { object: 'contact', sort: { field: 'job_title', direction: 'asc' } },
    'SELECT * FROM contacts WHERE deleted_at IS NULL ORDER BY job_title COLLATE NOCASE LIMIT 50',
  ),
  view(
    'contacts by company',
    any,
    { object: 'contact', sort: { field: 'company_id', direction: 'asc' } },
    'SELECT r.* FROM companies k CROSS JOIN contacts r ON r.company_id = k.id WHERE r.deleted_at IS NULL AND k.deleted_at IS NULL ORDER BY k.name COLLATE NOCASE LIMIT 50',
  ),
  view(
    'contacts whose name contains what none has',
    any,
    { object: 'contact', conditions: rule('contact.name', 'contains', 'qqq') },
    "SELECT * FROM contacts WHERE deleted_at IS NULL AND first_name || ' ' || coalesce(last_name, '') LIKE '%qqq%' LIMIT 50",
  ),
  view(
    'contacts whose last name contains what none has',
    any,
    { object: 'contact', conditions: rule('contact.last_name', 'contains', 'qqq') },
    "SELECT * FROM contacts WHERE deleted_at IS NULL AND last_name LIKE '%qqq%' LIMIT 50",
  ),
  view(
    'contacts of a company by a name none has',
    any,
    { object: 'contact', conditions: rule('company.name', 'contains', 'qqq') },
    "SELECT * FROM contacts WHERE deleted_at IS NULL AND company_id IN (SELECT id FROM companies WHERE name LIKE '%qqq%') LIMIT 50",
  ),
  view(
    'deals by value',
    any,
    { object: 'deal', sort: { field: 'value', direction: 'desc' } },
    'SELECT * FROM deals WHERE deleted_at IS NULL ORDER BY value_minor DESC LIMIT 50',
  ),
];
