import { describe, expect, test } from 'vitest';
import { storedEvents, storedJournal } from '../../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  onlyRunOf,
  runsOf,
  setField,
  task,
} from '../../../../tests/support/workflows.ts';

/** Fails at run time alone: the deals of these tests have no contact. */
const failing = (more: Record<string, unknown> = {}) => setField('contact', 'phone', '110', more);

const reason = 'there is no contact to update';

async function runOn(actions: Parameters<typeof activeWorkflow>[2]) {
  const core = createTestCore();
  const workflow = await activeWorkflow(core, 'deal_created', actions);
  const deal = await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  // A step that creates a deal starts the workflow again, in vain or not; the first run is meant.
  const [run] = await runsOf(core, workflow.id);
  if (!run) throw new Error('The workflow did not run');
  const tasks = (await core.client.activities.list({})).items.map((one) => one.title).toReversed();
  return { core, workflow, deal, run, tasks };
}

describe('a failing step', () => {
  test('ends the run and keeps what was done before it', async () => {
    const { core, run, tasks } = await runOn([task('A'), failing(), task('B')]);
    expect(run).toMatchObject({
      status: 'failed',
      success_count: 1,
      failure_count: 1,
      error_message: `Step 2 update_field: ${reason}`,
    });
    expect(run.actions_executed.map((step) => step.status)).toEqual(['succeeded', 'failed']);
    expect(run.actions_executed[1]).toMatchObject({ error: reason, output: null, changes: [] });
    expect(tasks).toEqual(['A']);
    expect(core.logger.errors).toEqual([
      expect.stringMatching(
        /^Workflow trigger error: workflow "deal_created" \(.+\), event deal_created \(.+\): Step 2 update_field: there is no contact/,
      ),
    ]);
  });

  test('under continue goes on to the end, which is partial', async () => {
    const { run, tasks } = await runOn([
      failing({ on_error: 'continue' }),
      task('A'),
      failing({ on_error: 'continue' }),
      task('B'),
    ]);
    expect(run).toMatchObject({
      status: 'partial',
      success_count: 2,
      failure_count: 2,
      error_message: `Step 1 update_field: ${reason}`,
    });
    expect(tasks).toEqual(['A', 'B']);
  });

  test('under stop after one under continue has failed the run', async () => {
    const { run, tasks } = await runOn([failing({ on_error: 'continue' }), failing(), task('A')]);
    expect(run).toMatchObject({ status: 'failed', success_count: 0, failure_count: 2 });
    expect(tasks).toEqual([]);
  });

  test('as the last one under continue is partial too', async () => {
    const { run } = await runOn([task('A'), failing({ on_error: 'continue' })]);
    expect(run.status).toBe('partial');
  });

  test('undoes its own writes', async () => {
    const core = createTestCore();
    // The row is written, then the reading back of it fails: only a savepoint can take it away again.
    core.outside.exec('CREATE TABLE activities_seen (id TEXT)');
    const workflow = await activeWorkflow(core, 'deal_created', [task('A'), task('B'), task('C')]);
    core.outside.exec(`
      CREATE TRIGGER no_b AFTER INSERT ON activities WHEN NEW.title = 'B'
      BEGIN INSERT INTO activities_seen VALUES (NEW.id); DELETE FROM activities WHERE id = NEW.id; END
    `);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const run = await onlyRunOf(core, workflow.id);
    expect(run).toMatchObject({ status: 'failed', success_count: 1, failure_count: 1 });
    expect(run.error_message).toMatch(/^Step 2 create_task: /);
    expect(core.outside.prepare('SELECT count(*) FROM activities_seen').pluck().get()).toBe(0);
    expect(core.outside.prepare('SELECT title FROM activities').pluck().all()).toEqual(['A']);
    const created = storedEvents(core.outside).filter((event) => event.type === 'task_created');
    expect(created).toHaveLength(1);
    expect(storedJournal(core.outside).filter((row) => row.object === 'task')).toHaveLength(1);
  });
});

describe('a step that is switched off', () => {
  test('is skipped and counts as neither', async () => {
    const { run, tasks } = await runOn([task('A', { enabled: false, name: 'Off' }), task('B')]);
    expect(run).toMatchObject({ status: 'succeeded', success_count: 1, failure_count: 0 });
    expect(run.actions_executed).toMatchObject([
      { status: 'skipped', name: 'Off', output: null },
      { status: 'succeeded' },
    ]);
    expect(tasks).toEqual(['B']);
  });

  test('a run of nothing else succeeds', async () => {
    const { run } = await runOn([task('A', { enabled: false })]);
    expect(run).toMatchObject({ status: 'succeeded', success_count: 0 });
  });
});

