import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  hour,
  onlyRunOf,
  pass,
  runsOf,
  task,
  titlesOf,
  wait,
} from '../../../tests/support/workflows.ts';

/** A run of a workflow that waits, then makes a task. */
async function waiting(core: TestCore, config: Record<string, unknown>, more = {}) {
  const workflow = await activeWorkflow(core, 'deal_created', [wait(config, more), task('after')]);
  const deal = await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  return { workflow, deal };
}

async function pause(core: TestCore, id: string, runs: 'freeze' | 'drain' | 'cancel') {
  const workflow = await core.client.workflows.pause({ id, runs });
  await core.settle();
  return workflow;
}

async function resume(core: TestCore, id: string) {
  const workflow = await core.client.workflows.resume({ id });
  await core.settle();
  return workflow;
}

async function dueAt(core: TestCore, workflowId: string): Promise<string | null> {
  return (await onlyRunOf(core, workflowId)).waiting_until;
}

describe('a pause that freezes', () => {
  test('takes nothing in, and no wait ends', async () => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { duration: '+1 hour' });
    expect(await pause(core, workflow.id, 'freeze')).toMatchObject({
      status: 'paused',
      pause_mode: 'freeze',
      paused_reason: null,
    });
    await core.client.deals.create({ title: 'Other' });
    await pass(core, 10 * day);
    expect(await titlesOf(core)).toEqual([]);
    expect(await runsOf(core, workflow.id)).toMatchObject([{ status: 'waiting' }]);
  });

  test('a duration and a time-out move by its length', async () => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { duration: '+3 hours' });
    const other = await waiting(
      core,
      { until_event: 'deal_won', timeout: '+3 hours' },
      { on_timeout: [task('late')] },
    );
    const runs = await runsOf(core, workflow.id);
    expect(runs[0]?.waiting_until).toBe('2026-03-02T12:00:00.000Z');
    await pass(core, hour);
    await pause(core, workflow.id, 'freeze');
    await pause(core, other.workflow.id, 'freeze');
    await pass(core, day);
    await resume(core, workflow.id);
    await resume(core, other.workflow.id);
    expect((await runsOf(core, workflow.id))[0]?.waiting_until).toBe('2026-03-03T12:00:00.000Z');
    expect(await dueAt(core, other.workflow.id)).toBe('2026-03-03T12:00:00.000Z');
    await pass(core, 2 * hour);
    expect((await titlesOf(core)).toSorted()).toEqual(['after', 'after', 'after', 'late']);
  });

  test('a date stays where it is; one that passed meanwhile is due at once', async () => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { until: '2026-03-20T09:00:00Z' });
    const passed = await waiting(core, { until_time: '12:00' });
    await pause(core, workflow.id, 'freeze');
    await pause(core, passed.workflow.id, 'freeze');
    await pass(core, 2 * day);
    expect(await titlesOf(core)).toEqual([]);
    await resume(core, workflow.id);
    await resume(core, passed.workflow.id);
    expect((await runsOf(core, workflow.id))[0]?.waiting_until).toBe('2026-03-20T09:00:00.000Z');
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('what a run waits for comes during the pause: it goes on after it, and not by time-out', async () => {
    const core = createTestCore();
    const { workflow, deal } = await waiting(
      core,
      { until_event: 'deal_won', timeout: '+3 hours' },
      { on_timeout: [task('late')] },
    );
    await pause(core, workflow.id, 'freeze');
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await pass(core, day);
    expect(await titlesOf(core)).toEqual([]);
    await resume(core, workflow.id);
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('a field that changes during the pause moves the wait', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ until_field: 'deal.expected_close_date' }),
      task('after'),
    ]);
    const deal = await core.client.deals.create({
      title: 'Roof',
      expected_close_date: '2026-03-10',
    });
    await core.settle();
    await pause(core, workflow.id, 'freeze');
    await core.client.deals.update({ id: deal.id, expected_close_date: '2026-03-15' });
    await pass(core, 10 * day);
    expect(await titlesOf(core)).toEqual([]);
    await resume(core, workflow.id);
    expect(await dueAt(core, workflow.id)).toBe('2026-03-14T23:00:00.000Z');
  });

  test('a run cannot be sent on by hand while it is frozen', async () => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { duration: '+1 hour' });
    await pause(core, workflow.id, 'freeze');
    const { id } = await onlyRunOf(core, workflow.id);
    await expect(core.client.executions.fire_now({ id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Turn it on again'),
    });
  });

  test('ended by SQL: the waits go on all the same', async () => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { duration: '+1 hour' });
    await pause(core, workflow.id, 'freeze');
    await pass(core, day);
    core.outside.prepare("UPDATE workflows SET status = 'active'").run();
    core.clock.advance(2_000);
    await core.settle();
    expect(await dueAt(core, workflow.id)).toMatch(/^2026-03-03T10:00:0[0-2]/);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('cut short by the end of the program: a wait not frozen yet is held when it is due', async () => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { duration: '+1 hour' });
    // As if the program had ended between the pause and its first slice.
    core.outside
      .prepare("UPDATE workflows SET status = 'paused', pause_mode = 'freeze', paused_at = ?")
      .run(core.clock.nowText());
    core.clock.sleep(2 * hour);
    await core.settle();
    expect(await titlesOf(core)).toEqual([]);
    await resume(core, workflow.id);
    expect(await dueAt(core, workflow.id)).toBe('2026-03-02T12:00:00.000Z');
  });

  test('many are frozen and thawed in slices', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ duration: '+1 hour' }),
      task('after'),
    ]);
    for (let turn = 0; turn < 250; turn += 1) await core.client.deals.create({ title: `D${turn}` });
    await core.settle();
    await pause(core, workflow.id, 'freeze');
    const frozen = core.outside.prepare('SELECT count(*) FROM waits WHERE frozen_at IS NOT NULL');
    expect(frozen.pluck().get()).toBe(250);
    await resume(core, workflow.id);
    expect(frozen.get()).toBe(0);
    await pass(core, hour);
    expect(await core.client.workflows.open_runs({ id: workflow.id })).toEqual({
      waiting: 0,
      queued: 0,
      parked: 0,
      failed: 0,
    });
  });
});

