import { expect, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { createTestCore, FakeNotifier, type TestCore } from '../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf } from '../../../tests/support/workflows.ts';

const notify = { type: 'send_notification', config: { title: '{{deal_title}}', message: 'M' } };

function shownTimes({ outside }: TestCore): unknown[] {
  return outside.prepare('SELECT shown_at FROM notifications ORDER BY seq').pluck().all();
}

const titles = (notifier: FakeNotifier) => notifier.shown.map((one) => one.title);

test('it is shown after the commit of its run, in order, and marked', async () => {
  const notifier = new FakeNotifier();
  const core = createTestCore({ notifier });
  await activeWorkflow(core, 'deal_created', [notify, notify]);
  await core.client.deals.create({ title: 'A' });
  await core.client.deals.create({ title: 'B' });
  expect(notifier.shown).toEqual([]);
  await core.settle();
  expect(titles(notifier)).toEqual(['A', 'A', 'B', 'B']);
  expect(shownTimes(core)).toEqual(Array.from({ length: 4 }, () => '2026-03-02T09:00:00.000Z'));
  core.clock.advance(60_000);
  await core.settle();
  expect(notifier.shown).toHaveLength(4);
});

test('a run that is undone shows nothing', async () => {
  const core = createTestCore();
  await activeWorkflow(core, 'deal_created', [notify]);
  core.outside.exec(`CREATE TRIGGER refused BEFORE INSERT ON workflow_executions
    BEGIN SELECT RAISE(ABORT, 'no'); END`);
  await core.client.deals.create({ title: 'A' });
  await core.settle();
  expect(core.notifier.shown).toEqual([]);
  expect(shownTimes(core)).toEqual([]);
});

test('a computer that shows none fails no step, is told once, and the Inbox has them', async () => {
  const core = createTestCore();
  core.notifier.failure = new Error('no daemon');
  const workflow = await activeWorkflow(core, 'deal_created', [notify, notify, notify]);
  await core.client.deals.create({ title: 'A' });
  await core.settle();
  expect(await onlyRunOf(core, workflow.id)).toMatchObject({
    status: 'succeeded',
    success_count: 3,
  });
  expect(core.logger.errors).toEqual([
    'Notifications cannot be shown on this computer (no daemon); they are in the Inbox.',
  ]);
  expect(shownTimes(core)).toEqual([null, null, null]);
  expect((await core.client.notifications.list({})).items).toHaveLength(3);
  // Tried again only by the next start; what comes later is tried.
  core.notifier.failure = null;
  await core.client.deals.create({ title: 'B' });
  await core.settle();
  expect(titles(core.notifier)).toEqual(['B', 'B', 'B']);
  // Once it worked again, the next failure is told again.
  core.notifier.failure = new Error('gone again');
  await core.client.deals.create({ title: 'C' });
  await core.settle();
  expect(core.logger.errors).toHaveLength(2);
});

test.each([
  [59 * 60_000, ['A']],
  [60 * 60_000, ['A']],
  [60 * 60_000 + 1, []],
  [24 * 60 * 60_000, []],
])('unshown for %i ms, the next start shows %j', async (age, expected) => {
  const dataDir = temporaryFolder();
  const clock = new FakeClock();
  const first = createTestCore({ dataDir, clock, source: 1 });
  first.notifier.failure = new Error('no daemon');
  await activeWorkflow(first, 'deal_created', [notify]);
  await first.client.deals.create({ title: 'A' });
  await first.settle();
  await first.core.stop();
  clock.advance(age);
  const second = createTestCore({ dataDir, clock, source: 2 });
  await second.settle();
  expect(titles(second.notifier)).toEqual(expected);
  expect(shownTimes(second)).toEqual([expected.length === 0 ? null : clock.nowText()]);
  expect((await second.client.notifications.list({})).items).toHaveLength(1);
});

test('the stop waits for the one that is being shown', async () => {
  const order: string[] = [];
  let release: () => void = () => undefined;
  const notifier = new FakeNotifier();
  notifier.show = async () => {
    order.push('asked');
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    order.push('shown');
  };
  const core = createTestCore({ notifier });
  await activeWorkflow(core, 'deal_created', [notify]);
  await core.client.deals.create({ title: 'A' });
  core.clock.runToIdle();
  const stopped = core.core.stop().then(() => order.push('stopped'));
  release();
  await stopped;
  expect(order).toEqual(['asked', 'shown', 'stopped']);
  expect(shownTimes(core)).toEqual(['2026-03-02T09:00:00.000Z']);
  expect(core.logger.errors).toEqual([]);
});

test('the Inbox is read one by one or at once', async () => {
  const core = createTestCore();
  const { client } = core;
  await activeWorkflow(core, 'deal_created', [notify]);
  for (const title of ['A', 'B', 'C']) await client.deals.create({ title });
  await core.settle();
  const [newest] = (await client.notifications.list({})).items;
  expect(newest).toMatchObject({ title: 'C', read_at: null });
  const id = newest?.id ?? '';
  core.clock.advance(1_000);
  const read = await client.notifications.mark_read({ id });
  expect(read.read_at).toBe('2026-03-02T09:00:01.000Z');
  core.clock.advance(1_000);
  expect(await client.notifications.mark_read({ id })).toEqual(read);
  expect((await client.home.counts()).notifications_unread).toBe(2);
  expect(await client.notifications.mark_all_read()).toEqual({ count: 2 });
  expect(await client.notifications.mark_all_read()).toEqual({ count: 0 });
  await expect(client.notifications.mark_read({ id: 'x' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('the end waits for the one being shown, not for all that are left', async () => {
  const core = createTestCore();
  await activeWorkflow(core, 'deal_created', [
    { type: 'send_notification', config: { title: '{{deal_title}}', message: 'm' } },
  ]);
  for (const title of ['A', 'B', 'C']) await core.client.deals.create({ title });
  core.clock.runToIdle();
  await core.core.stop();
  expect(core.notifier.shown.length).toBeLessThan(3);
  const next = createTestCore({ dataDir: core.dataDir, clock: core.clock, source: 2 });
  await next.settle();
  const shownTitles = [...core.notifier.shown, ...next.notifier.shown].map(({ title }) => title);
  expect(shownTitles).toEqual(['A', 'B', 'C']);
});
