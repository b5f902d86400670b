import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  only,
  onlyRunOf,
  runsOf,
  task,
  titlesOf,
} from '../../../tests/support/workflows.ts';

const start = (core: TestCore, id: string, input: Record<string, unknown>) =>
  core.client.enrolment.start({ id, records: 'all', ...input });

async function deals(core: TestCore, count: number) {
  const made = [];
  for (let index = 0; index < count; index += 1)
    made.push(await core.client.deals.create({ title: `D${index}`, value: index }));
  // Their events are dispatched before there is a workflow to hear them.
  await core.settle();
  return made;
}

describe('taking in records that match already', () => {
  test('none is the default of turning on, all takes each in once, with an event of its own', async () => {
    const core = createTestCore();
    await deals(core, 3);
    const workflow = await activeWorkflow(core, 'deal_created', [task('hello {{deal_title}}')], {
      conditions: only('deal.value', '>=', 1),
    });
    await core.settle();
    expect(await titlesOf(core)).toEqual([]);
    expect(await core.client.enrolment.preview({ id: workflow.id })).toMatchObject({
      objects: [{ object: 'deal', matching: 2, records: [{ name: 'D2' }, { name: 'D1' }] }],
    });
    expect(await start(core, workflow.id, { records: 'none' })).toEqual({
      enrolment_id: null,
      count: 0,
    });
    expect(await start(core, workflow.id, {})).toMatchObject({ count: 2 });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['hello D1', 'hello D2']);
    const runs = await runsOf(core, workflow.id);
    expect(runs).toMatchObject([
      { event_type: 'manual', status: 'succeeded', bypassed_conditions: false },
      { event_type: 'manual', status: 'succeeded', bypassed_conditions: false },
    ]);
    const events = core.outside
      .prepare('SELECT count(DISTINCT event_id) FROM workflow_executions WHERE workflow_id = ?')
      .pluck()
      .get(workflow.id);
    expect(events).toBe(2);
  });

  test('pick takes in those that were chosen, and re-entry keeps out who was in', async () => {
    const core = createTestCore();
    const made = await deals(core, 3);
    const workflow = await activeWorkflow(core, 'deal_created', [task('{{deal_title}}')], {
      settings: { re_entry: 'once' },
    });
    const pick = { records: 'pick', record_ids: [made[2]?.id, made[0]?.id] };
    expect(await start(core, workflow.id, pick)).toMatchObject({ count: 2 });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['D0', 'D2']);
    expect(await start(core, workflow.id, pick)).toMatchObject({ count: 0, enrolment_id: null });
    expect(await start(core, workflow.id, {})).toMatchObject({ count: 1 });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['D0', 'D2', 'D1']);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['deal_won', {}, ['Won']],
    ['deal_lost', {}, []],
    ['deal_stage_changed', { to_stage: 'proposal' }, ['Proposal']],
    ['deal_updated', {}, ['New', 'Proposal', 'Tagged', 'Won']],
    ['date_reached', { field: 'deal.created_at' }, ['New', 'Proposal', 'Tagged', 'Won']],
    ['tag_added', { object: 'deal', tag: 'vip' }, ['Tagged']],
  ])('%s %j: those that stand as it leaves them', async (trigger, config, expected) => {
    const core = createTestCore();
    const { client } = core;
    await client.deals.create({ title: 'New' });
    await client.deals.create({ title: 'Proposal', stage: 'proposal' });
    await client.deals.create({ title: 'Won', stage: 'won' });
    await client.deals.create({ title: 'Tagged', tags: ['VIP'] });
    const workflow = await activeWorkflow(core, trigger, [task('x')], { trigger_config: config });
    const { objects } = await client.enrolment.preview({ id: workflow.id });
    expect(objects.map(({ object }) => object)).toEqual(['deal']);
    expect((objects[0]?.records ?? []).map(({ name }) => name).toSorted()).toEqual(expected);
  });

  test('open tasks past their time match task_overdue', async () => {
    const core = createTestCore();
    const due = { type: 'task', due_at: '2026-03-01T09:00:00Z' } as const;
    await core.client.activities.create({ ...due, title: 'Late' });
    await core.client.activities.create({
      ...due,
      title: 'Done',
      completed_at: '2026-03-01T08:00:00Z',
    });
    const workflow = await activeWorkflow(core, 'task_overdue', [task('x')]);
    const { objects } = await core.client.enrolment.preview({ id: workflow.id });
    expect(objects).toMatchObject([{ object: 'task', matching: 1, records: [{ name: 'Late' }] }]);
  });

  test('hundreds are done in slices, and another program goes on where one was ended', async () => {
    const clock = new FakeClock({ elapsedPerReading: 4 });
    const first = createTestCore({ clock });
    await deals(first, 230);
    const workflow = await activeWorkflow(first, 'deal_created', [task('x')]);
    await first.settle();
    await start(first, workflow.id, {});
    clock.runOneTurn();
    const begun = (await runsOf(first, workflow.id)).length;
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThan(230);
    await first.core.stop();
    const second = createTestCore({ dataDir: first.dataDir, clock, source: 2 });
    await second.settle();
    const runs = await runsOf(second, workflow.id);
    expect(runs).toHaveLength(230);
    expect(new Set(runs.map(({ record }) => record?.id)).size).toBe(230);
    expect(second.outside.prepare('SELECT total, started FROM enrolments').all()).toEqual([
      { total: 230, started: 230 },
    ]);
  });

  test('is refused where it makes no sense, with the cure', async () => {
    const core = createTestCore();
    const hand = await activeWorkflow(core, 'manual', [task('x')]);
    await expect(start(core, hand.id, {})).rejects.toMatchObject({
      code: 'validation_failed',
      data: { field: 'object' },
    });
    const two = await core.client.workflows.create({
      name: 'two',
      status: 'active',
      triggers: [{ type: 'deal_created' }, { type: 'contact_created' }],
      actions: [task('x')],
    });
    await expect(start(core, two.id, {})).rejects.toMatchObject({
      message: 'object must be one of: deal, contact.',
    });
    await expect(
      start(core, two.id, { object: 'deal', records: 'pick', record_ids: [] }),
    ).rejects.toMatchObject({ data: { field: 'record_ids' } });
    await core.client.workflows.update({ id: two.id, status: 'paused' });
    await expect(start(core, two.id, { object: 'deal' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

test('by hand a run starts whatever the entry conditions say, and says that it did', async () => {
  const core = createTestCore();
  const workflow = await activeWorkflow(core, 'deal_created', [task('x')], {
    conditions: only('deal.value', '>', 100),
  });
  const small = await core.client.deals.create({ title: 'Small', value: 5 });
  await core.settle();
  await core.client.workflows.execute({ id: workflow.id, deal_id: small.id });
  await core.settle();
  expect(await onlyRunOf(core, workflow.id)).toMatchObject({
    status: 'succeeded',
    bypassed_conditions: true,
  });
});
