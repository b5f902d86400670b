import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf, runsOf, task } from '../../../../tests/support/workflows.ts';

/** The user's own statement. */
const newActions = JSON.stringify([
  {
    type: 'create_task',
    config: {
      title: 'Test task from workflow',
      description: 'This task was created automatically',
      due_date: '+1 day',
    },
  },
]);

function sql({ outside }: TestCore, text: string, ...values: unknown[]): void {
  outside.prepare(text).run(...values);
}

async function taskTitles({ client }: TestCore): Promise<string[]> {
  return (await client.activities.list({})).items.map((one) => one.title).toReversed();
}

function versionsOf({ outside }: TestCore, id: string) {
  const rows = outside
    .prepare('SELECT number, definition FROM workflow_versions WHERE workflow_id = ? ORDER BY seq')
    .all(id) as { number: number; definition: string }[];
  return rows.map(({ number, definition }) => {
    const { actions } = JSON.parse(definition) as {
      actions: { id: string; config: { title?: string } }[];
    };
    return { number, steps: actions.map((step) => `${step.id}: ${step.config.title}`) };
  });
}

describe('a change by SQL', () => {
  test('of the actions is seen by the very next event, and becomes a version', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('Old')]);
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    sql(core, 'UPDATE workflows SET actions = ? WHERE id = ?', newActions, workflow.id);
    await core.client.deals.create({ title: 'B' });
    await core.settle();
    expect(await taskTitles(core)).toEqual(['Old', 'Test task from workflow']);
    expect(versionsOf(core, workflow.id).map((version) => version.number)).toEqual([1, 2]);
    expect((await runsOf(core, workflow.id)).map((run) => run.version)).toEqual([1, 2]);
    // The ids are in the version alone.
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      actions: JSON.parse(newActions) as unknown[],
      version: 2,
    });
  });

  test.each(['active', 'ACTIVE', ' Active '])(
    'of the status to "%s" switches it on',
    async (to) => {
      const core = createTestCore();
      const workflow = await core.client.workflows.create({
        name: 'W',
        trigger_type: 'deal_created',
        actions: [task('T')],
      });
      sql(core, 'UPDATE workflows SET status = ? WHERE id = ?', to, workflow.id);
      await core.client.deals.create({ title: 'A' });
      await core.settle();
      expect(await onlyRunOf(core, workflow.id)).toMatchObject({ status: 'succeeded', version: 1 });
    },
  );

  test.each(['paused', 'archived', ''])('of the status to "%s" switches it off', async (to) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('T')]);
    sql(core, 'UPDATE workflows SET status = ? WHERE id = ?', to, workflow.id);
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toEqual([]);
  });

  test('of is_deleted hides it', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('T')]);
    sql(core, 'UPDATE workflows SET is_deleted = true WHERE id = ?', workflow.id);
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    expect(await taskTitles(core)).toEqual([]);
    await expect(core.client.workflows.get({ id: workflow.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('that is a whole new workflow is taken up', async () => {
    const core = createTestCore();
    sql(
      core,
      `INSERT INTO workflows (id, name, status, trigger_type, actions, owner_id, created_at, updated_at)
       SELECT 'by-sql', 'By SQL', 'active', 'deal_created', ?, id, '', '' FROM users`,
      newActions,
    );
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    expect(await taskTitles(core)).toEqual(['Test task from workflow']);
  });

  test('is told to the screens, whoever notices it first', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('T')]);
    await core.settle();
    const stream = await core.client.live.changes();
    expect((await stream.next()).value).toEqual({ kind: 'hello' });
    const first = stream.next();
    sql(core, "UPDATE workflows SET name = 'x' WHERE id = ?", workflow.id);
    core.clock.advance(1_000);
    expect((await first).value).toEqual({ kind: 'all' });
    // Here the dispatcher comes before the slow look.
    const second = stream.next();
    sql(core, "UPDATE workflows SET name = 'y' WHERE id = ?", workflow.id);
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    const messages: unknown[] = [(await second).value];
    // The order of what the two changes say is not promised; that `all` is among it is.
    while (messages.length < 2) messages.push((await stream.next()).value);
    expect(messages).toContainEqual({ kind: 'all' });
    await stream.return?.();
  });
});

