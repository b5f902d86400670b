import { expect, test } from 'vitest';
import { logicalDump } from '../../../../tests/support/logical-dump.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';

async function setUp() {
  const core = createTestCore({ start: false });
  const { client } = core;
  const berg = await client.companies.create({ name: 'Berg' });
  const tal = await client.companies.create({ name: 'Tal' });
  const anna = await client.contacts.create({ first_name: 'Anna', company_id: berg.id });
  const ben = await client.contacts.create({ first_name: 'Ben' });
  const deal = await client.deals.create({ title: 'Roof', contact_id: anna.id });
  return { ...core, berg, tal, anna, ben, deal };
}

test('a contact has several companies, one of them primary', async () => {
  const { client, outside, anna, berg, tal } = await setUp();
  const link = await client.contact_links.create({
    contact_id: anna.id,
    company_id: tal.id,
    role: 'Board member',
  });
  expect(link).toMatchObject({ linked_name: 'Tal', contact_name: 'Anna', is_primary: false });
  const listed = async () =>
    (await client.contact_links.list({ contact_id: anna.id })).items
      .filter((one) => one.company_id !== null)
      .map(({ linked_name, role, is_primary }) => [linked_name, role, is_primary]);
  expect(await listed()).toEqual([
    ['Berg', null, true],
    ['Tal', 'Board member', false],
  ]);
  const before = logicalDump(outside);
  await client.contact_links.update({ id: link.id ?? '', is_primary: true });
  expect(await client.contacts.get({ id: anna.id })).toMatchObject({ company_id: tal.id });
  // The one before stays linked.
  expect(await listed()).toEqual([
    ['Tal', 'Board member', true],
    ['Berg', null, false],
  ]);
  await client.history.undo();
  expect(logicalDump(outside)).toEqual(before);
  const { items } = await client.contact_links.list({ company_id: berg.id });
  expect(items).toMatchObject([{ id: null, contact_name: 'Anna', is_primary: true }]);
});

test('a deal has contacts with roles', async () => {
  const { client, anna, ben, deal } = await setUp();
  await client.contact_links.create({ contact_id: ben.id, deal_id: deal.id, role: 'Pays' });
  const first = await client.contact_links.create({
    contact_id: anna.id,
    deal_id: deal.id,
    role: 'Decides',
  });
  await client.contact_links.update({ id: first.id ?? '', role: 'Decides alone' });
  const listed = async () =>
    (await client.contact_links.list({ deal_id: deal.id })).items.map(
      ({ contact_name, role, is_primary }) => [contact_name, role, is_primary],
    );
  expect(await listed()).toEqual([
    ['Anna', 'Decides alone', true],
    ['Ben', 'Pays', false],
  ]);
  await expect(
    client.contact_links.create({ contact_id: ben.id, deal_id: deal.id }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await client.contacts.remove({ id: ben.id });
  expect(await listed()).toEqual([['Anna', 'Decides alone', true]]);
  await client.history.undo();
  expect(await listed()).toHaveLength(2);
});

test('what is missing, or twice, is said', async () => {
  const { client, anna, tal, deal } = await setUp();
  const refused = (input: Parameters<typeof client.contact_links.create>[0], field: string) =>
    expect(client.contact_links.create(input)).rejects.toMatchObject({
      code: 'validation_failed',
      data: { field },
    });
  await refused({ contact_id: anna.id }, 'company_id');
  await refused({ contact_id: anna.id, company_id: tal.id, deal_id: deal.id }, 'company_id');
  await refused({ contact_id: 'nobody', company_id: tal.id }, 'contact_id');
  await refused({ contact_id: anna.id, deal_id: 'none' }, 'deal_id');
  await expect(client.contact_links.list({})).rejects.toMatchObject({
    data: { field: 'contact_id' },
  });
});

test('a record that is removed for good takes its links along', async () => {
  const { client, outside, ben, deal } = await setUp();
  await client.contact_links.create({ contact_id: ben.id, deal_id: deal.id });
  await client.contacts.remove({ id: ben.id });
  await client.bin.remove({ records: [{ object: 'contact', id: ben.id }] });
  expect(outside.prepare('SELECT count(*) FROM contact_links').pluck().get()).toBe(0);
  expect((await client.contact_links.list({ deal_id: deal.id })).items).toHaveLength(1);
});