describe('a pause that drains', () => {
  test.each(['API', 'SQL'])('by %s: what waits finishes, nothing new starts', async (how) => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { duration: '+1 hour' });
    if (how === 'SQL') {
      core.outside.prepare("UPDATE workflows SET status = 'paused'").run();
      core.clock.advance(1_000);
    } else {
      await core.client.workflows.update({ id: workflow.id, status: 'paused' });
    }
    await core.settle();
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      pause_mode: 'drain',
    });
    await core.client.deals.create({ title: 'Other' });
    await pass(core, 2 * hour);
    expect(await titlesOf(core)).toEqual(['after']);
    expect(await runsOf(core, workflow.id)).toMatchObject([{ status: 'succeeded' }]);
  });
});

describe('a pause that cancels', () => {
  test('ends what waits', async () => {
    const core = createTestCore();
    const { workflow } = await waiting(core, { duration: '+1 hour' });
    expect(await core.client.workflows.open_runs({ id: workflow.id })).toMatchObject({
      waiting: 1,
    });
    await pause(core, workflow.id, 'cancel');
    expect(await runsOf(core, workflow.id)).toMatchObject([{ status: 'cancelled' }]);
    await resume(core, workflow.id);
    await pass(core, day);
    expect(await titlesOf(core)).toEqual([]);
    await core.client.deals.create({ title: 'Other' });
    await pass(core, day);
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('a draft has nothing to pause', async () => {
    const core = createTestCore();
    const { id } = await core.client.workflows.create({ name: 'x', trigger_type: 'deal_created' });
    await expect(core.client.workflows.pause({ id })).rejects.toMatchObject({ code: 'conflict' });
  });
});