describe('a workflow made illegal by SQL', () => {
  test.each([
    ['no JSON', 'actions', '[{"type": "create_task"', /^actions: actions is not JSON/],
    ['no list', 'actions', '{}', /^actions: actions must be a list/],
    ['no steps', 'actions', '[]', /^actions: Add at least one step/],
    ['an unknown action', 'actions', '[{"type": "fly"}]', /^actions\[0\]\.type: Unknown action/],
    [
      'a bad date',
      'actions',
      '[{"type": "create_task", "config": {"title": "T", "due_date": "soon"}}]',
      /^actions\[0\]\.config\.due_date: "soon" is no date/,
    ],
    ['an unknown trigger', 'trigger_type', 'deal_flown', /^trigger_type: Unknown trigger/],
    ['a config that is no JSON', 'trigger_config', '{', /^trigger_config: .*not JSON/],
    ['an unknown stage', 'trigger_config', '{"to_stage": "x"}', /^trigger_config\.to_stage: /],
  ])('%s: is parked with the reason, the others go on', async (_, column, value, reason) => {
    const core = createTestCore();
    const [bad, good] = [
      await activeWorkflow(core, 'deal_stage_changed', [task('Bad')], { name: 'bad' }),
      await activeWorkflow(core, 'deal_stage_changed', [task('Good')]),
    ];
    const deal = await core.client.deals.create({ title: 'A' });
    sql(core, `UPDATE workflows SET ${column} = ? WHERE id = ?`, value, bad.id);
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(await taskTitles(core)).toEqual(['Good']);
    const parked = await core.client.workflows.get({ id: bad.id });
    expect(parked).toMatchObject({
      status: 'active',
      parked_reason: expect.stringMatching(reason),
    });
    expect(parked.problems.length).toBeGreaterThan(0);
    expect(await core.client.workflows.get({ id: good.id })).toMatchObject({ parked_reason: null });
    // The text is kept as the user wrote it.
    const kept = core.outside
      .prepare(`SELECT ${column} FROM workflows WHERE id = ?`)
      .pluck()
      .get(bad.id);
    expect(kept).toBe(value);
    expect(core.logger.errors).toEqual([
      expect.stringMatching(/^Workflow trigger error: workflow "bad" \(.+\), event .+: parked: /),
    ]);
    // Said once, not at every look.
    core.clock.advance(5_000);
    await core.client.deals.update({ id: deal.id, stage: 'lost' });
    await core.settle();
    expect(core.logger.errors).toHaveLength(1);
  });

  test('is parked within a second, also when nothing happens', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('T')]);
    sql(core, "UPDATE workflows SET actions = 'x' WHERE id = ?", workflow.id);
    core.clock.advance(1_000);
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      parked_reason: expect.stringMatching(/not JSON/),
    });
  });

  test('leaves the car park by SQL, by the API, or by being switched off', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('T')]);
    const { id } = workflow;
    const park = async () => {
      sql(core, "UPDATE workflows SET actions = 'x', status = 'active' WHERE id = ?", id);
      core.clock.advance(1_000);
      const { parked_reason: reason } = await core.client.workflows.get({ id });
      expect(reason).toMatch(/not JSON/);
    };
    const reason = async () => (await core.client.workflows.get({ id })).parked_reason;

    await park();
    sql(core, 'UPDATE workflows SET actions = ? WHERE id = ?', newActions, id);
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    expect(await reason()).toBeNull();
    expect(await taskTitles(core)).toEqual(['Test task from workflow']);

    await park();
    await core.client.workflows.update({ id, actions: [task('By API')] });
    expect(await reason()).toBeNull();
    await core.client.deals.create({ title: 'B' });
    await core.settle();
    expect(await taskTitles(core)).toEqual(['Test task from workflow', 'By API']);

    await park();
    await core.client.workflows.update({ id, status: 'paused' });
    expect(await reason()).toBeNull();
    await expect(core.client.workflows.update({ id, status: 'active' })).rejects.toMatchObject({
      code: 'validation_failed',
      data: { field: 'actions' },
    });
  });

  test('a stage that another program takes away parks what names it', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_stage_changed', [task('T')], {
      trigger_config: { to_stage: 'proposal' },
    });
    await core.settle();
    sql(core, "UPDATE stages SET slug = 'offer' WHERE slug = 'proposal'");
    core.clock.advance(1_000);
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      parked_reason: expect.stringMatching(/^trigger_config\.to_stage: Unknown stage "proposal"/),
    });
  });

  test('a version somebody made unreadable is replaced, and stops nobody', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('T')]);
    await core.settle();
    sql(core, "UPDATE workflow_versions SET definition = '{'");
    sql(core, "UPDATE workflows SET name = 'renamed'");
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ status: 'succeeded', version: 2 });
    expect((await core.client.workflows.list({})).items).toHaveLength(1);
  });
});

