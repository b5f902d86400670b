import { describe, expect, test } from 'vitest';
import { storedEvents, storedJournal } from '../../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';

const user = { kind: 'user' };
const ownerId = '00000000-0000-7000-8000-000000000001';
const nobody = 'no-such-id';

function setUp() {
  return createTestCore({ start: false });
}

describe('a contact', () => {
  test('is made, changed and put in the bin, each with its journal row and event', async () => {
    const { client, clock, outside } = setUp();
    const contact = await client.contacts.create({
      first_name: ' Anna ',
      last_name: 'Berg',
      email: 'anna@example.com',
      phone: '',
    });
    expect(contact).toEqual({
      id: contact.id,
      first_name: 'Anna',
      last_name: 'Berg',
      name: 'Anna Berg',
      email: 'anna@example.com',
      phone: null,
      job_title: null,
      company_id: null,
      unsubscribed_at: null,
      tags: [],
      owner_id: ownerId,
      created_at: '2026-03-02T09:00:00.000Z',
      updated_at: '2026-03-02T09:00:00.000Z',
    });
    clock.advance(1_000);
    const changed = await client.contacts.update({
      id: contact.id,
      last_name: null,
      phone: '030 123456',
      email: 'anna@example.com',
    });
    expect(changed).toMatchObject({ name: 'Anna', updated_at: '2026-03-02T09:00:01.000Z' });
    await client.contacts.remove({ id: contact.id });
    await expect(client.contacts.get({ id: contact.id })).rejects.toMatchObject({
      code: 'not_found',
    });

    expect(storedJournal(outside)).toEqual([
      {
        object: 'contact',
        record_id: contact.id,
        operation: 'create',
        before: null,
        after: {
          first_name: 'Anna',
          last_name: 'Berg',
          email: 'anna@example.com',
          owner_id: ownerId,
        },
        actor: user,
      },
      {
        object: 'contact',
        record_id: contact.id,
        operation: 'update',
        before: { last_name: 'Berg', phone: null },
        after: { last_name: null, phone: '030 123456' },
        actor: user,
      },
      {
        object: 'contact',
        record_id: contact.id,
        operation: 'delete',
        before: {
          first_name: 'Anna',
          last_name: null,
          email: 'anna@example.com',
          phone: '030 123456',
          job_title: null,
          company_id: null,
          owner_id: ownerId,
          unsubscribed_at: null,
        },
        after: null,
        actor: user,
      },
    ]);
    const keys = {
      contact_id: contact.id,
      contact_name: 'Anna Berg',
      contact_email: 'anna@example.com',
      owner_id: ownerId,
      company_id: null,
    };
    expect(storedEvents(outside)).toMatchObject([
      { type: 'contact_created', object: 'contact', record_id: contact.id, data: { keys } },
      {
        type: 'contact_updated',
        data: {
          keys: { ...keys, contact_name: 'Anna' },
          changes: {
            last_name: { old: 'Berg', new: null },
            phone: { old: null, new: '030 123456' },
          },
        },
        actor: user,
        chain: [],
      },
      { type: 'contact_deleted', data: { keys: { contact_name: 'Anna' }, changes: {} } },
    ]);
  });
});

describe('a company', () => {
  test('is made, changed and put in the bin; what points at it stays', async () => {
    const { client, outside } = setUp();
    const company = await client.companies.create({ name: 'Berg GmbH', domain: 'berg.example' });
    const contact = await client.contacts.create({ first_name: 'A', company_id: company.id });
    await client.companies.update({ id: company.id, address: 'Weg 1\nBerlin' });
    await client.companies.remove({ id: company.id });
    expect(await client.contacts.get({ id: contact.id })).toMatchObject({ company_id: company.id });
    expect(storedEvents(outside)).toMatchObject([
      { type: 'company_created', data: { keys: { company_id: company.id } } },
      { type: 'contact_created' },
      {
        type: 'company_updated',
        data: { changes: { address: { old: null, new: 'Weg 1\nBerlin' } } },
      },
      { type: 'company_deleted', data: { keys: { company_name: 'Berg GmbH' } } },
    ]);
    expect(storedJournal(outside).map((row) => `${row.object} ${row.operation}`)).toEqual([
      'company create',
      'contact create',
      'company update',
      'company delete',
    ]);
  });
});

