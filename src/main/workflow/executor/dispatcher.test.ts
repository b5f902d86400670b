import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock.ts';
import { storedEvents } from '../../../../tests/support/stored-rows.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, runsOf, setField, task } from '../../../../tests/support/workflows.ts';

/** Names of the workflows that ran, in the order they started. */
function startsOf({ outside }: TestCore): string[] {
  const rows = outside
    .prepare(
      'SELECT w.name FROM workflow_executions r JOIN workflows w ON w.id = r.workflow_id ORDER BY r.seq',
    )
    .pluck()
    .all() as string[];
  return rows;
}

const errorLine = (workflow: string, event: string, reason: string) =>
  expect.stringMatching(
    new RegExp(
      `^Workflow trigger error: workflow "${workflow}" \\(.+\\), event ${event} \\(.+\\): ${reason}`,
    ),
  );

describe('the order of starts', () => {
  test('for one event it is the age of the workflows', async () => {
    const core = createTestCore();
    for (const name of ['first', 'second', 'third'])
      await activeWorkflow(core, 'deal_created', [task(name)], { name });
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(startsOf(core)).toEqual(['first', 'second', 'third']);
  });

  test('events go in their order, each with all its workflows', async () => {
    const core = createTestCore({ start: false });
    await activeWorkflow(core, 'contact_created', [task('c')], { name: 'contact' });
    await activeWorkflow(core, 'deal_created', [task('d')], { name: 'deal' });
    await core.client.deals.create({ title: 'A' });
    await core.client.contacts.create({ first_name: 'B' });
    await core.client.deals.create({ title: 'C' });
    core.core.start();
    await core.settle();
    expect(startsOf(core)).toEqual(['deal', 'contact', 'deal']);
  });

  test('events that runs cause come after those already waiting: breadth first', async () => {
    const core = createTestCore({ start: false });
    const createDeal = { type: 'create_deal', config: { title: 'From {{contact.name}}' } };
    await activeWorkflow(core, 'contact_created', [createDeal], { name: 'contact' });
    await activeWorkflow(core, 'deal_created', [task('d')], { name: 'deal' });
    await core.client.contacts.create({ first_name: 'A' });
    await core.client.contacts.create({ first_name: 'B' });
    core.core.start();
    await core.settle();
    expect(startsOf(core)).toEqual(['contact', 'contact', 'deal', 'deal']);
  });
});

describe('the slices', () => {
  test('events that wait together share a commit', async () => {
    const core = createTestCore({ start: false });
    await activeWorkflow(core, 'deal_created', [task('d')]);
    await activeWorkflow(core, 'task_created', [{ type: 'stop', config: {} }]);
    await core.client.deals.create({ title: 'A' });
    await core.client.deals.create({ title: 'B' });
    core.core.start();
    core.clock.runOneTurn();
    expect(storedEvents(core.outside).slice(0, 2)).toMatchObject([
      { dispatched_at: '2026-03-02T09:00:00.000Z' },
      { dispatched_at: '2026-03-02T09:00:00.000Z' },
    ]);
    expect(startsOf(core)).toHaveLength(2);
    // The tasks' own events wait for the next commit.
    expect(storedEvents(core.outside).slice(2)).toMatchObject([
      { type: 'task_created', dispatched_at: null },
      { type: 'task_created', dispatched_at: null },
    ]);
  });

  test('what a run wrote and nobody hears is over with its own commit', async () => {
    const core = createTestCore({ start: false });
    await activeWorkflow(core, 'deal_created', [task('d')]);
    await core.client.deals.create({ title: 'A' });
    core.core.start();
    core.clock.runOneTurn();
    expect(storedEvents(core.outside)).toMatchObject([
      { type: 'deal_created', dispatched_at: '2026-03-02T09:00:00.000Z' },
      { type: 'task_created', dispatched_at: '2026-03-02T09:00:00.000Z' },
    ]);
  });

  test('what a run wrote and another one waits for gets a commit of its own', async () => {
    const core = createTestCore();
    const wait = { type: 'wait', config: { until_event: 'contact_updated' } };
    const update = {
      type: 'update_field',
      config: { object: 'contact', field: 'job_title', value: 'Roofer' },
    };
    const waiting = await activeWorkflow(core, 'contact_created', [wait]);
    await activeWorkflow(core, 'deal_created', [update]);
    const contact = await core.client.contacts.create({ first_name: 'A' });
    await core.settle();
    await core.client.deals.create({ title: 'A', contact_id: contact.id });
    core.clock.runOneTurn();
    expect(await runsOf(core, waiting.id)).toMatchObject([{ status: 'waiting' }]);
    await core.settle();
    expect(await runsOf(core, waiting.id)).toMatchObject([{ status: 'succeeded' }]);
  });

  test('work that takes long yields after each event and loses none', async () => {
    const clock = new FakeClock({ elapsedPerReading: 20 });
    const core = createTestCore({ start: false, clock });
    const workflow = await activeWorkflow(core, 'deal_created', [task('d')]);
    for (const title of ['A', 'B', 'C']) await core.client.deals.create({ title });
    core.core.start();
    for (const count of [1, 2, 3]) {
      expect(clock.runOneTurn()).toBe(true);
      expect(startsOf(core)).toHaveLength(count);
    }
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(3);
    expect(storedEvents(core.outside).every((event) => event.dispatched_at !== null)).toBe(true);
  });

  test('nothing is dispatched before the start or after the stop', async () => {
    const core = createTestCore({ start: false });
    await activeWorkflow(core, 'deal_created', [task('d')]);
    await core.client.deals.create({ title: 'A' });
    core.clock.advance(10_000);
    expect(startsOf(core)).toEqual([]);
    core.core.start();
    await core.core.stop();
    core.clock.advance(10_000);
    expect(startsOf(core)).toEqual([]);
    expect(core.clock.waitingTimers).toBe(0);
  });
});

