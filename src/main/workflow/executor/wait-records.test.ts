import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  hour,
  onlyRunOf,
  only,
  pass,
  runsOf,
  setField,
  task,
  titlesOf,
  wait,
} from '../../../../tests/support/workflows.ts';

const closing = (more: Record<string, unknown> = {}) => ({
  until_field: 'deal.expected_close_date',
  ...more,
});

describe('a wait for a date field', () => {
  async function begin(more: Record<string, unknown> = {}) {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [wait(closing(more)), task('due')]);
    const deal = await core.client.deals.create({
      title: 'Roof',
      expected_close_date: '2026-03-10',
    });
    await core.settle();
    const change = async (date: string | null) => {
      await core.client.deals.update({ id: deal.id, expected_close_date: date });
      await core.settle();
    };
    return { core, workflow, deal, change };
  }

  test('says what it waits for, and until when', async () => {
    const { core, workflow } = await begin({ offset: '-1 day' });
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'waiting',
      waiting_for: { kind: 'field', detail: 'deal.expected_close_date' },
      waiting_until: '2026-03-08T23:00:00.000Z',
    });
  });

  test('that becomes empty waits on, and ends by the date filled in later', async () => {
    const { core, workflow, change } = await begin();
    await change(null);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'waiting',
      waiting_until: null,
    });
    await pass(core, 20 * day);
    expect(await titlesOf(core)).toEqual([]);
    await change('2026-04-01');
    await pass(core, 20 * day);
    expect(await titlesOf(core)).toEqual(['due']);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ status: 'succeeded' });
  });

  test('that moves into the past ends at once', async () => {
    const { core, change } = await begin();
    await change('2026-01-01');
    expect(await titlesOf(core)).toEqual(['due']);
  });

  test('is not moved by other fields, nor by other records', async () => {
    const { core, workflow, deal } = await begin();
    await core.client.deals.update({ id: deal.id, title: 'Barn' });
    await core.client.deals.create({ title: 'Other', expected_close_date: '2026-03-03' });
    await core.settle();
    expect((await runsOf(core, workflow.id))[0]).toMatchObject({
      waiting_until: '2026-03-09T23:00:00.000Z',
    });
  });

  test('of a record that is put in the bin keeps its time, and the next step names the record', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait(closing()),
      setField('deal', 'description', 'x'),
    ]);
    const deal = await core.client.deals.create({
      title: 'Roof',
      expected_close_date: '2026-03-10',
    });
    await core.settle();
    await core.client.deals.remove({ id: deal.id });
    await core.settle();
    await pass(core, 10 * day);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'failed',
      error_message: 'Step 2 update_field: there is no deal to update',
    });
    expect(core.logger.errors).toEqual([
      expect.stringMatching(/^Workflow trigger error: workflow "deal_created" .*there is no deal/),
    ]);
  });

  test.each([
    ['continue', ['now', 'after'], 'succeeded'],
    ['skip', ['after'], 'succeeded'],
    ['stop', [], 'succeeded'],
  ])('that is past: %s', async (choice, done, status) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      {
        type: 'if',
        config: { conditions: only('deal.title', 'notNull') },
        then: [wait(closing({ if_past: choice })), task('now')],
      },
      task('after'),
    ]);
    await core.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-01' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(done);
    expect((await onlyRunOf(core, workflow.id)).status).toBe(status);
  });
});