describe('a step', () => {
  test('sees what the one before wrote, and records live', async () => {
    const { tasks } = await runOn([
      setField('deal', 'title', 'Barn'),
      task('{{deal.title}} was {{deal_title}}'),
      { type: 'create_deal', id: 'copy', config: { title: 'Copy', value: '5000.01' } },
      task('{{steps.copy.deal.value}} {{deal.title}} {{steps.step_2.task.title}}'),
    ]);
    expect(tasks.slice(0, 2)).toEqual(['Barn was Roof', '5000.01 Barn Barn was Roof']);
  });

  test('warns of what was empty and fails where the empty is required', async () => {
    const { run } = await runOn([
      {
        type: 'create_task',
        config: { title: 'For {{contact.name}}', description: '{{contact.email}}' },
      },
      task('{{contact.name}}', { on_error: 'continue' }),
      {
        type: 'send_notification',
        config: { title: '{{contact.name}}', message: 'x' },
        on_error: 'continue',
      },
    ]);
    expect(run.actions_executed).toMatchObject([
      {
        status: 'succeeded',
        input: { title: 'For ' },
        warnings: ['title: {{contact.name}} was empty', 'description: {{contact.email}} was empty'],
      },
      { status: 'failed', error: expect.stringContaining('title must not be empty') },
      { status: 'failed', error: expect.stringContaining('title is empty') },
    ]);
  });

  test.each([
    ['create_task', { title: 'T', due_date: '{{deal_title}}' }, /due_date "Roof" is no date/],
    ['create_deal', { title: 'T', value: '{{deal_title}}' }, /value "Roof" is no number/],
    ['create_deal', { title: 'T', value: '1.005' }, /more decimals than EUR/],
    ['create_deal', { title: 'T', currency: '{{deal_title}}' }, /currency/],
    ['create_deal', { title: 'T', stage: '{{deal_title}}' }, /Unknown stage "Roof"/],
    ['create_deal', { title: '{% for i in (1..400) %}x{% endfor %}' }, /at most 300/],
    ['update_field', { object: 'deal', field: 'value', value: '{{deal_title}}' }, /value must be/],
    ['update_field', { object: 'deal', field: 'stage', value: '{{deal_title}}' }, /Unknown stage/],
    [
      'update_field',
      { object: 'deal', field: 'expected_close_date', value: '{{deal_title}}' },
      /must be a date/,
    ],
    ['update_field', { object: 'deal', field: 'contact_id', value: '{{deal_id}}' }, /no contact/],
    ['update_field', { object: 'deal', field: 'title', value: '{{contact.name}}' }, /empty/],
  ])('%s %j: a rendered value is checked like any other', async (type, config, error) => {
    const { run } = await runOn([{ type, config }]);
    expect(run).toMatchObject({ status: 'failed', success_count: 0, failure_count: 1 });
    expect(run.actions_executed[0]?.error).toMatch(error);
    expect(run.error_message).not.toContain('unexpected fault');
  });

  test.each<[string, unknown, unknown]>([
    ['value', '5000.01', 5000.01],
    ['value', 100, 100],
    ['value', '{{deal.title | size}}', 4],
    ['expected_close_date', '+1 month', '2026-04-02'],
    ['expected_close_date', '2026-12-31', '2026-12-31'],
    ['stage', 'won', 'won'],
    ['description', '', null],
    ['description', null, null],
    ['currency', 'JPY', 'JPY'],
  ])('writes %s: %j as %j', async (field, value, expected) => {
    const { core, deal, run } = await runOn([setField('deal', field, value)]);
    expect(run.status).toBe('succeeded');
    expect(await core.client.deals.get({ id: deal.id })).toMatchObject({ [field]: expected });
  });

  test('a template that runs wild fails its step alone', async () => {
    const { run, tasks } = await runOn([
      task('{% for i in (1..100000000) %}x{% endfor %}', { on_error: 'continue' }),
      task('B'),
    ]);
    expect(run.status).toBe('partial');
    expect(run.actions_executed[0]?.error).toMatch(/title: .*limit/);
    expect(tasks).toEqual(['B']);
  });

  test('a record in the bin is as good as none', async () => {
    const core = createTestCore();
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    const workflow = await activeWorkflow(core, 'deal_created', [
      task('Call {{contact.name}}'),
      failing(),
    ]);
    await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
    await core.client.contacts.remove({ id: contact.id });
    await core.settle();
    const run = await onlyRunOf(core, workflow.id);
    expect(run.error_message).toBe(`Step 2 update_field: ${reason}`);
    expect((await core.client.activities.list({})).items[0]).toMatchObject({ contact_id: null });
  });
});

test('what a run writes is written in its name, with its chain', async () => {
  const { core, workflow, deal, run } = await runOn([task('A'), setField('deal', 'value', 5)]);
  const actor = { kind: 'workflow', workflow_id: workflow.id, execution_id: run.id };
  const link = { workflow_id: workflow.id, record_id: deal.id, execution_id: run.id };
  expect(storedEvents(core.outside).slice(1)).toMatchObject([
    { type: 'task_created', actor, chain: [link] },
    { type: 'deal_updated', actor, chain: [link] },
  ]);
  expect(storedJournal(core.outside).map((row) => row.actor)).toEqual([
    { kind: 'user' },
    actor,
    actor,
  ]);
});
