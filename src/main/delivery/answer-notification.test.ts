import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import { activeWorkflow, day, hour, minute, pass } from '../../../tests/support/workflows.ts';
import type { NotificationState } from '../../shared/contract/notifications.ts';
import { isQuiet } from './quiet-hours.ts';

const notify = { type: 'send_notification', config: { title: '{{deal_title}}', message: 'M' } };

async function told(core: TestCore, ...titles: string[]): Promise<void> {
  for (const title of titles) await core.client.deals.create({ title });
  await core.settle();
}

async function newestId({ client }: TestCore): Promise<string> {
  const [newest] = (await client.notifications.list({})).items;
  return newest?.id ?? '';
}

async function titlesIn({ client }: TestCore, state: NotificationState): Promise<string[]> {
  return (await client.notifications.list({ state })).items.map(({ title }) => title);
}

const unreadCount = async ({ client }: TestCore): Promise<number> =>
  (await client.home.counts()).notifications_unread;

const shownTitles = ({ notifier }: TestCore): string[] => notifier.shown.map(({ title }) => title);

describe('a notification that is put off', () => {
  test('leaves the Inbox, and is shown and unread again when its time has come', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [notify]);
    await told(core, 'A', 'B');
    const id = await newestId(core);
    const snoozed = await core.client.notifications.snooze({ id, for: '1_hour' });
    expect(snoozed).toMatchObject({
      snoozed_until: '2026-03-02T10:00:00.000Z',
      read_at: '2026-03-02T09:00:00.000Z',
    });
    expect(await titlesIn(core, 'inbox')).toEqual(['A']);
    expect(await titlesIn(core, 'snoozed')).toEqual(['B']);
    expect(await unreadCount(core)).toBe(1);
    await pass(core, hour - 1_000);
    expect(shownTitles(core)).toEqual(['A', 'B']);
    await pass(core, 1_000);
    core.clock.advance(1_000);
    await core.settle();
    expect(shownTitles(core)).toEqual(['A', 'B', 'B']);
    expect(await titlesIn(core, 'unread')).toEqual(['B', 'A']);
    await pass(core, day);
    expect(shownTitles(core)).toEqual(['A', 'B', 'B']);
  });

  test('until tomorrow comes back at nine in the morning, in the zone of the computer', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [notify]);
    await told(core, 'A');
    const id = await newestId(core);
    expect(await core.client.notifications.snooze({ id, for: 'tomorrow' })).toMatchObject({
      snoozed_until: '2026-03-03T08:00:00.000Z',
    });
  });

  test.each([0, 5 * hour, 30 * day])(
    'is shown after a restart, once, %i ms after its time',
    async (late) => {
      const dataDir = temporaryFolder();
      const clock = new FakeClock();
      const first = createTestCore({ dataDir, clock, source: 1 });
      await activeWorkflow(first, 'deal_created', [notify]);
      await told(first, 'A', 'B');
      const id = await newestId(first);
      await first.client.notifications.snooze({ id, for: '1_hour' });
      await first.core.stop();
      clock.advance(hour + late);
      for (const source of [2, 3]) {
        const next = createTestCore({ dataDir, clock, source });
        await next.settle();
        expect(shownTitles(next)).toEqual(source === 2 ? ['B'] : []);
        expect(await titlesIn(next, 'unread')).toEqual(['B', 'A']);
        await next.core.stop();
      }
    },
  );

  test('is in the Inbox again also where nothing can be shown', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [notify]);
    await told(core, 'A');
    await core.client.notifications.snooze({ id: await newestId(core), for: '1_hour' });
    core.notifier.failure = new Error('no daemon');
    await pass(core, hour);
    core.clock.advance(1_000);
    await core.settle();
    expect(await titlesIn(core, 'unread')).toEqual(['A']);
    expect(core.logger.errors).toHaveLength(1);
  });

  test('and taken back is in the Inbox at once, read', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [notify]);
    await told(core, 'A');
    const id = await newestId(core);
    await core.client.notifications.snooze({ id, for: '1_hour' });
    expect(await core.client.notifications.restore({ id })).toMatchObject({ snoozed_until: null });
    expect(await titlesIn(core, 'inbox')).toEqual(['A']);
    await pass(core, 2 * hour);
    expect(shownTitles(core)).toEqual(['A']);
  });
});

