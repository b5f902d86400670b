import { expect, test } from 'vitest';
import { createTestCore, FakeNotifier } from '../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf } from '../../../tests/support/workflows.ts';

/** The user's own JSON, word for word. */
const twoActions = JSON.parse(`
[{"type": "create_task", "config": {"title": "Follow up with {{deal_title}}", "description": "Contact the client about the new deal", "due_date": "+3 days", "activity_type": "task"}},
 {"type": "update_field", "config": {"object": "deal", "field": "description", "value": "Workflow created follow-up task"}}]
`) as { type: string }[];
const createDeal = JSON.parse(
  `{"type": "create_deal", "config": {"title": "New opportunity from {{contact.name}}", "value": 5000, "stage": "qualification"}}`,
) as { type: string };

test('deal created: the task is there, linked, due in three days, and the deal says so', async () => {
  const core = createTestCore();
  const { client, settle, logger } = core;
  const company = await client.companies.create({ name: 'Berg GmbH' });
  const contact = await client.contacts.create({ first_name: 'Anna', company_id: company.id });
  const workflow = await activeWorkflow(core, 'deal_created', twoActions);
  const deal = await client.deals.create({ title: 'Roof', value: 5000, contact_id: contact.id });
  await settle();

  const { items: tasks } = await client.activities.list({});
  expect(tasks).toHaveLength(1);
  expect(tasks[0]).toMatchObject({
    type: 'task',
    title: 'Follow up with Roof',
    description: 'Contact the client about the new deal',
    due_at: '2026-03-05T09:00:00.000Z',
    deal_id: deal.id,
    contact_id: contact.id,
    company_id: company.id,
    owner_id: workflow.owner_id,
  });
  expect(await client.deals.get({ id: deal.id })).toMatchObject({
    description: 'Workflow created follow-up task',
  });
  expect(await onlyRunOf(core, workflow.id)).toMatchObject({
    workflow_id: workflow.id,
    workflow_name: 'deal_created',
    status: 'succeeded',
    success_count: 2,
    failure_count: 0,
    started_at: '2026-03-02T09:00:00.000Z',
    finished_at: '2026-03-02T09:00:00.000Z',
    error_message: null,
    event_type: 'deal_created',
    record: { object: 'deal', id: deal.id },
    record_name: 'Roof',
    version: 1,
    actions_executed: [
      {
        id: 'step_1',
        type: 'create_task',
        status: 'succeeded',
        input: {
          title: 'Follow up with Roof',
          description: 'Contact the client about the new deal',
          due_date: '+3 days',
          activity_type: 'task',
        },
        output: { task: tasks[0] },
        warnings: [],
      },
      {
        id: 'step_2',
        type: 'update_field',
        output: { old: null, new: 'Workflow created follow-up task' },
        changes: [
          {
            object: 'deal',
            id: deal.id,
            fields: { description: { old: null, new: 'Workflow created follow-up task' } },
          },
        ],
      },
    ],
  });
  expect(await client.workflows.get({ id: workflow.id })).toMatchObject({
    execution_count: 1,
    last_executed_at: '2026-03-02T09:00:00.000Z',
    actions: twoActions,
    parked_reason: null,
    problems: [],
  });
  expect(logger.errors).toEqual([]);
});

test('contact created: the deal is there, linked to the contact', async () => {
  const core = createTestCore();
  const workflow = await activeWorkflow(core, 'contact_created', [createDeal]);
  const contact = await core.client.contacts.create({ first_name: 'Anna', last_name: 'Berg' });
  await core.settle();
  expect((await core.client.deals.list({})).items).toMatchObject([
    {
      title: 'New opportunity from Anna Berg',
      value: 5000,
      currency: 'EUR',
      stage: 'qualification',
      contact_id: contact.id,
      owner_id: workflow.owner_id,
    },
  ]);
});

test('stage changed: a field gets the old and the new stage', async () => {
  const core = createTestCore();
  const value = '{{deal_title}}: {{old_stage}} -> {{new_stage}}, {{changes.stage.new}}';
  await activeWorkflow(core, 'deal_stage_changed', [
    { type: 'update_field', config: { object: 'deal', field: 'description', value } },
  ]);
  const deal = await core.client.deals.create({ title: 'Roof' });
  await core.client.deals.update({ id: deal.id, stage: 'proposal' });
  await core.settle();
  expect(await core.client.deals.get({ id: deal.id })).toMatchObject({
    description: 'Roof: qualification -> proposal, proposal',
  });
});

test('only the stage that was asked for', async () => {
  const core = createTestCore();
  const workflow = await activeWorkflow(
    core,
    'deal_stage_changed',
    [{ type: 'create_task', config: { title: 'Celebrate' } }],
    { trigger_config: { to_stage: 'won' } },
  );
  const deal = await core.client.deals.create({ title: 'Roof' });
  await core.client.deals.update({ id: deal.id, stage: 'proposal' });
  await core.client.deals.update({ id: deal.id, stage: 'won' });
  await core.settle();
  expect((await onlyRunOf(core, workflow.id)).actions_executed).toHaveLength(1);
});

test('a notification is in the Inbox, with the record, and is shown', async () => {
  const notifier = new FakeNotifier();
  const core = createTestCore({ notifier });
  const workflow = await activeWorkflow(core, 'deal_created', [
    {
      type: 'send_notification',
      config: { title: 'New: {{deal_title}}', message: '{{deal.value}}', urgency: 'critical' },
    },
  ]);
  const deal = await core.client.deals.create({ title: '-x', value: 5000.01 });
  await core.settle();
  const run = await onlyRunOf(core, workflow.id);
  const { items } = await core.client.notifications.list({});
  expect(items).toEqual([
    {
      id: expect.any(String),
      title: 'New: -x',
      message: '5000.01',
      urgency: 'critical',
      record: { object: 'deal', id: deal.id },
      workflow_id: workflow.id,
      workflow_name: workflow.name,
      execution_id: run.id,
      created_at: '2026-03-02T09:00:00.000Z',
      read_at: null,
      count: 1,
      snoozed_until: null,
      done_at: null,
    },
  ]);
  expect(run.actions_executed[0]?.output).toEqual({ notification_id: items[0]?.id });
  expect(notifier.shown).toMatchObject([{ title: 'New: -x', urgency: 'critical' }]);
});

test('what SQL reads of a run: each step with type, status, output or error', async () => {
  const core = createTestCore();
  await activeWorkflow(core, 'deal_created', [
    { type: 'create_task', config: { title: 'A' } },
    { type: 'update_field', config: { object: 'contact', field: 'phone', value: '110' } },
  ]);
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  const row = core.outside
    .prepare('SELECT status, actions_executed, error_message FROM workflow_executions')
    .get() as { status: string; actions_executed: string; error_message: string };
  expect(row.status).toBe('failed');
  expect(row.error_message).toBe('Step 2 update_field: there is no contact to update');
  expect(JSON.parse(row.actions_executed)).toEqual([
    { id: 'step_1', type: 'create_task', status: 'succeeded', output: expect.any(Object) },
    {
      id: 'step_2',
      type: 'update_field',
      status: 'failed',
      error: 'there is no contact to update',
    },
  ]);
});