describe('an activity', () => {
  test('is made, completed, opened again and put in the bin', async () => {
    const { client, outside } = setUp();
    const task = await client.activities.create({
      type: 'call',
      title: 'Call Anna',
      due_at: '2026-03-05T11:00:00+02:00',
    });
    expect(task).toMatchObject({ due_at: '2026-03-05T09:00:00.000Z', completed_at: null });
    await client.activities.update({ id: task.id, completed_at: '2026-03-03T09:00:00Z' });
    await client.activities.update({ id: task.id, completed_at: null });
    await client.activities.remove({ id: task.id });
    expect(storedEvents(outside).map((event) => event.type)).toEqual([
      'task_created',
      'task_updated',
      'task_completed',
      'task_updated',
      'task_deleted',
    ]);
    expect(storedEvents(outside)[2]?.data).toEqual({
      keys: {
        activity_id: task.id,
        activity_title: 'Call Anna',
        contact_id: null,
        deal_id: null,
        company_id: null,
        owner_id: ownerId,
      },
      changes: { completed_at: { old: null, new: '2026-03-03T09:00:00.000Z' } },
    });
  });
});

describe('a change that changes nothing', () => {
  test.each([
    ['the same value', { title: 'Roof' }],
    ['the same value with blanks', { title: '  Roof ' }],
    ['nothing at all', {}],
    ['empty text where nothing is', { description: '' }],
    ['the same stage', { stage: 'qualification' }],
    ['the same amount', { value: 5000.01 }],
    ['the same amount and currency', { value: 5000.01, currency: 'EUR' }],
  ])('%s: no write, no journal row, no event', async (_, patch) => {
    const { client, clock, outside } = setUp();
    const deal = await client.deals.create({ title: 'Roof', value: 5000.01 });
    clock.advance(1_000);
    expect(await client.deals.update({ id: deal.id, ...patch })).toEqual(deal);
    expect(storedEvents(outside)).toHaveLength(1);
    expect(storedJournal(outside)).toHaveLength(1);
  });

  test('the same instant written with another zone', async () => {
    const { client, outside } = setUp();
    const task = await client.activities.create({
      type: 'task',
      title: 'T',
      due_at: '2026-03-05T09:00:00Z',
    });
    await client.activities.update({ id: task.id, due_at: '2026-03-05T10:00:00+01:00' });
    expect(storedEvents(outside)).toHaveLength(1);
  });
});

describe('links', () => {
  test('to what is not there, or in the bin, are refused by name', async () => {
    const { client, outside } = setUp();
    const company = await client.companies.create({ name: 'Gone' });
    const contact = await client.contacts.create({ first_name: 'Gone' });
    const deal = await client.deals.create({ title: 'Gone' });
    await client.companies.remove({ id: company.id });
    await client.contacts.remove({ id: contact.id });
    await client.deals.remove({ id: deal.id });
    const before = storedEvents(outside).length;
    const task = { type: 'task', title: 'T' } as const;
    const attempts: [string, Promise<unknown>][] = [
      ['company_id', client.contacts.create({ first_name: 'A', company_id: nobody })],
      ['company_id', client.contacts.create({ first_name: 'A', company_id: company.id })],
      ['contact_id', client.deals.create({ title: 'D', contact_id: contact.id })],
      ['company_id', client.deals.create({ title: 'D', company_id: company.id })],
      ['deal_id', client.activities.create({ ...task, deal_id: deal.id })],
      ['contact_id', client.activities.create({ ...task, contact_id: company.id })],
      ['owner_id', client.deals.create({ title: 'D', owner_id: nobody })],
    ];
    for (const [field, attempt] of attempts) {
      await expect(attempt).rejects.toMatchObject({
        code: 'validation_failed',
        data: { field },
        message: expect.stringContaining(`${field}: there is no `),
      });
    }
    expect(storedEvents(outside)).toHaveLength(before);
  });

  test('are cleared by null and by empty text', async () => {
    const { client } = setUp();
    const company = await client.companies.create({ name: 'B' });
    const contact = await client.contacts.create({ first_name: 'A', company_id: company.id });
    const cleared = await client.contacts.update({ id: contact.id, company_id: '' });
    expect(cleared.company_id).toBeNull();
  });
});

