import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, runsOf, task } from '../../../../tests/support/workflows.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const wait = (config: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'wait',
  config,
  ...more,
});

async function titles({ client }: TestCore): Promise<string[]> {
  const { items } = await client.activities.list({});
  return items.map((item) => item.title).toReversed();
}

async function advance(core: TestCore, ms: number): Promise<void> {
  core.clock.sleep(ms);
  await core.settle();
}

describe('a wait for a time', () => {
  test('stops the run and goes on at the very instant, counting the wait into its duration', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      task('before'),
      wait({ duration: '+3 days' }),
      task('after'),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await titles(core)).toEqual(['before']);
    expect(await runsOf(core, workflow.id)).toMatchObject([
      {
        status: 'waiting',
        waiting_until: '2026-03-05T09:00:00.000Z',
        success_count: 1,
        finished_at: null,
        duration_seconds: null,
      },
    ]);
    await advance(core, 3 * day - 1);
    expect(await titles(core)).toEqual(['before']);
    await advance(core, 1);
    expect(await titles(core)).toEqual(['before', 'after']);
    const [run] = await runsOf(core, workflow.id);
    expect(run).toMatchObject({
      status: 'succeeded',
      success_count: 2,
      failure_count: 0,
      duration_seconds: 259_200,
      finished_at: '2026-03-05T09:00:00.000Z',
    });
    expect(run?.actions_executed.map((step) => [step.type, step.status])).toEqual([
      ['create_task', 'succeeded'],
      ['wait', 'succeeded'],
      ['create_task', 'succeeded'],
    ]);
  });

  test('survives the end of the program, and a time that passed meanwhile ends it at once', async () => {
    const first = createTestCore();
    const workflow = await activeWorkflow(first, 'deal_created', [
      wait({ duration: '+3 days' }),
      task('after'),
    ]);
    await first.client.deals.create({ title: 'Roof' });
    await first.settle();
    await first.core.stop();
    first.clock.sleep(10 * day);
    const second = createTestCore({ dataDir: first.dataDir, clock: first.clock, source: 2 });
    await second.settle();
    expect(await titles(second)).toEqual(['after']);
    expect(await runsOf(second, workflow.id)).toMatchObject([
      { status: 'succeeded', duration_seconds: 864_000 },
    ]);
  });

  test('keeps to the version it began with, whatever is edited meanwhile', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ duration: '+1 hour' }),
      task('old'),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.workflows.update({ id: workflow.id, actions: [task('new')] });
    await advance(core, hour);
    expect(await titles(core)).toEqual(['old']);
  });
});

describe('a wait for a field', () => {
  test('follows the field when it changes', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_field: 'deal.expected_close_date', offset: '-1 day' }),
      task('chase'),
    ]);
    const deal = await core.client.deals.create({
      title: 'Roof',
      expected_close_date: '2026-03-10',
    });
    await core.settle();
    await core.client.deals.update({ id: deal.id, expected_close_date: '2026-03-20' });
    await core.settle();
    await advance(core, 10 * day);
    expect(await titles(core)).toEqual([]);
    await advance(core, 8 * day);
    expect(await titles(core)).toEqual(['chase']);
  });

  test('fails naming the field when it is empty', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ until_field: 'deal.expected_close_date' }),
      task('x'),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toMatchObject([
      {
        status: 'failed',
        error_message: expect.stringContaining('Step 1 wait: deal.expected_close_date is empty'),
      },
    ]);
  });
});

