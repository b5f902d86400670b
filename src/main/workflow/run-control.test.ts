import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf, runsOf, task } from '../../../tests/support/workflows.ts';

const day = 86_400_000;
const wait = (config: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'wait',
  config,
  ...more,
});

async function titles({ client }: TestCore): Promise<string[]> {
  return (await client.activities.list({})).items.map((item) => item.title).toReversed();
}

async function waitingRun(core: TestCore, step = wait({ duration: '+3 days' })) {
  const workflow = await activeWorkflow(core, 'deal_created', [
    task('before'),
    step,
    task('after'),
  ]);
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  return { workflow, run: await onlyRunOf(core, workflow.id) };
}

describe('cancelling a run that waits', () => {
  test('ends it for good; what it did stays', async () => {
    const core = createTestCore();
    const { run } = await waitingRun(core);
    core.clock.sleep(day);
    expect(await core.client.executions.cancel({ id: run.id })).toMatchObject({
      status: 'cancelled',
      success_count: 1,
      duration_seconds: 86_400,
      waiting_until: null,
    });
    core.clock.sleep(10 * day);
    await core.settle();
    expect(await titles(core)).toEqual(['before']);
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({ status: 'cancelled' });
    expect(core.outside.prepare('SELECT count(*) FROM waits').pluck().get()).toBe(0);
  });

  test('one that is over, or is none, is refused', async () => {
    const core = createTestCore();
    const { run } = await waitingRun(core);
    await core.client.executions.cancel({ id: run.id });
    await expect(core.client.executions.cancel({ id: run.id })).rejects.toMatchObject({
      code: 'conflict',
      message: 'The run is over (cancelled); only one that waits or is parked can be cancelled.',
    });
    await expect(core.client.executions.cancel({ id: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('firing a wait now', () => {
  test('goes on at once', async () => {
    const core = createTestCore();
    const { run } = await waitingRun(core);
    await core.client.executions.fire_now({ id: run.id });
    await core.settle();
    expect(await titles(core)).toEqual(['before', 'after']);
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({ status: 'succeeded' });
    await expect(core.client.executions.fire_now({ id: run.id })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('is not a time-out of a wait for an event', async () => {
    const core = createTestCore();
    const step = wait(
      { until_event: 'deal_won', timeout: '+7 days' },
      { on_timeout: [task('too late')] },
    );
    const { run } = await waitingRun(core, step);
    await core.client.executions.fire_now({ id: run.id });
    await core.settle();
    expect(await titles(core)).toEqual(['before', 'after']);
  });

  test('asked of a program that does not execute, the one that does goes on', async () => {
    const core = createTestCore();
    const { run } = await waitingRun(core);
    const second = createTestCore({ dataDir: core.dataDir, clock: core.clock, source: 2 });
    await second.client.executions.fire_now({ id: run.id });
    core.clock.advance(1_000);
    await core.settle();
    expect(await titles(core)).toEqual(['before', 'after']);
  });
});

describe('taking a record in again', () => {
  const steps = [wait({ duration: '+1 hour' }), task('x')];

  test.each([
    [undefined, 1, 2],
    ['after_exit', 1, 2],
    ['once', 1, 1],
    ['every_event', 2, 3],
  ])('%s: %d while a run waits, %d after it', async (reEntry, during, after) => {
    const core = createTestCore();
    const settings = reEntry === undefined ? {} : { settings: { re_entry: reEntry } };
    const workflow = await activeWorkflow(core, 'deal_stage_changed', steps, settings);
    const deal = await core.client.deals.create({ title: 'Roof' });
    const move = async (stage: string) => {
      await core.client.deals.update({ id: deal.id, stage });
      await core.settle();
    };
    await move('proposal');
    await move('negotiation');
    expect(await runsOf(core, workflow.id)).toHaveLength(during);
    core.clock.sleep(2 * 3_600_000);
    await core.settle();
    await move('qualification');
    expect(await runsOf(core, workflow.id)).toHaveLength(after);
  });

  test('is asked for each record by itself', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', steps, {
      settings: { re_entry: 'once' },
    });
    await core.client.deals.create({ title: 'A' });
    await core.client.deals.create({ title: 'B' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(2);
  });
});

test('of workflows that one event starts, the one of higher priority goes first, then the older', async () => {
  const core = createTestCore();
  for (const [name, priority] of [
    ['a', 0],
    ['b', 5],
    ['c', -1],
    ['d', 5],
  ] as const) {
    await activeWorkflow(core, 'deal_created', [task(name)], { name, settings: { priority } });
  }
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  expect(await titles(core)).toEqual(['b', 'd', 'a', 'c']);
});

test('a zone of its own decides what a day is', async () => {
  const core = createTestCore();
  await activeWorkflow(
    core,
    'deal_created',
    [{ type: 'create_task', config: { title: 'x', due_date: '2026-03-10' } }],
    { settings: { time_zone: 'Asia/Kolkata' } },
  );
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  expect((await core.client.activities.list({})).items).toMatchObject([
    { due_at: '2026-03-09T18:30:00.000Z' },
  ]);
});

test.each([
  [{ re_entry: 'twice' }, 'settings.re_entry'],
  [{ priority: 1.5 }, 'settings.priority'],
  [{ time_zone: 'Mars/Base' }, 'settings.time_zone'],
  [{ unknown: 1 }, 'settings.unknown'],
])('settings %j are refused at %s', async (settings, field) => {
  const core = createTestCore();
  await expect(
    core.client.workflows.create({ name: 'W', trigger_type: 'deal_created', settings }),
  ).rejects.toMatchObject({ code: 'validation_failed', data: { field } });
});