describe('versions', () => {
  test('come with a change of what runs, and with nothing else', async () => {
    const core = createTestCore();
    const { client } = core;
    const { id } = await activeWorkflow(core, 'deal_created', [task('A'), task('B')]);
    await client.workflows.update({ id, name: 'Other', description: 'x' });
    await client.workflows.update({ id, actions: [task('A'), task('B')] });
    await client.workflows.update({ id, status: 'paused' });
    await client.workflows.update({ id, status: 'active' });
    expect(versionsOf(core, id)).toEqual([{ number: 1, steps: ['step_1: A', 'step_2: B'] }]);
    // A paused workflow publishes when it is switched on.
    await client.workflows.update({ id, status: 'paused' });
    await client.workflows.update({ id, actions: [task('C')] });
    expect(versionsOf(core, id)).toHaveLength(1);
    await client.workflows.update({ id, status: 'active' });
    expect(versionsOf(core, id)).toHaveLength(2);
  });

  test('keep the ids of steps that did not change', async () => {
    const core = createTestCore();
    const { id } = await activeWorkflow(core, 'deal_created', [task('A'), task('B')]);
    const rewrite = (actions: ReturnType<typeof task>[]) =>
      core.client.workflows.update({ id, actions });
    await rewrite([task('X'), task('B'), task('A')]);
    expect(versionsOf(core, id).at(-1)?.steps).toEqual(['step_3: X', 'step_2: B', 'step_1: A']);
    await rewrite([task('A'), task('A')]);
    const twice = versionsOf(core, id).at(-1)?.steps;
    expect(twice?.[0]).toBe('step_1: A');
    expect(new Set(twice).size).toBe(2);
  });

  test('an id a step claims for itself is not kept for another', async () => {
    const core = createTestCore();
    const { id } = await activeWorkflow(core, 'deal_created', [task('A'), task('B')]);
    await core.client.workflows.update({ id, actions: [task('C', { id: 'step_1' }), task('A')] });
    const steps = versionsOf(core, id).at(-1)?.steps;
    expect(steps?.[0]).toBe('step_1: C');
    expect(steps?.[1]).toMatch(/^step_[2-9]: A$/);
    expect(await core.client.workflows.get({ id })).toMatchObject({ problems: [], version: 2 });
  });

  test('a template that names a step is judged with the ids the version will have', async () => {
    const core = createTestCore();
    const { client } = core;
    const { id } = await activeWorkflow(core, 'deal_created', [task('A')]);
    // The new first step is step_2, for A keeps step_1.
    const actions = [task('New'), task('A'), task('{{steps.step_2.task.title}}')];
    const updated = await client.workflows.update({ id, actions });
    expect(updated.problems).toEqual([]);
    await client.deals.create({ title: 'D' });
    await core.settle();
    expect(await taskTitles(core)).toEqual(['New', 'A', 'New']);
    await expect(
      client.workflows.update({ id, actions: [task('{{steps.step_9.task.title}}')] }),
    ).rejects.toMatchObject({ data: { field: 'actions[0].config.title' } });
  });

  test('a run is pinned to the one that ran, also in its history', async () => {
    const core = createTestCore();
    const { id } = await activeWorkflow(core, 'deal_created', [task('A')]);
    await core.client.deals.create({ title: 'D' });
    await core.settle();
    await core.client.workflows.update({ id, actions: [task('B')] });
    await core.client.deals.create({ title: 'E' });
    await core.settle();
    const runs = await runsOf(core, id);
    expect(runs.map((run) => [run.version, run.actions_executed[0]?.input])).toEqual([
      [1, { title: 'A' }],
      [2, { title: 'B' }],
    ]);
  });
});
