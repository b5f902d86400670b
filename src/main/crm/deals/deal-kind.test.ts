import { describe, expect, test } from 'vitest';
import { storedEvents, storedJournal } from '../../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';

function setUp() {
  return createTestCore({ start: false });
}

const refused = (field: string, message: RegExp) => ({
  code: 'validation_failed',
  data: { field },
  message: expect.stringMatching(message),
});

describe('a new deal', () => {
  test('starts in the first open stage, in the currency of the file', async () => {
    const { client, outside } = setUp();
    const contact = await client.contacts.create({ first_name: 'Anna' });
    const deal = await client.deals.create({ title: 'Roof', contact_id: contact.id });
    expect(deal).toMatchObject({
      value: null,
      currency: 'EUR',
      stage: 'qualification',
      stage_name: 'Qualification',
      status: 'open',
    });
    expect(storedEvents(outside)[1]).toMatchObject({
      type: 'deal_created',
      data: {
        keys: {
          deal_id: deal.id,
          deal_title: 'Roof',
          contact_id: contact.id,
          owner_id: deal.owner_id,
        },
        changes: {},
      },
    });
    await client.settings.update({ currency: 'JPY' });
    expect(await client.deals.create({ title: 'Later', value: 500 })).toMatchObject({
      currency: 'JPY',
      value: 500,
    });
    expect(await client.deals.get({ id: deal.id })).toMatchObject({ currency: 'EUR' });
  });

  test('is stored in minor units', async () => {
    const { client, outside } = setUp();
    for (const [value, currency] of [
      [5000.01, 'EUR'],
      [5000, 'JPY'],
      [1.234, 'KWD'],
      [0, 'EUR'],
    ] as const) {
      expect(await client.deals.create({ title: 'D', value, currency })).toMatchObject({ value });
    }
    const minor = outside.prepare('SELECT value_minor FROM deals ORDER BY seq').pluck().all();
    expect(minor).toEqual([500_001, 5_000, 1_234, 0]);
    const kinds = outside.prepare('SELECT DISTINCT typeof(value_minor) FROM deals').pluck().all();
    expect(kinds).toEqual(['integer']);
  });

  test('may be born won, which is no change of stage', async () => {
    const { client, outside } = setUp();
    expect(await client.deals.create({ title: 'D', stage: 'won' })).toMatchObject({
      status: 'won',
    });
    expect(storedEvents(outside).map((event) => event.type)).toEqual(['deal_created']);
  });
});

describe('a change of stage', () => {
  test('that wins tells three facts, in order, with old and new', async () => {
    const { client, outside } = setUp();
    const deal = await client.deals.create({ title: 'Roof', value: 100 });
    const won = await client.deals.update({ id: deal.id, stage: 'won', value: 200 });
    expect(won).toMatchObject({ stage: 'won', stage_name: 'Won', status: 'won', value: 200 });
    const changes = {
      stage: { old: 'qualification', new: 'won' },
      value: { old: 100, new: 200 },
    };
    const keys = { deal_id: deal.id, deal_title: 'Roof' };
    const stages = { old_stage: 'qualification', new_stage: 'won' };
    const events = storedEvents(outside).slice(1);
    expect(events).toMatchObject([
      { type: 'deal_updated', data: { keys, changes } },
      { type: 'deal_stage_changed', data: { keys: { ...keys, ...stages }, changes } },
      { type: 'deal_won', data: { keys: { ...keys, ...stages }, changes } },
    ]);
    expect(events[0]?.data.changes).toEqual(changes);
    expect(storedJournal(outside).slice(1)).toMatchObject([
      { operation: 'update', before: { value_minor: 10_000 }, after: { value_minor: 20_000 } },
    ]);
  });

  test.each([
    ['negotiation', ['deal_updated', 'deal_stage_changed']],
    ['lost', ['deal_updated', 'deal_stage_changed', 'deal_lost']],
  ])('to %s', async (stage, types) => {
    const { client, outside } = setUp();
    const deal = await client.deals.create({ title: 'Roof' });
    await client.deals.update({ id: deal.id, stage });
    expect(
      storedEvents(outside)
        .slice(1)
        .map((event) => event.type),
    ).toEqual(types);
  });

  test('from won to lost is lost, and back to open neither', async () => {
    const { client, outside } = setUp();
    const deal = await client.deals.create({ title: 'Roof', stage: 'won' });
    await client.deals.update({ id: deal.id, stage: 'lost' });
    await client.deals.update({ id: deal.id, stage: 'proposal' });
    const types = storedEvents(outside).map((event) => event.type);
    expect(types.filter((type) => type === 'deal_lost')).toHaveLength(1);
    expect(types.filter((type) => type === 'deal_won')).toHaveLength(0);
  });

  test.each(['signed', '', 'Won', 'Qualification', '__proto__'])(
    'to "%s" is refused with the stages there are',
    async (stage) => {
      const { client, outside } = setUp();
      const deal = await client.deals.create({ title: 'Roof' });
      const message = /Use one of: qualification, proposal, negotiation, won, lost/;
      await expect(client.deals.update({ id: deal.id, stage })).rejects.toMatchObject(
        refused('stage', message),
      );
      await expect(client.deals.create({ title: 'D', stage })).rejects.toMatchObject(
        refused('stage', message),
      );
      expect(storedEvents(outside)).toHaveLength(1);
    },
  );
});

