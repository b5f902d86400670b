import { describe, expect, test } from 'vitest';
import { storedEvents } from '../../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { day, hour } from '../../../../tests/support/workflows.ts';

async function filled() {
  const core = createTestCore();
  const { client, clock } = core;
  const company = await client.companies.create({ name: 'Berg' });
  const contact = await client.contacts.create({
    first_name: 'Anna',
    company_id: company.id,
    tags: ['vip'],
  });
  const deal = await client.deals.create({ title: 'Roof', contact_id: contact.id });
  clock.advance(1_000);
  await client.companies.remove({ id: company.id });
  clock.advance(1_000);
  await client.contacts.remove({ id: contact.id });
  return { ...core, company, contact, deal };
}

const count = (
  sqlite: { prepare: (sql: string) => { pluck: () => { get: () => unknown } } },
  sql: string,
) => sqlite.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();

describe('the bin', () => {
  test('lists what was deleted, the latest first, page by page, until when it is kept', async () => {
    const { client, contact, company } = await filled();
    const first = await client.bin.list({ limit: 1 });
    expect(first.items).toEqual([
      {
        object: 'contact',
        id: contact.id,
        name: 'Anna',
        deleted_at: '2026-03-02T09:00:02.000Z',
        kept_until: '2026-04-01T09:00:02.000Z',
      },
    ]);
    const second = await client.bin.list({ limit: 1, cursor: first.next_cursor ?? '' });
    expect(second).toMatchObject({ items: [{ id: company.id }], next_cursor: null });
    expect((await client.bin.list({ object: 'company' })).items).toHaveLength(1);
    await expect(client.bin.list({ cursor: 'x' })).rejects.toMatchObject({
      code: 'bad_request',
      data: { field: 'cursor' },
    });
  });

  test('gives records back as they were, with their links, in one action that can be undone', async () => {
    const { client, contact, company, deal, outside } = await filled();
    const records = [
      { object: 'contact', id: contact.id },
      { object: 'company', id: company.id },
    ] as const;
    expect(await client.bin.restore({ records: [...records] })).toEqual({ count: 2 });
    expect(await client.contacts.get({ id: contact.id })).toEqual({
      ...contact,
      updated_at: expect.any(String),
    });
    expect(await client.deals.get({ id: deal.id })).toMatchObject({ contact_id: contact.id });
    expect(
      storedEvents(outside)
        .map(({ type }) => type)
        .slice(-2),
    ).toEqual(['contact_restored', 'company_restored']);
    expect((await client.history.undo()).action).toMatchObject({ kind: 'bin', record_count: 2 });
    expect((await client.bin.list()).items).toHaveLength(2);
    const missing = client.bin.restore({ records: [{ object: 'deal', id: deal.id }] });
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });

  test('removes for good: links, tags and history go with the record', async () => {
    const { client, contact, deal, outside } = await filled();
    const records = [
      { object: 'contact' as const, id: contact.id },
      { object: 'deal' as const, id: deal.id },
    ];
    // A record that is not in the bin is not removed.
    expect(await client.bin.remove({ records })).toEqual({ count: 1 });
    expect(await client.deals.get({ id: deal.id })).toMatchObject({ contact_id: null });
    expect(count(outside, 'contacts')).toBe(0);
    expect(count(outside, 'record_tags')).toBe(0);
    expect(count(outside, `journal WHERE record_id = '${contact.id}'`)).toBe(0);
    // What was done to it is no action any more: the company's deletion is the last.
    expect((await client.history.undo()).action).toMatchObject({
      object: 'company',
      operation: 'delete',
    });
  });

  test('is emptied at once, however much is in it', async () => {
    const { client, clock, outside } = createTestCore();
    for (let index = 0; index < 250; index += 1) {
      const { id } = await client.companies.create({ name: `Company ${index}` });
      await client.companies.remove({ id });
    }
    const kept = await client.companies.create({ name: 'Kept' });
    const emptied = client.bin.empty();
    // A procedure begins a turn later; then each slice asks for one of the clock's.
    for (let turn = 0; turn < 50; turn += 1) {
      await Promise.resolve();
      clock.runToIdle();
    }
    expect(await emptied).toEqual({ count: 250 });
    expect(outside.prepare('SELECT id FROM companies').pluck().all()).toEqual([kept.id]);
  });

  test('keeps what it holds for 30 days', async () => {
    const { client, clock, outside } = await filled();
    clock.sleep(30 * day - hour);
    expect((await client.bin.list()).items).toHaveLength(2);
    clock.advance(2 * hour);
    expect((await client.bin.list()).items).toEqual([]);
    expect(count(outside, 'contacts')).toBe(0);
  });
});
