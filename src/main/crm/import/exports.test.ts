import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFile } from '../../../../tests/support/import-file.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';

function fixture(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'fixtures', name));
}

test.each([
  ['google-contacts.csv', ['friends']],
  ['outlook.csv', ['friends']],
  ['hubspot-contacts.csv', []],
  ['pipedrive-people.csv', ['friends']],
  ['apple-contacts.vcf', ['friends']],
])('%s maps without hand work', async (name, tags) => {
  const core = createTestCore();
  const { state, analysis } = await importFile(core, name, fixture(name));
  expect(state).toMatchObject({ outcome: 'imported', counts: { refused: 0, links_created: 1 } });
  expect(analysis.plan).toMatchObject({ object: 'contact', match_on: ['email'] });
  const { items: contacts } = await core.client.contacts.list({ q: 'berg' });
  const { items: companies } = await core.client.companies.list();
  expect(companies.map((company) => company.name)).toEqual(['Example Ltd']);
  expect(contacts).toMatchObject([
    {
      first_name: 'Anna',
      last_name: 'Berg',
      email: 'anna@example.org',
      company_id: companies[0]?.id,
      tags,
    },
  ]);
  expect(contacts[0]?.phone).toMatch(/^\+49/);
  if (!name.startsWith('pipedrive')) expect(contacts[0]?.job_title).toBe('Head of Sales');
  // What has no field of its own is in the note.
  const { items: notes } = await core.client.notes.list({ record_id: contacts[0]?.id });
  if (name !== 'hubspot-contacts.csv') expect(notes).toHaveLength(1);
  if (/google|apple|pipedrive/.test(name)) expect(notes[0]?.text).toContain('berg@example.org');
  if (/google|apple|outlook/.test(name)) expect(notes[0]?.text).toContain('Met at the fair');
});

test.each(['hubspot-deals.csv', 'pipedrive-deals.csv'])(
  '%s maps without hand work',
  async (name) => {
    const core = createTestCore();
    const { state } = await importFile(core, name, fixture(name));
    expect(state).toMatchObject({ outcome: 'imported', counts: { refused: 0 } });
    const { items: deals } = await core.client.deals.list();
    const { items: companies } = await core.client.companies.list();
    const { items: contacts } = await core.client.contacts.list();
    expect(deals.find((deal) => deal.title === 'New roof')).toMatchObject({
      value: 12_500,
      status: 'open',
      expected_close_date: '2026-05-31',
      company_id: companies[0]?.id,
      contact_id: contacts[0]?.id,
    });
    expect([companies.length, contacts.length]).toEqual([1, 1]);
    expect(contacts[0]?.name).toBe('Anna Berg');
    if (name.startsWith('hubspot'))
      expect(deals.find((deal) => deal.title === 'Old roof')).toMatchObject({
        stage: 'won',
        value: 900.5,
      });
  },
);
