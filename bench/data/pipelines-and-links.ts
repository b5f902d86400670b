import type Database from 'better-sqlite3';
import { idOf } from './generate.ts';

const kinds = { pipeline: 7, stage: 8, link: 9 } as const;
const made = Date.UTC(2025, 0, 1);

const renewalStages = [
  { slug: 'renewal_due', name: 'Due', kind: 'open', probability: 60 },
  { slug: 'renewal_offered', name: 'Offered', kind: 'open', probability: 80 },
  { slug: 'renewed', name: 'Renewed', kind: 'won', probability: 100 },
  { slug: 'not_renewed', name: 'Not renewed', kind: 'lost', probability: 0 },
] as const;

const companyRoles = ['Board member', 'Adviser', 'Former employer', null] as const;
const dealRoles = ['Decides', 'Pays', 'Uses it', 'Introduced us'] as const;

/** A second pipeline beside the one a new file has; before the records, so that deals are spread over both. */
export function insertSecondPipeline(sqlite: Database.Database): void {
  const pipelineId = idOf(kinds.pipeline, 0, made);
  sqlite
    .prepare(
      "INSERT INTO pipelines (id, slug, name, position) VALUES (?, 'renewals', 'Renewals', 1)",
    )
    .run(pipelineId);
  const stage = sqlite.prepare(
    'INSERT INTO stages (id, pipeline_id, slug, name, position, kind, probability) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [position, { slug, name, kind, probability }] of renewalStages.entries()) {
    const id = idOf(kinds.stage, position, made);
    stage.run(id, pipelineId, slug, name, position, kind, probability);
  }
}

/**
 * A second company for one contact in ten and a second person with a role for one deal in four, the same for the same
 * records.
 *
 * @returns how many links that makes
 */
export function linkFurther(sqlite: Database.Database): number {
  const idsOf = (table: 'contacts' | 'companies') =>
    sqlite.prepare<[], string>(`SELECT id FROM ${table} ORDER BY seq`).pluck().all();
  const everyNth = (table: 'contacts' | 'deals', primary: string, nth: number) =>
    sqlite
      .prepare<[number], { id: string; primary_id: string | null }>(
        `SELECT id, ${primary} AS primary_id FROM ${table} WHERE seq % ? = 0 ORDER BY seq`,
      )
      .all(nth);
  const insert = sqlite.prepare(
    'INSERT INTO contact_links (id, contact_id, company_id, deal_id, role) VALUES (?, ?, ?, ?, ?)',
  );
  const companies = idsOf('companies');
  const contacts = idsOf('contacts');
  let count = 0;
  const write = (
    contact: string,
    company: string | null,
    deal: string | null,
    role: string | null,
  ) => {
    insert.run(idOf(kinds.link, count, made), contact, company, deal, role);
    count += 1;
  };
  sqlite.transaction(() => {
    for (const [index, { id, primary_id }] of everyNth('contacts', 'company_id', 10).entries()) {
      const company = anotherOf(companies, index, primary_id);
      if (company !== null) write(id, company, null, inTurn(companyRoles, index));
    }
    for (const [index, { id, primary_id }] of everyNth('deals', 'contact_id', 4).entries()) {
      const contact = anotherOf(contacts, index, primary_id);
      if (contact !== null) write(contact, null, id, inTurn(dealRoles, index));
    }
  })();
  return count;
}

/** One of the ids in turn, but not the one that is there already; null where there is no other. */
function anotherOf(ids: readonly string[], index: number, taken: string | null): string | null {
  const at = (7 * index) % ids.length;
  const id = ids[at] === taken ? ids[(at + 1) % ids.length] : ids[at];
  return id === undefined || id === taken ? null : id;
}

function inTurn<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
}
