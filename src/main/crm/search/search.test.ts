import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { databaseFileName } from '../../db/open-database.ts';
import { oneLetterOff, prefixMatch, searchWords, similarMatch } from './match-text.ts';

async function setUp() {
  const core = createTestCore({ start: false });
  const { client } = core;
  const company = await client.companies.create({
    name: 'Müller & Söhne',
    domain: 'mueller.example',
  });
  const anna = await client.contacts.create({
    first_name: 'Anna',
    last_name: 'Bergström',
    email: 'anna@post.example',
    company_id: company.id,
  });
  const anneli = await client.contacts.create({ first_name: 'Anneli', last_name: 'Anna' });
  const deal = await client.deals.create({
    title: 'Dach für Bergström',
    description: `Die ${'lange '.repeat(30)}Beschreibung mit Photovoltaik und Speicher`,
  });
  const call = await client.activities.create({ type: 'call', title: 'Photovoltaik besprechen' });
  const names = async (q: string) =>
    (await client.search.names({ q })).items.map((hit) => `${hit.object} ${hit.title}`);
  const further = async (q: string) =>
    (await client.search.further({ q })).items.map((hit) => `${hit.found_by} ${hit.title}`);
  return { ...core, company, anna, anneli, deal, call, names, further };
}

describe('names as one types', () => {
  test.each([
    ['a', ['contact Anneli Anna', 'contact Anna Bergström']],
    ['anna', ['contact Anna Bergström', 'contact Anneli Anna']],
    ['bergstrom an', ['contact Anna Bergström']],
    ['BERGSTRÖM', ['contact Anna Bergström', 'deal Dach für Bergström']],
    ['anna@post.ex', ['contact Anna Bergström']],
    ['mull', ['company Müller & Söhne']],
    ['"ann* OR (', []],
    ['berg strom', []],
    [' ', []],
    ['"', []],
  ])('%j finds %j', async (q, found) => {
    const { names } = await setUp();
    expect(await names(q)).toEqual(found);
  });

  test('a hit says which of several Annas it is', async () => {
    const { client } = await setUp();
    const { items } = await client.search.names({ q: 'anna berg' });
    expect(items).toMatchObject([{ detail: 'Müller & Söhne', found_by: 'name' }]);
  });

  test('what is changed or put in the bin is found as it is now', async () => {
    const { client, names, anna, anneli } = await setUp();
    await client.contacts.update({ id: anna.id, last_name: 'Olsson', email: null });
    await client.contacts.remove({ id: anneli.id });
    expect(await names('bergs')).toEqual(['deal Dach für Bergström']);
    expect(await names('ann')).toEqual(['contact Anna Olsson']);
    expect(await names('ols')).toEqual(['contact Anna Olsson']);
  });
});

describe('the second answer', () => {
  test('finds notes by their words, and leads to what they are about', async () => {
    const { client, anna, anneli } = await setUp();
    for (const record of [anna, anneli]) {
      await client.notes.create({
        object: 'contact',
        record_id: record.id,
        body: '<p>Möchte eine <b>Wärmepumpe</b></p>',
      });
    }
    await client.contacts.remove({ id: anneli.id });
    expect((await client.search.further({ q: 'warmep' })).items).toMatchObject([
      {
        object: 'contact',
        id: anna.id,
        title: 'Anna Bergström',
        detail: 'Möchte eine Wärmepumpe',
        found_by: 'text',
      },
    ]);
  });

  test('finds words of texts and activities, with the words around them', async () => {
    const { client } = await setUp();
    const { items } = await client.search.further({ q: 'photov' });
    expect(items).toMatchObject([
      { object: 'task', title: 'Photovoltaik besprechen', found_by: 'text' },
      {
        object: 'deal',
        detail: expect.stringMatching(/^… .*mit Photovoltaik und Speicher$/),
        found_by: 'text',
      },
    ]);
  });

  test.each([
    ['bergstrm', ['similar Anna Bergström', 'similar Dach für Bergström']],
    ['bergtsröm', ['similar Anna Bergström', 'similar Dach für Bergström']],
    ['anna bergstrom', []],
    ['muler', ['similar Müller & Söhne']],
    ['bxrgstrxm', []],
    ['an', []],
  ])('%j forgives a letter: %j', async (q, found) => {
    const { further } = await setUp();
    expect(await further(q)).toEqual(found);
  });
});

test.each([
  ["UPDATE contacts SET last_name = 'Shellmann' WHERE first_name = 'Anna'", 'shellm', 1],
  ["DELETE FROM contacts WHERE first_name = 'Anna'", 'bergstr an', 0],
  [
    "INSERT INTO contacts (id, first_name, owner_id, created_at, updated_at) SELECT 'x', 'Zita', id, '2026', '2026' FROM users",
    'zita',
    1,
  ],
])('the sqlite3 shell: %s', async (sql, q, count) => {
  const { dataDir, names } = await setUp();
  const shell = spawnSync('sqlite3', [join(dataDir, databaseFileName), sql], { encoding: 'utf8' });
  expect(shell.stderr).toBe('');
  expect(await names(q)).toHaveLength(count);
  const check = spawnSync('sqlite3', [
    join(dataDir, databaseFileName),
    "INSERT INTO contact_search (contact_search, rank) VALUES ('integrity-check', 1)",
  ]);
  expect(check.status).toBe(0);
});

test('words are taken apart as the index takes them apart', () => {
  expect(searchWords('O’Neil-Smith, anna_b@x.de')).toEqual([
    'O',
    'Neil',
    'Smith',
    'anna',
    'b',
    'x',
    'de',
  ]);
  expect(prefixMatch('a "b')).toBe('"a"* AND "b"*');
  expect(similarMatch('ab cd')).toBe('');
  const off = oneLetterOff('anna');
  for (const variant of ['nna', 'ana', 'naan', 'aanna', 'annax', 'anno']) {
    expect(off.has(variant), variant).toBe(variant !== 'naan');
  }
  expect(off.has('nana')).toBe(true);
  expect(off.has('anna')).toBe(false);
});
