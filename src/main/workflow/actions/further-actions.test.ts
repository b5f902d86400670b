import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf, runsOf, task } from '../../../../tests/support/workflows.ts';

describe('the steps that make records', () => {
  test('a contact goes to the company of the trigger, a company stands alone', async () => {
    const core = createTestCore();
    const { client } = core;
    await activeWorkflow(core, 'company_created', [
      {
        type: 'create_contact',
        config: { first_name: 'Office of', last_name: '{{company_name}}' },
      },
    ]);
    const partner = await activeWorkflow(core, 'contact_created', [
      { type: 'create_company', config: { name: '{{contact.last_name}} & partners', domain: 'x' } },
    ]);
    const company = await client.companies.create({ name: 'Berg' });
    await core.settle();
    const { items } = await client.contacts.list({});
    expect(items).toMatchObject([{ name: 'Office of Berg', company_id: company.id }]);
    expect(await onlyRunOf(core, partner.id)).toMatchObject({
      status: 'failed',
      error_message: expect.stringContaining('Step 1 create_company: domain must be a domain'),
    });
  });

  test('what was done is logged as done, with the links a task has', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_won', [
      { type: 'log_activity', config: { title: 'Won {{deal_title}}', activity_type: 'call' } },
    ]);
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    const deal = await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect((await core.client.activities.list({})).items).toMatchObject([
      {
        type: 'call',
        title: 'Won Roof',
        completed_at: core.clock.nowText(),
        deal_id: deal.id,
        contact_id: contact.id,
      },
    ]);
  });
});

describe('the steps that change records', () => {
  test('a task is completed once, and stays done since when it was', async () => {
    const core = createTestCore();
    const complete = { type: 'complete_task', config: {} };
    const workflow = await activeWorkflow(core, 'task_created', [complete, complete]);
    await core.client.activities.create({ type: 'task', title: 'Call' });
    await core.settle();
    const run = await onlyRunOf(core, workflow.id);
    expect(run.actions_executed.map((step) => step.changes.length)).toEqual([1, 0]);
    expect((await core.client.activities.list({})).items).toMatchObject([
      { completed_at: core.clock.nowText() },
    ]);
  });

  test('a deal moves, and says from where to where', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      { type: 'move_deal_stage', config: { stage: 'proposal' } },
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect((await onlyRunOf(core, workflow.id)).actions_executed).toMatchObject([
      { output: { old_stage: 'qualification', new_stage: 'proposal' } },
    ]);
  });

  test('what is not there fails the step, naming it', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'manual', [
      { type: 'move_deal_stage', config: { stage: 'won' }, on_error: 'continue' },
      { type: 'complete_task', config: {} },
    ]);
    await core.client.workflows.execute({ id: workflow.id });
    await core.settle();
    const run = await onlyRunOf(core, workflow.id);
    expect(run.actions_executed.map((step) => step.error)).toEqual([
      'there is no deal to move',
      'there is no task to complete',
    ]);
  });
});

describe('starting another workflow', () => {
  test('runs it on the same record, as part of the chain', async () => {
    const core = createTestCore();
    const other = await activeWorkflow(core, 'manual', [task('{{deal_title}} by hand')]);
    const start = { type: 'start_workflow', config: { workflow_id: other.id } };
    await activeWorkflow(core, 'deal_created', [start]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await onlyRunOf(core, other.id)).toMatchObject({
      status: 'succeeded',
      record: { object: 'deal', id: deal.id },
    });
    expect((await core.client.activities.list({})).items).toMatchObject([
      { title: 'Roof by hand' },
    ]);
  });

  test('one that is off fails the step with the cure', async () => {
    const core = createTestCore();
    const other = await core.client.workflows.create({ name: 'Off', trigger_type: 'manual' });
    const workflow = await activeWorkflow(core, 'deal_created', [
      { type: 'start_workflow', config: { workflow_id: other.id } },
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'failed',
      error_message: expect.stringContaining(
        'The workflow "Off" is a draft. Set its status to active',
      ),
    });
  });

  test('two that start each other stop by the rule', async () => {
    const core = createTestCore();
    const first = await activeWorkflow(core, 'manual', [task('first')]);
    const second = await activeWorkflow(core, 'manual', [
      { type: 'start_workflow', config: { workflow_id: first.id } },
    ]);
    await core.client.workflows.update({
      id: first.id,
      actions: [{ type: 'start_workflow', config: { workflow_id: second.id } }],
    });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.workflows.execute({ id: first.id, deal_id: deal.id });
    await core.settle();
    expect((await runsOf(core, first.id)).map((run) => run.status)).toEqual([
      'succeeded',
      'skipped',
    ]);
    expect((await runsOf(core, first.id)).at(-1)?.error_message).toMatch(/^skipped: loop/);
    expect((await runsOf(core, second.id)).map((run) => run.status)).toEqual(['succeeded']);
  });
});

describe('triggers on changes', () => {
  test.each([
    ['deal_updated', { fields: ['value'] }, 1],
    ['deal_updated', { fields: ['description'] }, 0],
    ['deal_updated', {}, 2],
    ['tag_added', { object: 'deal', tag: 'VIP' }, 1],
    ['tag_added', { object: 'contact' }, 0],
    ['tag_removed', {}, 0],
  ])('%s %j starts %d', async (trigger, config, count) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, trigger, [task('x')], { trigger_config: config });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, value: 100 });
    await core.client.deals.update({ id: deal.id, tags: ['vip'] });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(count);
  });
});
