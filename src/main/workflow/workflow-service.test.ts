import { describe, expect, test } from 'vitest';
import { storedEvents } from '../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf, runsOf, task } from '../../../tests/support/workflows.ts';

describe('a start by hand', () => {
  const summary = task(
    '{{contact_id}}|{{contact_name}}|{{deal_id}}|{{deal_title}}|{{company_id}}|{{activity_id}}|{{old_stage}}',
  );

  async function setUp() {
    const core = createTestCore();
    const { client } = core;
    const company = await client.companies.create({ name: 'Berg GmbH' });
    const contact = await client.contacts.create({ first_name: 'Anna', company_id: company.id });
    const deal = await client.deals.create({ title: 'Roof', contact_id: contact.id });
    const call = await client.activities.create({ type: 'call', title: 'Call', deal_id: deal.id });
    const workflow = await activeWorkflow(core, 'manual', [summary]);
    await core.settle();
    return { core, company, contact, deal, call, workflow };
  }

  type Records = Awaited<ReturnType<typeof setUp>>;

  test.each<[string, (records: Records) => object, (records: Records) => string]>([
    ['none', () => ({}), () => '||||||'],
    [
      'contact',
      ({ contact }) => ({ contact_id: contact.id }),
      ({ contact, company }) => `${contact.id}|Anna|||${company.id}||`,
    ],
    [
      'deal',
      ({ deal }) => ({ deal_id: deal.id }),
      ({ deal, contact }) => `${contact.id}||${deal.id}|Roof|||`,
    ],
    [
      'company',
      ({ company }) => ({ company_id: company.id }),
      ({ company }) => `||||${company.id}||`,
    ],
    [
      'task',
      ({ call }) => ({ activity_id: call.id }),
      ({ call, deal }) => `||${deal.id}|||${call.id}|`,
    ],
  ])('on a record of the kind: %s', async (object, start, title) => {
    const records = await setUp();
    const { core, workflow } = records;
    const { execution_id: id } = await core.client.workflows.execute({
      id: workflow.id,
      ...start(records),
    });
    expect(await core.client.executions.get({ id })).toMatchObject({
      status: 'queued',
      started_at: null,
      event_type: 'manual',
      actions_executed: [],
    });
    await core.settle();
    const run = await core.client.executions.get({ id });
    expect(run).toMatchObject({
      status: 'succeeded',
      event_type: 'manual',
      version: 1,
      record: object === 'none' ? null : { object },
    });
    expect(run.actions_executed[0]?.input).toEqual({ title: title(records) });
    expect(await onlyRunOf(core, workflow.id)).toEqual(run);
  });

  test('each request is a run of its own, also on the same record', async () => {
    const { core, workflow, deal } = await setUp();
    const start = { id: workflow.id, deal_id: deal.id };
    const first = await core.client.workflows.execute(start);
    const second = await core.client.workflows.execute(start);
    await core.settle();
    expect((await runsOf(core, workflow.id)).map((run) => run.id)).toEqual([
      first.execution_id,
      second.execution_id,
    ]);
    expect(storedEvents(core.outside).filter((event) => event.type === 'manual')).toHaveLength(2);
  });

  test('is possible whatever the trigger, and starts that workflow alone', async () => {
    const { core, deal } = await setUp();
    const workflow = await activeWorkflow(core, 'deal_created', [task('For {{deal.title}}')]);
    await activeWorkflow(core, 'manual', [task('Other')]);
    await core.client.workflows.execute({ id: workflow.id, deal_id: deal.id });
    await core.settle();
    const titles = (await core.client.activities.list({})).items.map((one) => one.title);
    expect(titles).toEqual(['For Roof', 'Call']);
  });

  test('a record the steps need and the start does not give fails them with its name', async () => {
    const { core, contact } = await setUp();
    const workflow = await activeWorkflow(core, 'manual', [
      { type: 'update_field', config: { object: 'deal', field: 'description', value: 'x' } },
    ]);
    await core.client.workflows.execute({ id: workflow.id, contact_id: contact.id });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'failed',
      error_message: 'Step 1 update_field: there is no deal to update',
    });
  });

  test('of what is not active is refused with the cure, and leaves nothing', async () => {
    const { core, workflow } = await setUp();
    const { client } = core;
    const before = storedEvents(core.outside).length;
    for (const [status, words] of [
      ['paused', /"manual" is paused\. Set its status to active/],
      ['draft', /"manual" is a draft\. Set its status to active/],
    ] as const) {
      await client.workflows.update({ id: workflow.id, status });
      await expect(client.workflows.execute({ id: workflow.id })).rejects.toMatchObject({
        code: 'conflict',
        status: 409,
        message: expect.stringMatching(words),
        data: { field: 'status' },
      });
    }
    core.outside.exec("UPDATE workflows SET status = 'active', actions = '[{}]'");
    await expect(client.workflows.execute({ id: workflow.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/cannot run: actions\[0\]\.type: The step has no type/),
    });
    await client.workflows.remove({ id: workflow.id });
    await expect(client.workflows.execute({ id: workflow.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(storedEvents(core.outside)).toHaveLength(before);
    expect(core.outside.prepare('SELECT count(*) FROM workflow_executions').pluck().get()).toBe(0);
  });

  test('on what is not there, or on several, is refused by name', async () => {
    const { core, workflow, deal, contact } = await setUp();
    const { id } = workflow;
    await core.client.deals.remove({ id: deal.id });
    for (const [start, field, words] of [
      [{ deal_id: deal.id }, 'deal_id', /no deal/],
      [{ contact_id: 'x' }, 'contact_id', /no contact/],
      [{ company_id: '' }, 'company_id', /no company/],
      [{ activity_id: 'x' }, 'activity_id', /no activity/],
      [{ contact_id: contact.id, deal_id: deal.id }, 'deal_id', /one record/],
    ] as const) {
      await expect(core.client.workflows.execute({ id, ...start })).rejects.toMatchObject({
        code: 'validation_failed',
        data: { field },
        message: expect.stringMatching(words),
      });
    }
    expect(await runsOf(core, id)).toEqual([]);
  });

  test('that is switched off before its turn is told as failed', async () => {
    const { core, workflow } = await setUp();
    const { execution_id: id } = await core.client.workflows.execute({ id: workflow.id });
    await core.client.workflows.update({ id: workflow.id, status: 'paused' });
    await core.settle();
    expect(await core.client.executions.get({ id })).toMatchObject({
      status: 'failed',
      error_message: expect.stringMatching(/switched off.*start it again/),
      actions_executed: [],
    });
    expect(core.logger.errors).toEqual([
      expect.stringMatching(/^Workflow trigger error: workflow .+, event manual \(.+\): /),
    ]);
  });
});

describe('a workflow', () => {
  const base = { name: 'W', trigger_type: 'deal_created' };

  test('is a draft unless told otherwise, and may lack what only running needs', async () => {
    const { client } = createTestCore();
    expect(await client.workflows.create(base)).toMatchObject({
      status: 'draft',
      actions: [],
      trigger_config: {},
      version: null,
      execution_count: 0,
      last_executed_at: null,
      problems: [{ path: 'actions', code: 'no_steps' }],
    });
  });

  test('is refused whole when it is wrong, with every problem', async () => {
    const core = createTestCore();
    const actions = [{ type: 'fly' }, task('{{nonsense}}')];
    for (const status of ['draft', 'active'] as const) {
      await expect(
        core.client.workflows.create({ ...base, status, actions }),
      ).rejects.toMatchObject({
        code: 'validation_failed',
        data: {
          field: 'actions[0].type',
          problems: [{ path: 'actions[0].type' }, { path: 'actions[1].config.title' }],
        },
      });
    }
    await expect(core.client.workflows.create({ ...base, status: 'active' })).rejects.toMatchObject(
      { data: { field: 'actions' } },
    );
    await expect(
      core.client.workflows.create({ ...base, owner_id: 'nobody' }),
    ).rejects.toMatchObject({ data: { field: 'owner_id' } });
    expect((await core.client.workflows.list({})).items).toEqual([]);
  });

  test('keeps what it was when a change is refused', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('A')]);
    const before = await core.client.workflows.get({ id: workflow.id });
    for (const patch of [
      { actions: [] },
      { actions: [{ type: 'fly' }] },
      { trigger_type: 'nonsense' },
      { trigger_config: { to_stage: 'won' } },
      { owner_id: 'nobody' },
    ]) {
      await expect(
        core.client.workflows.update({ id: workflow.id, name: 'New', ...patch }),
      ).rejects.toMatchObject({ code: 'validation_failed' });
    }
    expect(await core.client.workflows.get({ id: workflow.id })).toEqual(before);
  });

  test('removed is found no more, and its history stays', async () => {
    const core = createTestCore();
    const { id } = await activeWorkflow(core, 'deal_created', [task('A')]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const run = await onlyRunOf(core, id);
    await core.client.workflows.remove({ id });
    await expect(core.client.workflows.get({ id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(core.client.workflows.executions({ id })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await core.client.workflows.list({})).items).toEqual([]);
    expect(await core.client.executions.get({ id: run.id })).toEqual(run);
  });

  test('shows its last runs and how many of them succeeded', async () => {
    const core = createTestCore();
    const { id } = await activeWorkflow(core, 'deal_created', [task('{{contact.name}}')]);
    const idle = await activeWorkflow(core, 'contact_created', [task('A')]);
    await core.client.deals.create({ title: 'Fails' });
    await core.settle();
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    await core.client.workflows.update({ id: idle.id, status: 'paused' });
    await core.client.deals.create({ title: 'Works', contact_id: contact.id });
    await core.settle();
    const [health, idleHealth] = await core.client.workflows.health();
    expect(health).toMatchObject({
      workflow_id: id,
      success_rate: 0.5,
      last_runs: [{ status: 'failed' }, { status: 'succeeded' }],
    });
    expect(idleHealth).toEqual({ workflow_id: idle.id, success_rate: null, last_runs: [] });
  });
});