describe('at most once per event', () => {
  test('a dispatched event starts nothing again, whatever happens to its mark', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('d')], { name: 'deal' });
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    core.outside.exec('UPDATE events SET dispatched_at = NULL');
    core.clock.advance(1_000);
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
    expect((await core.client.activities.list({})).items).toHaveLength(1);
    expect(core.logger.errors).toEqual([errorLine('deal', 'deal_created', 'UNIQUE')]);
    expect(storedEvents(core.outside).every((event) => event.dispatched_at !== null)).toBe(true);
  });

  test('a change that changes nothing starts nothing', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_stage_changed', [task('d')]);
    const deal = await core.client.deals.create({ title: 'A' });
    await core.client.deals.update({ id: deal.id, stage: 'qualification' });
    await core.client.deals.update({ id: deal.id, title: 'B' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toEqual([]);
  });

  test('a workflow switched on later hears nothing of before', async () => {
    const core = createTestCore();
    await core.client.deals.create({ title: 'A' });
    await core.settle();
    const workflow = await activeWorkflow(core, 'deal_created', [task('d')]);
    core.clock.advance(2_000);
    await core.settle();
    expect(await runsOf(core, workflow.id)).toEqual([]);
  });

  test('drafts, paused and removed workflows hear nothing', async () => {
    const core = createTestCore();
    const { client } = core;
    const [draft, paused, removed] = [
      await activeWorkflow(core, 'deal_created', [task('a')]),
      await activeWorkflow(core, 'deal_created', [task('b')]),
      await activeWorkflow(core, 'deal_created', [task('c')]),
    ];
    await client.workflows.update({ id: draft.id, status: 'draft' });
    await client.workflows.update({ id: paused.id, status: 'paused' });
    await client.workflows.remove({ id: removed.id });
    await client.deals.create({ title: 'A' });
    await core.settle();
    expect(startsOf(core)).toEqual([]);
    await client.workflows.update({ id: paused.id, status: 'active' });
    await client.deals.create({ title: 'B' });
    await core.settle();
    expect(await runsOf(core, paused.id)).toHaveLength(1);
  });
});

