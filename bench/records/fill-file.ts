import type { Connection } from '../../src/main/db/handle.ts';
import { insertFirstRows } from '../../src/main/db/first-rows.ts';
import { UnitOfWork } from '../../src/main/db/unit-of-work.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { systemClock } from '../../hosts/system-clock.ts';

export interface FileSize {
  readonly contacts: number;
  readonly activities: number;
  readonly deals: number;
}

const firstNames =
  'Anna Ben Clara David Eva Felix Greta Hannes Ines Jonas Katrin Lukas Maria Noah Olga Paul Rosa Simon Tina Uwe Vera Wim Xenia Yann Zoë José Müge Søren André Chloé'.split(
    ' ',
  );
const syllables =
  'ber mül schm idt hof mann stein berg wald bach kow ski lar sen gar cia ros si fon taine ler ner bau er feld kamp vog el fisch web'.split(
    ' ',
  );
const words =
  'call offer renewal contract meeting roof solar website relaunch invoice reminder follow up about project visit budget plan review delivery support licence training audit'.split(
    ' ',
  );

/** The same numbers for the same seed, on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

/** Writes straight to the tables, search entries by their triggers, in one transaction: a file as years would leave it. */
export function fillFile(connection: Connection, size: FileSize): void {
  const { sqlite, writer } = connection;
  const random = numbers(20_261_124);
  const pick = <T>(list: readonly T[]): T => {
    const value = list[random(list.length)];
    if (value === undefined) throw new Error('an empty list');
    return value;
  };
  const lastName = (): string => {
    const name = pick(syllables) + pick(syllables) + (random(3) === 0 ? pick(syllables) : '');
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
  const text = (length: number): string => Array.from({ length }, () => pick(words)).join(' ');
  const start = Date.parse('2024-01-01T00:00:00Z');
  const at = (minute: number): string => new Date(start + minute * 60_000).toISOString();
  const insert = (table: string, columns: readonly string[]) =>
    sqlite.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );

  sqlite.pragma('synchronous = OFF');
  sqlite.exec('BEGIN');
  insertFirstRows(
    new UnitOfWork(writer, systemClock, uuidIds, { actor: { kind: 'user' }, chain: [] }),
  );
  const owner = String(sqlite.prepare('SELECT id FROM users').pluck().get());
  const stages = sqlite.prepare('SELECT id FROM stages ORDER BY position').pluck().all();
  const times = ['owner_id', 'created_at', 'updated_at'];

  const company = insert('companies', ['id', 'name', 'domain', ...times]);
  const companies = Array.from({ length: Math.max(1, size.contacts / 20) }, (_, index) => {
    const id = uuidIds.next();
    const name = lastName();
    const domain = `${name.toLowerCase()}${index}.example`;
    company.run(id, `${name} ${pick(['GmbH', 'AG', 'Ltd'])}`, domain, owner, at(index), at(index));
    return id;
  });

  const contact = insert('contacts', [
    'id',
    'first_name',
    'last_name',
    'email',
    'phone',
    'job_title',
    'company_id',
    ...times,
  ]);
  const contacts = Array.from({ length: size.contacts }, (_, index) => {
    const id = uuidIds.next();
    const [first, last] = [pick(firstNames), lastName()];
    const email = `${first}.${last}${index}@example.com`.toLowerCase();
    const phone = `+49 30 ${100_000 + random(900_000)}`;
    const employer = random(3) === 0 ? null : pick(companies);
    contact.run(id, first, last, email, phone, pick(words), employer, owner, at(index), at(index));
    return id;
  });

  const deal = insert('deals', [
    'id',
    'title',
    'value_minor',
    'currency',
    'stage_id',
    'contact_id',
    'company_id',
    'description',
    'expected_close_date',
    ...times,
  ]);
  const deals = Array.from({ length: size.deals }, (_, index) => {
    const id = uuidIds.next();
    const description = random(2) === 0 ? null : text(20);
    const close = at(random(size.contacts)).slice(0, 10);
    const facts = [id, `${text(2)} ${lastName()}`, random(10_000_000), 'EUR', pick(stages)];
    const links = [pick(contacts), pick(companies), description, close];
    deal.run(...facts, ...links, owner, at(index), at(index));
    return id;
  });

  const activity = insert('activities', [
    'id',
    'type',
    'title',
    'description',
    'due_at',
    'completed_at',
    'contact_id',
    'deal_id',
    ...times,
  ]);
  for (let index = 0; index < size.activities; index += 1) {
    const facts = [uuidIds.next(), pick(['task', 'call', 'meeting', 'email'])];
    const texts = [`${text(3)} ${lastName()}`, random(4) === 0 ? text(12) : null];
    const done = random(2) === 0 ? at(index) : null;
    const links = [pick(contacts), random(4) === 0 ? pick(deals) : null];
    activity.run(
      ...facts,
      ...texts,
      at(random(size.activities)),
      done,
      ...links,
      owner,
      at(index),
      at(index),
    );
  }
  sqlite.exec('COMMIT');
}
