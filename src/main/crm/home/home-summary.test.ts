import { expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';

const day = 86_400_000;

test('deals that are to close, that have gone quiet, and that were won and lost by month', async () => {
  const { client, clock } = createTestCore({ start: false });
  const make = (title: string, close?: string) =>
    client.deals.create({ title, value: 100, expected_close_date: close ?? null });
  const won = await make('Won');
  await make('Quiet');
  await client.deals.update({ id: won.id, stage: 'won' });
  clock.advance(40 * day);
  // 2 March and forty days: 11 April.
  const lost = await make('Lost');
  await client.deals.update({ id: lost.id, stage: 'lost' });
  await make('Late', '2026-04-01');
  await make('Soon', '2026-04-20');
  await make('Far', '2026-06-01');
  const gone = await make('Gone', '2026-04-12');
  await client.deals.remove({ id: gone.id });

  const summary = await client.home.summary();
  expect(summary.closing.items.map((deal) => deal.title)).toEqual(['Late', 'Soon']);
  expect(summary.closing.count).toBe(2);
  expect(summary.stale.items.map((deal) => deal.title)).toEqual(['Quiet']);
  expect(summary.deals_won).toEqual({ value: 0, previous: 0 });
  expect(summary.closed).toHaveLength(12);
  expect(summary.closed.slice(-2)).toMatchObject([
    { month: '2026-03', won: 1, lost: 0, won_totals: [{ currency: 'EUR', value: 100 }] },
    { month: '2026-04', won: 0, lost: 1, lost_totals: [{ currency: 'EUR', value: 100 }] },
  ]);
});

test('a deal is closed when it is won or lost, and open again without a date', async () => {
  const { client, clock } = createTestCore({ start: false });
  const deal = await client.deals.create({ title: 'Roof' });
  expect(deal.closed_at).toBeNull();
  clock.advance(1_000);
  const won = await client.deals.update({ id: deal.id, stage: 'won' });
  expect(won.closed_at).toBe('2026-03-02T09:00:01.000Z');
  clock.advance(1_000);
  expect(await client.deals.update({ id: deal.id, title: 'Roofs' })).toMatchObject({
    closed_at: won.closed_at,
  });
  expect(await client.deals.update({ id: deal.id, stage: 'lost' })).toMatchObject({
    closed_at: '2026-03-02T09:00:02.000Z',
  });
  await client.history.undo();
  expect(await client.deals.get({ id: deal.id })).toMatchObject({ closed_at: won.closed_at });
  expect(await client.deals.update({ id: deal.id, stage: 'proposal' })).toMatchObject({
    closed_at: null,
  });
});

test('runs are counted since one looked', async () => {
  const { client, clock } = createTestCore();
  await client.workflows.create({
    name: 'Hello',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [{ type: 'send_notification', config: { title: 'Hello', message: 'there' } }],
  });
  await client.contacts.create({ first_name: 'Anna' });
  clock.runToIdle();
  clock.advance(1_000);
  const since = new Date(clock.now()).toISOString();
  await client.contacts.create({ first_name: 'Berta' });
  clock.advance(1_000);
  expect(await client.home.runs_since({ since })).toEqual({ count: 0, failed: 0 });
  clock.advance(1_000);
  await client.contacts.create({ first_name: 'Clara' });
  clock.runToIdle();
  expect(await client.home.runs_since({ since })).toEqual({ count: 1, failed: 0 });
});
