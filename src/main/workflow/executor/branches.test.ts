import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  branch,
  day,
  hour,
  only,
  onlyRunOf,
  pass,
  setField,
  task,
  titlesOf,
  wait,
} from '../../../../tests/support/workflows.ts';

const hourWait = wait({ duration: '+1 hour' });
const always = only('deal.title', 'notNull');
const never = only('deal.title', 'null');

type Steps = Parameters<typeof activeWorkflow>[2];

/** A deal with two tasks of its own, and a workflow started on it by hand. */
async function startOnDeal(core: TestCore, steps: Steps) {
  const workflow = await activeWorkflow(core, 'manual', steps);
  const contact = await core.client.contacts.create({ first_name: 'Anna' });
  const deal = await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
  for (const title of ['a', 'b'])
    await core.client.activities.create({ type: 'task', title, deal_id: deal.id });
  await core.client.workflows.execute({ id: workflow.id, deal_id: deal.id });
  await core.settle();
  return { workflow, deal };
}

describe('a wait inside', () => {
  test.each<[string, Steps, string[], string[]]>([
    ['then', [branch(always, [hourWait, task('in')]), task('behind')], [], ['in', 'behind']],
    ['else', [branch(never, [], [hourWait, task('in')]), task('behind')], [], ['in', 'behind']],
    [
      'a branch in a branch',
      [branch(always, [branch(always, [task('first'), hourWait, task('in')]), task('middle')])],
      ['first'],
      ['first', 'in', 'middle'],
    ],
    [
      'a case',
      [
        {
          type: 'switch',
          config: { value: '{{deal.title}}' },
          cases: [
            { equals: 'Wall', steps: [task('wall')] },
            { equals: ' ROOF ', steps: [hourWait, task('in')] },
          ],
          default: [task('default')],
        },
        task('behind'),
      ],
      [],
      ['in', 'behind'],
    ],
    [
      'the default',
      [
        {
          type: 'switch',
          config: { value: '{{deal.title}}' },
          cases: [{ equals: 'Wall', steps: [] }],
          default: [hourWait, task('in')],
        },
      ],
      [],
      ['in'],
    ],
    [
      'the steps after an error',
      [
        setField('task', 'title', 'x', {
          on_error: 'branch',
          on_error_steps: [hourWait, task('in')],
        }),
        task('behind'),
      ],
      [],
      ['in', 'behind'],
    ],
  ])('%s', async (_, steps, before, after) => {
    const core = createTestCore();
    await startOnDeal(core, steps);
    expect(await titlesOf(core)).toEqual(['a', 'b', ...before]);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['a', 'b', ...after]);
  });

  test('a loop: each turn waits, its record stays the same, and what comes behind runs once', async () => {
    const core = createTestCore();
    const { workflow } = await startOnDeal(core, [
      {
        type: 'for_each',
        config: { over: 'deal.tasks' },
        do: [hourWait, setField('task', 'title', '{{task.title}}!')],
      },
      task('behind'),
    ]);
    expect(await titlesOf(core)).toEqual(['a', 'b']);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['a!', 'b']);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['a!', 'b!', 'behind']);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'succeeded',
      success_count: 3,
      duration_seconds: 7_200,
    });
  });

  test('a loop: a past date skips the rest of that turn, not of the loop', async () => {
    const core = createTestCore();
    await startOnDeal(core, [
      {
        type: 'for_each',
        config: { over: 'deal.tasks' },
        do: [
          branch(only('task.title', '=', 'a'), [
            { type: 'add_tag', config: { object: 'task', tag: 'first' } },
          ]),
          wait({ until_field: 'task.created_at', offset: '-1 day', if_past: 'skip' }),
          setField('task', 'title', 'never'),
        ],
      },
      task('behind'),
    ]);
    expect(await titlesOf(core)).toEqual(['a', 'b', 'behind']);
  });

  test('on_timeout', async () => {
    const core = createTestCore();
    await startOnDeal(core, [
      wait(
        { until_event: 'deal_won', timeout: '+1 hour' },
        { on_timeout: [task('nudge'), hourWait, task('give up')] },
      ),
      task('behind'),
    ]);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['a', 'b', 'nudge']);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['a', 'b', 'nudge', 'give up', 'behind']);
  });

  test('a loop through what was there when it began: a deleted record fails its own step', async () => {
    const core = createTestCore();
    const { workflow } = await startOnDeal(core, [
      {
        type: 'for_each',
        config: { over: 'deal.tasks' },
        do: [hourWait, setField('task', 'title', 'seen', { on_error: 'continue' })],
      },
    ]);
    const { items } = await core.client.activities.list({});
    const b = items.find((item) => item.title === 'b');
    await core.client.activities.remove({ id: b?.id ?? '' });
    await pass(core, hour);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['seen']);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'partial',
      error_message: 'Step 3 update_field: there is no task to update',
    });
  });
});