describe('a wait for an event', () => {
  test('of a linked record is ended by that record alone', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'contact_updated' }),
      task('heard'),
    ]);
    const anna = await core.client.contacts.create({ first_name: 'Anna' });
    const ben = await core.client.contacts.create({ first_name: 'Ben' });
    await core.client.deals.create({ title: 'Roof', contact_id: anna.id });
    await core.settle();
    await core.client.contacts.update({ id: ben.id, phone: '110' });
    await core.settle();
    expect(await titlesOf(core)).toEqual([]);
    await core.client.contacts.update({ id: anna.id, phone: '110' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['heard']);
  });

  test('follows the link when it changes', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'contact_updated' }),
      task('heard'),
    ]);
    const anna = await core.client.contacts.create({ first_name: 'Anna' });
    const ben = await core.client.contacts.create({ first_name: 'Ben' });
    const deal = await core.client.deals.create({ title: 'Roof', contact_id: anna.id });
    await core.settle();
    await core.client.deals.update({ id: deal.id, contact_id: ben.id });
    await core.settle();
    await core.client.contacts.update({ id: anna.id, phone: '110' });
    await core.settle();
    expect(await titlesOf(core)).toEqual([]);
    await core.client.contacts.update({ id: ben.id, phone: '110' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['heard']);
  });

  test.each([
    ['with on_timeout', { on_timeout: [task('nudge')] }, ['nudge', 'after']],
    ['without on_timeout', {}, ['after']],
  ])('that does not come in time, %s', async (_, more, done) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'deal_won', timeout: '+7 days' }, more),
      task('after'),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      waiting_for: { kind: 'event', detail: 'deal_won' },
      waiting_until: '2026-03-09T09:00:00.000Z',
    });
    await pass(core, 7 * day);
    expect(await titlesOf(core)).toEqual(done);
    const [first] = (await onlyRunOf(core, workflow.id)).actions_executed;
    expect(first?.output).toEqual({ ended_by: 'timeout', ended_at: '2026-03-09T09:00:00.000Z' });
  });

  test('that comes in time leaves on_timeout out', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'tag_added', timeout: '+7 days' }, { on_timeout: [task('nudge')] }),
      task('after'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, tags: ['hot'] });
    await core.settle();
    await pass(core, 30 * day);
    expect(await titlesOf(core)).toEqual(['after']);
    const [first] = (await onlyRunOf(core, workflow.id)).actions_executed;
    expect(first?.output).toMatchObject({ ended_by: 'event' });
  });

  test('and its time-out in the same moment: the run goes on once', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'deal_won', timeout: '+1 hour' }, { on_timeout: [task('nudge')] }),
      task('after'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['after']);
  });
});

describe('a wait for an event that comes before the run is dispatched', () => {
  test('ends by it all the same: how busy the program is must not matter', async () => {
    const core = createTestCore({ start: false });
    const workflow = await activeWorkflow(core, 'deal_created', [
      task('before'),
      wait({ until_event: 'deal_won' }),
      task('after'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    core.core.start();
    await core.settle();
    expect(await titlesOf(core)).toEqual(['before', 'after']);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ status: 'succeeded' });
  });

  test('two waits need two events', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'deal_updated' }),
      task('one'),
      wait({ until_event: 'deal_updated' }),
      task('two'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, title: 'Barn' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['one']);
    await core.client.deals.update({ id: deal.id, title: 'Wall' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['one', 'two']);
  });
});

describe('a wait for a condition', () => {
  test('hears changes of a linked contact and of its company', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_condition: only('contact.email', 'notNull') }),
      task('has mail'),
      wait({ until_condition: only('company.domain', '=', 'berg.example') }),
      task('has domain'),
    ]);
    const company = await core.client.companies.create({ name: 'Berg' });
    const contact = await core.client.contacts.create({
      first_name: 'Anna',
      company_id: company.id,
    });
    await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
    await core.settle();
    expect(await titlesOf(core)).toEqual([]);
    await core.client.contacts.update({ id: contact.id, email: 'anna@berg.example' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['has mail']);
    await core.client.companies.update({ id: company.id, domain: 'berg.example' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['has mail', 'has domain']);
  });

  test('hears a contact that is linked only later', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [
      wait({ until_condition: only('contact.email', 'notNull') }),
      task('has mail'),
    ]);
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, contact_id: contact.id });
    await core.settle();
    await core.client.contacts.update({ id: contact.id, email: 'anna@berg.example' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['has mail']);
  });

  test('may ask what the event changed', async () => {
    const core = createTestCore();
    const staged = only('deal.stage', 'changedFromTo', ['proposal', 'won']);
    await activeWorkflow(core, 'deal_created', [wait({ until_condition: staged }), task('moved')]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    for (const stage of ['won', 'proposal']) {
      await core.client.deals.update({ id: deal.id, stage });
      await core.settle();
      expect(await titlesOf(core)).toEqual([]);
    }
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['moved']);
  });

  test('that never holds ends by its time-out', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait(
        { until_condition: only('deal.value', '>', 1), timeout: '+1 day' },
        { on_timeout: [task('nudge')] },
      ),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await pass(core, day);
    expect(await titlesOf(core)).toEqual(['nudge']);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ waiting_for: null });
  });
});
