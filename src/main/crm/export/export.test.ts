import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { importFile } from '../../../../tests/support/import-file.ts';
import { logicalDump } from '../../../../tests/support/logical-dump.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';

/** Collects a file while the clock gives its turns. */
async function textOf(
  { clock }: TestCore,
  parts: Promise<AsyncIterable<{ readonly text: string }>>,
): Promise<string> {
  const read = (async () => {
    let text = '';
    for await (const part of await parts) text += part.text;
    return text;
  })();
  for (;;) {
    clock.runToIdle();
    const turn = new Promise<null>((resolve) => setImmediate(() => resolve(null)));
    const text = await Promise.race([read, turn]);
    if (text !== null) return text;
  }
}

const columns = ['first_name', 'last_name', 'email', 'phone', 'company_id', 'tags', 'owner_id'];

test('a view as CSV: its records, order and columns, links by name, formulas as text', async () => {
  const core = createTestCore();
  const { client } = core;
  const company = await client.companies.create({ name: 'Example, Ltd' });
  await client.contacts.create({
    first_name: '=HYPERLINK("http://example.org")',
    last_name: 'Berg\nThal',
    email: 'a@example.org',
    phone: '+49 30 123456',
    company_id: company.id,
    tags: ['vip', '@home'],
  });
  await client.contacts.create({ first_name: 'Uwe', last_name: '-1+1', email: '+x@example.org' });
  await client.contacts.create({ first_name: 'Zoe' });
  const conditions = {
    combinator: 'and',
    rules: [{ field: 'contact.email', operator: 'notNull' }],
  };
  const csv = await textOf(
    core,
    client.exports.csv({
      object: 'contact',
      conditions,
      sort: { field: 'first_name', direction: 'desc' },
      columns,
    }),
  );
  const [head, uwe, formula, ...rest] = csv.split('\r\n');
  expect(head).toBe('\uFEFFFirst name,Last name,Email,Phone,Company,Tags,Owner');
  expect(uwe).toMatch(/^Uwe,'-1\+1,'\+x@example\.org,,,,/);
  expect(formula).toContain(
    `"'=HYPERLINK(""http://example.org"")","Berg\nThal",a@example.org,+49 30 123456,"Example, Ltd",`,
  );
  expect(rest).toEqual(['']);
  const nonsense = client.exports.csv({ object: 'contact', columns: ['nonsense'] });
  await expect(textOf(core, nonsense)).rejects.toMatchObject({
    message: expect.stringContaining('nonsense'),
  });
});

test('what is exported as CSV or vCard comes back the same', async () => {
  const core = createTestCore();
  const { client, outside } = core;
  const csv = `First name,Last name,Email,Phone,Job title,Company,Tags
"=1+1","O'Brien, ""Jr""",a@example.org,+49 30 123456,Head; of sales,"Example, Ltd",vip
Ünal,,u@example.org,,,Example; Ltd,
`;
  await importFile(core, 'a.csv', csv);
  const other = createTestCore();
  const exported = await textOf(core, client.exports.csv({ object: 'contact', columns }));
  await importFile(other, 'b.csv', exported);
  const cards = createTestCore();
  const vcards = await textOf(core, client.exports.vcard({}));
  expect(vcards.match(/VERSION:3\.0/g)).toHaveLength(2);
  await importFile(cards, 'c.vcf', vcards);
  const facts = async (one: TestCore) => {
    const companies = (await one.client.companies.list()).items;
    return (await one.client.contacts.list()).items
      .map(({ first_name, last_name, email, phone, tags, company_id }) => ({
        first_name,
        last_name,
        email,
        phone,
        tags,
        company: companies.find((company) => company.id === company_id)?.name,
      }))
      .toSorted((a, b) => ((a.email ?? '') < (b.email ?? '') ? -1 : 1));
  };
  expect(await facts(other)).toEqual(await facts(core));
  expect(await facts(cards)).toEqual(await facts(core));
  expect(logicalDump(outside)['contacts']).toHaveLength(2);
});

test('activities as a calendar that a calendar reads', async () => {
  const core = createTestCore();
  const { client } = core;
  await client.activities.create({
    type: 'meeting',
    title: 'Lunch; with, commas',
    due_at: '2026-03-05T11:00:00Z',
  });
  await client.activities.create({
    type: 'task',
    title: 'Call back',
    priority: 'high',
    completed_at: '2026-03-04T09:00:00Z',
  });
  const text = await textOf(core, client.exports.calendar({}));
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [event] = calendar.getAllSubcomponents('vevent');
  const [todo] = calendar.getAllSubcomponents('vtodo');
  expect(event?.getFirstPropertyValue('summary')).toBe('Lunch; with, commas');
  expect(String(event?.getFirstPropertyValue('dtstart'))).toBe('2026-03-05T11:00:00Z');
  expect(String(event?.getFirstPropertyValue('dtend'))).toBe('2026-03-05T11:30:00Z');
  expect(todo?.getFirstPropertyValue('status')).toBe('COMPLETED');
  expect(todo?.getFirstPropertyValue('priority')).toBe(1);
});

test('everything as one JSON document, without what opens doors', async () => {
  const core = createTestCore();
  const { client } = core;
  const lines = Array.from({ length: 450 }, (_, at) => `P${at},Firm ${at % 3}`);
  await importFile(core, 'a.csv', `First name,Company\n${lines.join('\n')}`);
  const [contact, other] = (await client.contacts.list()).items;
  const deal = await client.deals.create({ title: 'Roof', contact_id: contact?.id ?? null });
  const binned = await client.deals.create({ title: 'Door' });
  for (const { id } of [deal, binned])
    await client.contact_links.create({
      contact_id: other?.id ?? '',
      deal_id: id,
      role: 'Pays',
    });
  await client.deals.remove({ id: binned.id });
  const renewals = await client.pipelines.create({
    name: 'Renewals',
    stages: [
      { name: 'Due', kind: 'open' },
      { name: 'Renewed', kind: 'won' },
      { name: 'Left', kind: 'lost' },
    ],
  });
  await client.notes.create({ object: 'contact', record_id: contact?.id ?? '', body: 'Hello' });
  const all: Record<string, unknown[]> = JSON.parse(await textOf(core, client.exports.json()));
  expect(Object.keys(all)).toEqual([
    'format',
    'version',
    'exported_at',
    'contacts',
    'companies',
    'deals',
    'activities',
    'notes',
    'contact_links',
    'tags',
    'pipelines',
    'stages',
    'custom_fields',
    'views',
    'workflows',
  ]);
  expect(all['contacts']).toHaveLength(450);
  expect(all['companies']).toHaveLength(3);
  expect(all['contacts']?.at(-1)).toMatchObject({ id: contact?.id, name: 'P449' });
  expect(all['notes']).toHaveLength(1);
  expect(all['contact_links']).toEqual([
    {
      id: expect.any(String),
      contact_id: other?.id,
      company_id: null,
      deal_id: deal.id,
      role: 'Pays',
    },
  ]);
  expect(all['pipelines']).toMatchObject([
    { slug: 'sales' },
    { id: renewals.id, slug: 'renewals' },
  ]);
  expect(all['stages']).toHaveLength(8);
  expect(all['stages']?.at(-1)).toMatchObject({ pipeline_id: renewals.id, kind: 'lost' });
});