describe('outputs and records over a wait', () => {
  test('what a step made is there after the wait; records are live, trigger values frozen', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      { type: 'create_task', id: 'call', config: { title: 'Call' } },
      wait({ duration: '+1 day' }),
      task('{{steps.call.task.title}} {{deal.title}} {{deal_title}} {{now}}'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, title: 'Barn' });
    await pass(core, day);
    expect(await titlesOf(core)).toEqual(['Call', 'Call Barn Roof 2026-03-03T09:00:00.000Z']);
  });

  test('until takes a template, shown resolved; a bad one fails the step', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ until: '{{deal.expected_close_date}}' }),
      task('after'),
    ]);
    await core.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-10' });
    await core.client.deals.create({ title: 'None' });
    await core.settle();
    const { items } = await core.client.workflows.executions({ id: workflow.id });
    expect(items.toReversed()).toMatchObject([
      {
        status: 'waiting',
        waiting_until: '2026-03-09T23:00:00.000Z',
        actions_executed: [{ input: { until: '2026-03-10' } }],
      },
      {
        status: 'failed',
        error_message: expect.stringContaining('Step 1 wait: until "" is no date'),
      },
    ]);
    await pass(core, 10 * day);
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('stop ends the run as succeeded, its reason resolved', async () => {
    const core = createTestCore();
    const { workflow } = await startOnDeal(core, [
      branch(always, [{ type: 'stop', config: { reason: 'Enough of {{deal.title}}' } }]),
      task('never'),
    ]);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'succeeded',
      success_count: 0,
      failure_count: 0,
      actions_executed: [{ type: 'if' }, { type: 'stop', input: { reason: 'Enough of Roof' } }],
    });
  });

  test('a step that is switched off is passed over, branches and waits too', async () => {
    const core = createTestCore();
    const { workflow } = await startOnDeal(core, [
      wait({ duration: '+1 hour' }, { enabled: false }),
      { ...branch(always, [task('never')]), enabled: false },
      task('last'),
    ]);
    expect(await titlesOf(core)).toEqual(['a', 'b', 'last']);
    const { actions_executed: steps } = await onlyRunOf(core, workflow.id);
    expect(steps.map((step) => step.status)).toEqual(['skipped', 'skipped', 'succeeded']);
  });
});

describe('the limit of 1,000 steps', () => {
  async function loopOver(tasks: number) {
    const core = createTestCore({ start: false });
    const workflow = await activeWorkflow(core, 'manual', [
      {
        type: 'for_each',
        config: { over: 'deal.tasks' },
        do: [setField('task', 'priority', 'high')],
      },
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.activities.create({ type: 'task', title: 'one', deal_id: deal.id });
    core.outside.exec(`
      CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${tasks})
        SELECT i FROM n;
      INSERT INTO activities (id, type, title, deal_id, owner_id, created_at, updated_at)
        SELECT 't' || i, type, title, deal_id, owner_id, created_at, updated_at FROM activities, n;`);
    await core.client.workflows.execute({ id: workflow.id, deal_id: deal.id });
    core.core.start();
    await core.settle();
    return await onlyRunOf(core, workflow.id);
  }

  test('is reached', async () => {
    const run = await loopOver(999);
    expect(run).toMatchObject({ status: 'succeeded', success_count: 999, failure_count: 0 });
  });

  test('is not passed', async () => {
    const run = await loopOver(1_000);
    expect(run).toMatchObject({
      status: 'failed',
      success_count: 999,
      failure_count: 1,
      error_message: expect.stringContaining('the run had 1000 steps; make its loops shorter'),
    });
  });
});