describe('loops', () => {
  test('a deal that makes a deal ends by depth', async () => {
    const core = createTestCore();
    const step = { type: 'create_deal', config: { title: 'Again' } };
    const workflow = await activeWorkflow(core, 'deal_created', [step], { name: 'again' });
    await core.client.deals.create({ title: 'First' });
    await core.settle();
    const runs = await runsOf(core, workflow.id);
    expect(runs.map((run) => run.status)).toEqual([
      ...Array.from({ length: 10 }, () => 'succeeded'),
      'skipped',
    ]);
    expect(runs.at(-1)).toMatchObject({
      error_message: expect.stringMatching(/^skipped: loop/),
      success_count: 0,
      actions_executed: [],
    });
    expect((await core.client.deals.list({})).items).toHaveLength(11);
    expect(core.logger.errors).toEqual([errorLine('again', 'deal_created', 'loop')]);
    // Runs that were refused do not count as executions.
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      execution_count: 10,
    });
    const chains = storedEvents(core.outside).map((event) => event.chain.length);
    expect(chains).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('two workflows that move a deal to and fro are refused at the first repetition', async () => {
    const core = createTestCore();
    const forth = await activeWorkflow(
      core,
      'deal_stage_changed',
      [setField('deal', 'stage', 'negotiation')],
      { name: 'forth', trigger_config: { to_stage: 'proposal' } },
    );
    const back = await activeWorkflow(
      core,
      'deal_stage_changed',
      [setField('deal', 'stage', 'proposal')],
      { name: 'back', trigger_config: { to_stage: 'negotiation' } },
    );
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, stage: 'proposal' });
    await core.settle();
    expect((await runsOf(core, forth.id)).map((run) => run.status)).toEqual([
      'succeeded',
      'skipped',
    ]);
    expect((await runsOf(core, back.id)).map((run) => run.status)).toEqual(['succeeded']);
    expect(startsOf(core)).toEqual(['forth', 'back', 'forth']);
    expect(core.logger.errors).toEqual([
      errorLine('forth', 'deal_stage_changed', 'loop: this workflow already ran'),
    ]);
    // Nobody is punished: the next change by hand starts it again.
    await core.client.deals.update({ id: deal.id, stage: 'qualification' });
    await core.client.deals.update({ id: deal.id, stage: 'proposal' });
    await core.settle();
    expect(await runsOf(core, forth.id)).toHaveLength(4);
  });

  test('a run caused by a run carries the whole chain', async () => {
    const core = createTestCore();
    const first = await activeWorkflow(core, 'contact_created', [
      { type: 'create_deal', config: { title: 'D' } },
    ]);
    const second = await activeWorkflow(core, 'deal_created', [task('t')]);
    const contact = await core.client.contacts.create({ first_name: 'A' });
    await core.settle();
    const [firstRun] = await runsOf(core, first.id);
    const [secondRun] = await runsOf(core, second.id);
    const [deal] = (await core.client.deals.list({})).items;
    expect(storedEvents(core.outside).at(-1)).toMatchObject({
      type: 'task_created',
      chain: [
        { workflow_id: first.id, record_id: contact.id, execution_id: firstRun?.id },
        { workflow_id: second.id, record_id: deal?.id, execution_id: secondRun?.id },
      ],
    });
  });
});

describe('what cannot be handled', () => {
  test.each([
    ['no JSON', '{broken'],
    ['JSON of nothing', 'null'],
    ['JSON without keys', '{}'],
  ])('an event whose data is %s stands in nobody’s way', async (_, data) => {
    const core = createTestCore({ start: false });
    const workflow = await activeWorkflow(core, 'deal_stage_changed', [task('t')], {
      trigger_config: { to_stage: 'won' },
    });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    core.outside.prepare("UPDATE events SET data = ? WHERE type = 'deal_stage_changed'").run(data);
    await core.client.deals.update({ id: deal.id, stage: 'lost' });
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    core.core.start();
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
    expect(core.logger.errors).toEqual([
      expect.stringMatching(/^Workflow trigger error: event deal_stage_changed \(.+\): ./),
    ]);
    const events = storedEvents(core.outside.exec("UPDATE events SET data = '{}'"));
    expect(events.filter((event) => event.dispatch_error !== null)).toHaveLength(1);
    expect(events.every((event) => event.dispatched_at !== null)).toBe(true);
  });

  test('a run that cannot be written down undoes itself alone', async () => {
    const core = createTestCore();
    const [good, bad, last] = [
      await activeWorkflow(core, 'deal_created', [task('good')], { name: 'good' }),
      await activeWorkflow(core, 'deal_created', [task('bad')], { name: 'bad' }),
      await activeWorkflow(core, 'deal_created', [task('last')], { name: 'last' }),
    ];
    core.outside.exec(`
      CREATE TRIGGER refused BEFORE INSERT ON workflow_executions WHEN NEW.workflow_id = '${bad.id}'
      BEGIN SELECT RAISE(ABORT, 'not this one'); END
    `);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await runsOf(core, good.id)).toHaveLength(1);
    expect(await runsOf(core, bad.id)).toHaveLength(0);
    expect(await runsOf(core, last.id)).toHaveLength(1);
    const titles = (await core.client.activities.list({})).items.map((one) => one.title);
    expect(titles.toReversed()).toEqual(['good', 'last']);
    expect(core.logger.errors).toEqual([errorLine('bad', 'deal_created', 'not this one')]);
  });

  test('a commit that fails loses no event: the next look finds it', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('t')]);
    core.outside.exec(`
      CREATE TRIGGER refused BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'disk is sick'); END
    `);
    await core.client.deals.create({ title: 'Roof' });
    core.clock.runToIdle();
    expect(await runsOf(core, workflow.id)).toHaveLength(0);
    expect(core.logger.errors[0]).toMatch(
      /^Workflow trigger error: the events could not be dispatched and wait: disk is sick/,
    );
    core.outside.exec('DROP TRIGGER refused');
    core.clock.advance(1_000);
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
  });
});