describe('what is not there', () => {
  test('is told as not found, by every call and for the bin alike', async () => {
    const { client, outside } = setUp();
    const deal = await client.deals.create({ title: 'Roof' });
    await client.deals.remove({ id: deal.id });
    for (const id of [nobody, deal.id]) {
      for (const attempt of [
        client.deals.get({ id }),
        client.deals.update({ id, title: 'x' }),
        client.deals.remove({ id }),
      ]) {
        await expect(attempt).rejects.toMatchObject({
          code: 'not_found',
          message: `There is no deal with the id "${id}".`,
        });
      }
    }
    expect(storedEvents(outside)).toHaveLength(2);
  });
});

describe('lists', () => {
  test('come newest first, in pages that neither skip nor repeat', async () => {
    const { client } = setUp();
    for (let number = 1; number <= 7; number += 1)
      await client.contacts.create({ first_name: `C${number}` });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.contacts.list({ limit: 3, ...(cursor ? { cursor } : {}) });
      names.push(...page.items.map((contact) => contact.name));
      cursor = page.next_cursor ?? undefined;
      // A record that arrives meanwhile is newer than the page and does not shift it.
      await client.contacts.create({ first_name: 'new' });
    } while (cursor);
    expect(names).toEqual(['C7', 'C6', 'C5', 'C4', 'C3', 'C2', 'C1']);
  });

  test.each(['nonsense', 's1', 'czE', 'x'.repeat(50)])(
    'a cursor that is not ours is refused: %s',
    async (cursor) => {
      const { client } = setUp();
      // `czE` is a cursor of ours: s1.
      const answer = client.contacts.list({ cursor });
      if (cursor === 'czE') expect((await answer).items).toEqual([]);
      else
        await expect(answer).rejects.toMatchObject({
          code: 'bad_request',
          data: { field: 'cursor' },
        });
    },
  );

  test('search without regard to case, and take its signs for themselves', async () => {
    const { client } = setUp();
    await client.contacts.create({ first_name: 'Anna', last_name: 'Berg' });
    await client.contacts.create({ first_name: '100%', email: 'jo_lind@example.com' });
    const find = async (q: string) =>
      (await client.contacts.list({ q })).items.map((contact) => contact.first_name);
    expect(await find('anna b')).toEqual(['Anna']);
    expect(await find('  BERG ')).toEqual(['Anna']);
    expect(await find('0%')).toEqual(['100%']);
    expect(await find('%')).toEqual(['100%']);
    expect(await find('jo_l')).toEqual(['100%']);
    expect(await find('_nna')).toEqual([]);
    expect(await find("' OR 1=1 --")).toEqual([]);
    expect(await find('')).toHaveLength(2);
  });

  test('filter by what a record points at', async () => {
    const { client } = setUp();
    const contact = await client.contacts.create({ first_name: 'A' });
    const deal = await client.deals.create({ title: 'D1', contact_id: contact.id });
    await client.deals.create({ title: 'D2', stage: 'won' });
    const task = { type: 'task', title: 'T' } as const;
    await client.activities.create({ ...task, deal_id: deal.id });
    await client.activities.create({ ...task, completed_at: '2026-03-01T09:00:00Z' });
    expect((await client.deals.list({ stage: 'won' })).items.map((d) => d.title)).toEqual(['D2']);
    expect((await client.deals.list({ contact_id: contact.id })).items).toHaveLength(1);
    expect((await client.activities.list({ deal_id: deal.id })).items).toHaveLength(1);
    expect((await client.activities.list({ state: 'open' })).items).toHaveLength(1);
    expect((await client.activities.list({ state: 'completed' })).items).toHaveLength(1);
  });
});