describe('a wait for an event', () => {
  const steps = [
    wait({ until_event: 'deal_won', timeout: '+7 days' }, { on_timeout: [task('nudge')] }),
    task('after'),
  ];

  test('ends with the event of its own record, not of another', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', steps);
    const deal = await core.client.deals.create({ title: 'Roof' });
    const other = await core.client.deals.create({ title: 'Wall' });
    await core.settle();
    await core.client.deals.update({ id: other.id, stage: 'won' });
    await core.settle();
    expect(await titles(core)).toEqual(['after']);
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(await titles(core)).toEqual(['after', 'after']);
    await advance(core, 30 * day);
    expect(await titles(core)).toHaveLength(2);
  });

  test('goes the other way when the time is up', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', steps);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await advance(core, 7 * day);
    expect(await titles(core)).toEqual(['nudge', 'after']);
  });

  test('is not ended by what the run itself did before', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      { type: 'update_field', config: { object: 'deal', field: 'description', value: 'seen' } },
      wait({ until_event: 'deal_updated' }),
      task('after'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await titles(core)).toEqual([]);
    await core.client.deals.update({ id: deal.id, title: 'Roof 2' });
    await core.settle();
    expect(await titles(core)).toEqual(['after']);
  });
});

describe('a wait for a condition', () => {
  const rich = { combinator: 'and', rules: [{ field: 'deal.value', operator: '>', value: 5000 }] };

  test('ends as soon as it holds, at once when it does already', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_condition: rich }),
      task('{{deal.title}}'),
    ]);
    await core.client.deals.create({ title: 'Rich', value: 9000 });
    const poor = await core.client.deals.create({ title: 'Poor', value: 10 });
    await core.settle();
    expect(await titles(core)).toEqual(['Rich']);
    await core.client.deals.update({ id: poor.id, value: 6000 });
    await core.settle();
    expect(await titles(core)).toEqual(['Rich', 'Poor']);
  });
});

describe('branches', () => {
  test('an if takes one way, a switch its case, a for_each each record, a stop the end', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      {
        type: 'if',
        config: {
          conditions: {
            combinator: 'and',
            rules: [{ field: 'contact.email', operator: 'notNull', value: null }],
          },
        },
        then: [task('mail')],
        else: [task('call'), wait({ duration: '+1 hour' }), task('call again')],
      },
      {
        type: 'switch',
        config: { value: '{{deal.currency}}' },
        cases: [{ equals: 'usd', steps: [task('dollars')] }],
        default: [task('euros')],
      },
      {
        type: 'for_each',
        config: { over: 'deal.tasks' },
        do: [{ type: 'add_tag', config: { object: 'task', tag: 'Auto' } }],
      },
      { type: 'stop', config: {} },
      task('never'),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await titles(core)).toEqual(['call']);
    await advance(core, hour);
    expect(await titles(core)).toEqual(['call', 'call again', 'euros']);
    const { items } = await core.client.activities.list({});
    expect(items.map((item) => item.tags)).toEqual([['Auto'], ['Auto'], ['Auto']]);
    expect(await runsOf(core, workflow.id)).toMatchObject([
      { status: 'succeeded', success_count: 6, failure_count: 0 },
    ]);
  });

  test('a failing step with a branch goes that way, and the run is partial', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      {
        type: 'update_field',
        config: { object: 'contact', field: 'job_title', value: 'x' },
        on_error: 'branch',
        on_error_steps: [task('no contact')],
      },
      task('after'),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await titles(core)).toEqual(['no contact', 'after']);
    expect(await runsOf(core, workflow.id)).toMatchObject([
      { status: 'partial', success_count: 2, failure_count: 1 },
    ]);
  });
});

test('entry conditions decide whether a run starts', async () => {
  const core = createTestCore();
  const workflow = await activeWorkflow(core, 'deal_created', [task('big')], {
    conditions: {
      combinator: 'and',
      rules: [{ field: 'deal.value', operator: '>=', value: '5000' }],
    },
  });
  await core.client.deals.create({ title: 'Small', value: 4999.99 });
  await core.client.deals.create({ title: 'None' });
  await core.client.deals.create({ title: 'Big', value: 5000 });
  await core.settle();
  expect(await runsOf(core, workflow.id)).toMatchObject([{ record_name: 'Big' }]);
});
