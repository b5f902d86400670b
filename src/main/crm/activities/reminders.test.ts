import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { FakeClock } from '../../../../tests/support/fake-clock.ts';
import { temporaryFolder } from '../../../../tests/support/temporary-folder.ts';
import { day, hour, minute } from '../../../../tests/support/workflows.ts';

const at = '2026-03-02T10:00:00.000Z';
const call = { type: 'call', title: 'Call Anna', remind_at: at } as const;

describe('a reminder', () => {
  test('is given once, at its instant, in the Inbox and by the system', async () => {
    const { client, clock, notifier, core } = createTestCore();
    const task = await client.activities.create({ ...call, due_at: '2026-03-02T11:30:00Z' });
    clock.advance(hour - 1_000);
    expect((await client.notifications.list()).items).toEqual([]);
    clock.advance(2_000);
    await core.idle();
    expect(notifier.shown).toMatchObject([
      { title: 'Call Anna', record: { object: 'task', id: task.id } },
    ]);
    clock.advance(day);
    expect((await client.notifications.list()).items).toMatchObject([
      { title: 'Call Anna', message: 'Reminder: due Mar 2, 2026, 12:30 PM', workflow_id: null },
    ]);
    // It is no action of the user's: the last one is the task itself.
    expect((await client.history.undo()).action).toMatchObject({ record_id: task.id });
  });

  test('that moves is given again, one that is done or deleted not at all', async () => {
    const { client, clock } = createTestCore();
    const moved = await client.activities.create(call);
    const done = await client.activities.create({ ...call, title: 'Done' });
    const gone = await client.activities.create({ ...call, title: 'Gone' });
    await client.activities.update({ id: done.id, completed_at: at });
    await client.activities.remove({ id: gone.id });
    clock.advance(hour + minute);
    await client.activities.update({ id: moved.id, remind_at: '2026-03-02T12:00:00Z' });
    clock.advance(2 * hour);
    const { items } = await client.notifications.list();
    expect(items.map(({ title }) => title)).toEqual(['Call Anna', 'Call Anna']);
  });

  test('that fell due while nothing ran is given at the next start', async () => {
    const dataDir = temporaryFolder();
    const clock = new FakeClock();
    const first = createTestCore({ dataDir, clock });
    await first.client.activities.create(call);
    await first.core.stop();
    clock.sleep(2 * day);
    const second = createTestCore({ dataDir, clock, source: 1 });
    await second.settle();
    expect(second.notifier.shown).toMatchObject([{ title: 'Call Anna' }]);
  });
});

test('why a deal was lost is a field like any other', async () => {
  const { client } = createTestCore({ start: false });
  const deal = await client.deals.create({ title: 'Roof' });
  const lost = { stage: 'lost', lost_reason: 'Too dear' };
  expect(await client.deals.update({ id: deal.id, ...lost })).toMatchObject(lost);
});