describe('quiet hours', () => {
  const quiet_hours = { from: '22:00', to: '07:00' };

  test.each([
    ['22:00', '07:00', '21:59', false],
    ['22:00', '07:00', '22:00', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['12:00', '13:00', '12:30', true],
    ['12:00', '13:00', '13:00', false],
    ['08:00', '08:00', '08:00', false],
  ])('from %s to %s at %s: %s', (from, to, time, wanted) => {
    expect(isQuiet({ from, to }, Date.parse(`2026-03-02T${time}:00Z`), 'UTC')).toBe(wanted);
  });

  test('are on the clock of the computer, not in UTC', () => {
    const at = Date.parse('2026-03-02T21:30:00Z');
    expect(isQuiet(quiet_hours, at, 'UTC')).toBe(false);
    expect(isQuiet(quiet_hours, at, 'Europe/Berlin')).toBe(true);
    expect(isQuiet(null, at, 'Europe/Berlin')).toBe(false);
  });

  test('show nothing, then or later, while the Inbox has it', async () => {
    const dataDir = temporaryFolder();
    const clock = new FakeClock();
    const core = createTestCore({ dataDir, clock, source: 1 });
    await core.client.settings.update({ quiet_hours });
    await activeWorkflow(core, 'deal_created', [notify]);
    await pass(core, 13 * hour);
    await told(core, 'Night');
    expect(shownTitles(core)).toEqual([]);
    expect(await titlesIn(core, 'unread')).toEqual(['Night']);
    await pass(core, 8 * hour);
    expect(shownTitles(core)).toEqual([]);
    await told(core, 'Day');
    expect(shownTitles(core)).toEqual(['Day']);
    await core.core.stop();
    const next = createTestCore({ dataDir, clock, source: 2 });
    await next.settle();
    expect(shownTitles(next)).toEqual([]);
  });

  test('keep back what was put off until they are over', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [notify]);
    // 21:30 in the zone of the computer, which is an hour ahead of UTC.
    await pass(core, 11 * hour + 30 * minute);
    await told(core, 'Late');
    await core.client.settings.update({ quiet_hours });
    await core.client.notifications.snooze({ id: await newestId(core), for: '1_hour' });
    await pass(core, 9 * hour);
    expect(shownTitles(core)).toEqual(['Late']);
    await pass(core, 30 * minute);
    core.clock.advance(1_000);
    await core.settle();
    expect(shownTitles(core)).toEqual(['Late', 'Late']);
  });

  test('are kept in the file, cleared with null, and refused when they are no times', async () => {
    const { client } = createTestCore();
    expect((await client.settings.get()).quiet_hours).toBeNull();
    expect((await client.settings.update({ quiet_hours })).quiet_hours).toEqual(quiet_hours);
    expect((await client.settings.update({ quiet_hours: null })).quiet_hours).toBeNull();
    await expect(
      client.settings.update({ quiet_hours: { from: '24:00', to: '7' } }),
    ).rejects.toMatchObject({ data: { field: 'quiet_hours.from' } });
  });
});

describe('a button of the notification the system shows', () => {
  async function shownOne(): Promise<TestCore> {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [notify]);
    await told(core, 'A');
    return core;
  }

  test('open reads it', async () => {
    const core = await shownOne();
    core.notifier.answer('open');
    expect(await unreadCount(core)).toBe(0);
    expect(await titlesIn(core, 'inbox')).toEqual(['A']);
  });

  test('snooze puts it off', async () => {
    const core = await shownOne();
    core.notifier.answer('snooze_tomorrow');
    const { items } = await core.client.notifications.list({ state: 'snoozed' });
    expect(items).toMatchObject([{ snoozed_until: '2026-03-03T08:00:00.000Z' }]);
    core.notifier.answer('snooze_1_hour');
    expect((await core.client.notifications.list({ state: 'snoozed' })).items).toMatchObject([
      { snoozed_until: '2026-03-02T10:00:00.000Z' },
    ]);
  });

  test('mark done takes it out of the Inbox, and it stays done after a restart', async () => {
    const core = await shownOne();
    core.notifier.answer('mark_done');
    expect(await titlesIn(core, 'inbox')).toEqual([]);
    await core.core.stop();
    const next = createTestCore({ dataDir: core.dataDir, clock: core.clock, source: 2 });
    expect(await titlesIn(next, 'done')).toEqual(['A']);
    expect(shownTitles(next)).toEqual([]);
  });

  test('after the end of the program is heard by nobody', async () => {
    const core = await shownOne();
    await core.core.stop();
    core.notifier.answer('mark_done');
    expect(core.logger.errors).toEqual([]);
  });

  test('for a row that SQL took away is a line in the log', async () => {
    const core = await shownOne();
    core.outside.exec('DELETE FROM notifications');
    core.notifier.answer('mark_done');
    expect(core.logger.errors).toEqual([expect.stringContaining('no notification')]);
  });
});

test('done with a notification about a task completes the task, and taken back leaves it so', async () => {
  const core = createTestCore();
  const remind = { type: 'send_notification', config: { title: 'Due', message: 'M' } };
  await activeWorkflow(core, 'task_created', [remind]);
  const task = await core.client.activities.create({ type: 'task', title: 'Call' });
  await core.settle();
  const id = await newestId(core);
  const done = await core.client.notifications.mark_done({ id });
  expect(done).toMatchObject({ done_at: core.clock.nowText(), read_at: core.clock.nowText() });
  const completed = await core.client.activities.get({ id: task.id });
  expect(completed.completed_at).toBe(core.clock.nowText());
  expect(await core.client.notifications.restore({ id })).toMatchObject({ done_at: null });
  expect(await core.client.activities.get({ id: task.id })).toEqual(completed);
});

test('the Inbox of one workflow alone', async () => {
  const core = createTestCore();
  const one = await activeWorkflow(core, 'deal_created', [notify], { name: 'One' });
  await activeWorkflow(core, 'deal_created', [notify], { name: 'Other' });
  await told(core, 'A');
  const { items } = await core.client.notifications.list({ workflow_id: one.id });
  expect(items).toMatchObject([{ title: 'A', workflow_name: 'One' }]);
  expect(core.notifier.shown.map(({ group }) => group?.name)).toEqual(['One', 'Other']);
});

test.each(['snooze', 'mark_done', 'restore'] as const)('%s of none is not found', async (call) => {
  const { client } = createTestCore();
  const input = { id: 'x', for: '1_hour' as const };
  const { snooze, mark_done, restore } = client.notifications;
  const calls = {
    snooze: () => snooze(input),
    mark_done: () => mark_done({ id: 'x' }),
    restore: () => restore({ id: 'x' }),
  };
  await expect(calls[call]()).rejects.toMatchObject({ code: 'not_found' });
});