describe('value and currency', () => {
  test.each([
    [{ value: 1.005 }, 'value', /more decimals than EUR allows \(2\)/],
    [{ value: 0.5, currency: 'JPY' }, 'value', /more decimals than JPY allows \(0\)/],
    [{ value: 1.2345, currency: 'KWD' }, 'value', /more decimals than KWD allows \(3\)/],
    [{ value: -1 }, 'value', /0 or more/],
    [{ value: 1e13 }, 'value', /at most/],
    [{ currency: 'EURO' }, 'currency', /ISO 4217/],
    [{ currency: 'eur' }, 'currency', /ISO 4217/],
  ])('%j is refused', async (input, field, message) => {
    const { client, outside } = setUp();
    const deal = await client.deals.create({ title: 'Roof', value: 100 });
    await expect(client.deals.create({ title: 'D', ...input })).rejects.toMatchObject(
      refused(field, message),
    );
    await expect(client.deals.update({ id: deal.id, ...input })).rejects.toMatchObject(
      refused(field, message),
    );
    expect(storedEvents(outside)).toHaveLength(1);
    expect(await client.deals.get({ id: deal.id })).toEqual(deal);
  });

  test('a new currency keeps the amount in major units', async () => {
    const { client, outside } = setUp();
    const deal = await client.deals.create({ title: 'Roof', value: 5000 });
    expect(await client.deals.update({ id: deal.id, currency: 'JPY' })).toMatchObject({
      value: 5000,
      currency: 'JPY',
    });
    expect(storedEvents(outside)[1]?.data.changes).toEqual({
      currency: { old: 'EUR', new: 'JPY' },
    });
    expect(outside.prepare('SELECT value_minor FROM deals').pluck().get()).toBe(5000);
  });

  test('a new currency that cannot hold the amount is refused', async () => {
    const { client } = setUp();
    const deal = await client.deals.create({ title: 'Roof', value: 5000.01 });
    await expect(client.deals.update({ id: deal.id, currency: 'JPY' })).rejects.toMatchObject(
      refused('value', /JPY/),
    );
    expect(await client.deals.update({ id: deal.id, currency: 'JPY', value: 5000 })).toMatchObject({
      value: 5000,
      currency: 'JPY',
    });
    expect(await client.deals.update({ id: deal.id, value: null })).toMatchObject({ value: null });
  });
});

test('the board counts and sums per stage and currency', async () => {
  const { client } = setUp();
  await client.deals.create({ title: 'A', value: 0.1 });
  await client.deals.create({ title: 'B', value: 0.2 });
  await client.deals.create({ title: 'C', value: 900, currency: 'JPY' });
  await client.deals.create({ title: 'D' });
  const gone = await client.deals.create({ title: 'E', value: 50 });
  await client.deals.remove({ id: gone.id });
  const board = await client.pipeline.board();
  expect(board.map((stage) => stage.slug)).toEqual([
    'qualification',
    'proposal',
    'negotiation',
    'won',
    'lost',
  ]);
  expect(board[0]).toMatchObject({
    deal_count: 4,
    totals: [
      { currency: 'JPY', value: 900 },
      { currency: 'EUR', value: 0.3 },
    ],
  });
  expect(board[3]).toMatchObject({ deal_count: 0, totals: [] });
});
