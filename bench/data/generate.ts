import type Database from 'better-sqlite3';
import { errands, firstNames, jobTitles, lastNames, subjects, trades } from './names.ts';

export interface Amounts {
  readonly companies: number;
  readonly contacts: number;
  readonly deals: number;
  readonly activities: number;
}

/** What a business with so many contacts has beside them. */
export function amountsFor(contacts: number): Amounts {
  return {
    contacts,
    companies: Math.ceil(contacts / 5),
    deals: Math.ceil(contacts / 4),
    activities: contacts,
  };
}

const kinds = { company: 1, contact: 2, deal: 3, activity: 4 } as const;

/** Everything was made within the year before this moment, so that the same amounts make the same rows for ever. */
const end = Date.UTC(2026, 0, 1);
const yearMs = 365 * 86_400_000;

const rowsACommit = 20_000;

/** A UUIDv7 that says which row it is of, in the order of their making. */
export function idOf(kind: number, index: number, ms: number): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0');
  const counter = index.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind.toString(16).padStart(3, '0')}-8000-${counter}`;
}

/** Spreads whole numbers evenly, without any of their order: the same number gives the same place each time. */
function scatter(index: number, salt: number): number {
  let mixed = Math.imul(index ^ (index >>> 16) ^ salt, 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function pick<T>(list: readonly T[], index: number, salt: number): T {
  const item = list[scatter(index, salt) % list.length];
  if (item === undefined) throw new Error('There is nothing to pick from');
  return item;
}

/**
 * Fills a file with made-up records, the same for the same amounts: rows alone, as if they had been there for ever, so
 * no workflow runs on them and there is nothing to undo.
 *
 * @param sqlite a file with its user and its stages, and no records
 * @param onProgress told the rows written so far
 */
export function generateRecords(
  sqlite: Database.Database,
  amounts: Amounts,
  onProgress: (rows: number) => void = () => undefined,
): void {
  const owner = sqlite.prepare<[], string>('SELECT id FROM users ORDER BY seq').pluck().get();
  const stages = sqlite.prepare<[], string>('SELECT id FROM stages ORDER BY seq').pluck().all();
  if (owner === undefined || stages.length === 0)
    throw new Error('The file has no user or no stages');
  let written = 0;
  const fill = (count: number, insert: (index: number, at: string, ms: number) => void): void => {
    for (let from = 0; from < count; from += rowsACommit) {
      const to = Math.min(count, from + rowsACommit);
      sqlite.exec('BEGIN IMMEDIATE');
      for (let index = from; index < to; index += 1) {
        const ms = end - yearMs + Math.floor((index / count) * yearMs);
        insert(index, new Date(ms).toISOString(), ms);
      }
      sqlite.exec('COMMIT');
      written += to - from;
      onProgress(written);
    }
  };
  const idAt = (kind: keyof typeof kinds, count: number, index: number): string =>
    idOf(kinds[kind], index, end - yearMs + Math.floor((index / count) * yearMs));
  /** The id of any record of a kind; null where there is none. */
  const anyOf = (
    kind: keyof typeof kinds,
    count: number,
    index: number,
    salt: number,
  ): string | null => (count === 0 ? null : idAt(kind, count, scatter(index, salt) % count));

  const company = sqlite.prepare(
    'INSERT INTO companies (id, name, domain, owner_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  fill(amounts.companies, (index, at, ms) => {
    const name = `${pick(lastNames, index, 1)} ${pick(trades, index, 2)} ${index}`;
    company.run(idOf(kinds.company, index, ms), name, `company-${index}.example`, owner, at, at);
  });

  const contact = sqlite.prepare(
    `INSERT INTO contacts (id, first_name, last_name, email, phone, job_title, company_id, owner_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  fill(amounts.contacts, (index, at, ms) => {
    const first = pick(firstNames, index, 3);
    const last = pick(lastNames, index, 4);
    contact.run(
      idOf(kinds.contact, index, ms),
      first,
      last,
      `${first}.${last}.${index}@example.com`.toLowerCase(),
      `+49 30 ${String(scatter(index, 5) % 10_000_000).padStart(7, '0')}`,
      pick(jobTitles, index, 6),
      anyOf('company', amounts.companies, index, 7),
      owner,
      at,
      at,
    );
  });

  const deal = sqlite.prepare(
    `INSERT INTO deals (id, title, value_minor, currency, stage_id, contact_id, company_id, owner_id, created_at, updated_at)
     VALUES (?, ?, ?, 'EUR', ?, ?, ?, ?, ?, ?)`,
  );
  fill(amounts.deals, (index, at, ms) => {
    deal.run(
      idOf(kinds.deal, index, ms),
      `${pick(subjects, index, 8)} ${index}`,
      100 * (100 + (scatter(index, 9) % 50_000)),
      pick(stages, index, 10),
      anyOf('contact', amounts.contacts, index, 11),
      anyOf('company', amounts.companies, index, 12),
      owner,
      at,
      at,
    );
  });

  const activity = sqlite.prepare(
    `INSERT INTO activities (id, type, title, due_at, completed_at, contact_id, deal_id, owner_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  fill(amounts.activities, (index, at, ms) => {
    const due = new Date(ms + (1 + (scatter(index, 13) % 14)) * 86_400_000).toISOString();
    activity.run(
      idOf(kinds.activity, index, ms),
      pick(['task', 'task', 'call', 'meeting'], index, 14),
      pick(errands, index, 15),
      due,
      // One in twenty is still to be done.
      scatter(index, 16) % 20 === 0 ? null : due,
      anyOf('contact', amounts.contacts, index, 17),
      index % 3 === 0 ? anyOf('deal', amounts.deals, index, 18) : null,
      owner,
      at,
      at,
    );
  });
}
