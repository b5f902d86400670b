import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { createTestCore } from '../../tests/support/test-core.ts';
import { activeWorkflow, runsOf, task } from '../../tests/support/workflows.ts';

describe('two cores on one file', () => {
  function two() {
    const dataDir = temporaryFolder();
    const clock = new FakeClock();
    const first = createTestCore({ dataDir, clock, source: 1 });
    const second = createTestCore({ dataDir, clock, source: 2 });
    // The first look after the start is done.
    clock.runToIdle();
    return { first, second, clock };
  }

  test('the second serves and does not execute; the first sees its events', async () => {
    const { first, second, clock } = two();
    expect(second.logger.infos).toEqual([
      'Workflows run in Test core 1, which holds this file; this one serves without executing.',
    ]);
    expect((await first.client.system.health()).executor).toEqual({
      state: 'here',
      holder: 'Test core 1',
    });
    expect((await second.client.system.health()).executor).toEqual({
      state: 'elsewhere',
      holder: 'Test core 1',
    });
    const workflow = await activeWorkflow(second, 'deal_created', [task('T')]);
    await second.client.deals.create({ title: 'Roof' });
    clock.runToIdle();
    expect(await runsOf(second, workflow.id)).toEqual([]);
    clock.advance(1_000);
    await first.settle();
    expect(await runsOf(second, workflow.id)).toHaveLength(1);
    // Said once, however often it tries.
    clock.advance(10_000);
    expect(second.logger.infos).toHaveLength(1);
  });

  test('the second takes over within a second of the end of the first', async () => {
    const { first, second, clock } = two();
    const workflow = await activeWorkflow(first, 'deal_created', [task('T')]);
    await first.core.stop();
    await second.client.deals.create({ title: 'Roof' });
    clock.advance(1_000);
    await second.settle();
    expect(await runsOf(second, workflow.id)).toMatchObject([{ status: 'succeeded' }]);
    expect(second.logger.infos.at(-1)).toBe('The other program ended; workflows run here now.');
    expect((await second.client.system.health()).executor).toEqual({
      state: 'here',
      holder: 'Test core 2',
    });
  });

  test('a lease that cannot be written costs a second, not the executor', async () => {
    const core = createTestCore({ start: false });
    const workflow = await activeWorkflow(core, 'deal_created', [task('T')]);
    await core.client.deals.create({ title: 'Roof' });
    core.outside.exec('ALTER TABLE executor_lease RENAME TO lent');
    core.core.start();
    expect(core.logger.errors).toEqual([expect.stringMatching(/^Workflow trigger error: .*lease/)]);
    core.outside.exec('ALTER TABLE lent RENAME TO executor_lease');
    core.clock.advance(1_000);
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
  });
});

describe('the life of a core', () => {
  test('start and stop may be called twice, in any order', async () => {
    const { core, clock } = createTestCore({ start: false });
    core.start();
    core.start();
    expect(clock.waitingTimers).toBe(1);
    await core.stop();
    await core.stop();
    core.start();
    expect(clock.waitingTimers).toBe(0);
    const unstarted = createTestCore({ start: false });
    await unstarted.core.stop();
    await unstarted.core.stop();
  });

  test('what was committed before the end is executed by the next start', async () => {
    const dataDir = temporaryFolder();
    const first = createTestCore({ dataDir, source: 1 });
    const workflow = await activeWorkflow(first, 'deal_created', [task('T')]);
    await first.settle();
    await first.client.deals.create({ title: 'Roof' });
    await first.core.stop();
    const second = createTestCore({ dataDir, source: 2 });
    await second.settle();
    expect(await runsOf(second, workflow.id)).toMatchObject([{ status: 'succeeded' }]);
  });

  test('a file keeps its one user and its pipeline over starts', async () => {
    const dataDir = temporaryFolder();
    const first = createTestCore({ dataDir, source: 1 });
    await first.core.stop();
    const second = createTestCore({ dataDir, source: 2 });
    const count = (table: string): unknown =>
      second.outside.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([count('users'), count('pipelines'), count('stages')]).toEqual([1, 1, 5]);
  });

  test('idle resolves at once where nothing waits or nothing executes', async () => {
    const started = createTestCore();
    await started.settle();
    await started.core.idle();
    const unstarted = createTestCore({ start: false });
    await unstarted.client.deals.create({ title: 'Roof' });
    await unstarted.core.idle();
  });
});

test('screens hear what changed, once per commit, and what automation says', async () => {
  const core = createTestCore();
  await activeWorkflow(core, 'deal_created', [
    { type: 'send_notification', config: { title: 'New', message: '{{deal_title}}' } },
  ]);
  await core.settle();
  const stream = await core.client.live.changes();
  expect((await stream.next()).value).toEqual({ kind: 'hello' });
  const first = stream.next();
  const deal = await core.client.deals.create({ title: 'Roof' });
  expect((await first).value).toEqual({
    kind: 'changed',
    changes: [{ topic: 'deal', id: deal.id }],
  });
  const second = stream.next();
  await core.settle();
  expect((await second).value).toMatchObject({
    kind: 'changed',
    changes: expect.arrayContaining([
      expect.objectContaining({ topic: 'notification' }),
      expect.objectContaining({ topic: 'execution' }),
      expect.objectContaining({ topic: 'workflow' }),
    ]),
  });
  expect((await stream.next()).value).toMatchObject({
    kind: 'notified',
    title: 'New',
    message: 'Roof',
  });
  await stream.return?.();
});
