import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
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

const isWon = only('deal.stage', '=', 'won');
const isLost = only('deal.stage', '=', 'lost');

describe('goal and exit', () => {
  test('a waiting run whose record reaches the goal ends as succeeded, with the reason', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(
      core,
      'deal_created',
      [task('first'), wait({ duration: '+3 days' }), task('remind')],
      { settings: { goal: isWon, exit_when: isLost } },
    );
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, title: 'New roof' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ status: 'waiting' });
    await pass(core, hour);
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'succeeded',
      end_reason: 'goal',
      error_message: null,
      success_count: 1,
      duration_seconds: 3_600,
      waiting_until: null,
      actions_executed: [
        { type: 'create_task', status: 'succeeded' },
        { type: 'wait', status: 'skipped', output: { ended_by: 'goal' } },
      ],
    });
    await pass(core, 10 * day);
    expect(await titlesOf(core)).toEqual(['first']);
  });

  test('exit_when cancels it; a goal goes before an exit', async () => {
    const core = createTestCore();
    const steps = [wait({ duration: '+3 days' }), task('remind')];
    const left = await activeWorkflow(core, 'deal_created', steps, {
      name: 'left',
      settings: { exit_when: isLost },
    });
    const both = await activeWorkflow(core, 'deal_created', steps, {
      name: 'both',
      settings: { goal: isLost, exit_when: isLost },
    });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, stage: 'lost' });
    await core.settle();
    expect(await onlyRunOf(core, left.id)).toMatchObject({
      status: 'cancelled',
      end_reason: 'exit_when',
    });
    expect(await onlyRunOf(core, both.id)).toMatchObject({
      status: 'succeeded',
      end_reason: 'goal',
    });
  });

  test('both are asked before each step, the first one too', async () => {
    const core = createTestCore();
    const own = await activeWorkflow(
      core,
      'deal_created',
      [task('one'), setField('deal', 'stage', 'won'), task('two')],
      { name: 'own', settings: { goal: isWon } },
    );
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await onlyRunOf(core, own.id)).toMatchObject({
      status: 'succeeded',
      end_reason: 'goal',
      success_count: 2,
    });
    const atOnce = await activeWorkflow(core, 'deal_won', [task('never')], {
      settings: { goal: isWon },
    });
    await core.client.deals.create({ title: 'Barn', stage: 'won' });
    const { items } = await core.client.deals.list({});
    await core.client.deals.update({ id: items[0]?.id ?? '', stage: 'lost' });
    await core.client.deals.update({ id: items[0]?.id ?? '', stage: 'won' });
    await core.settle();
    expect(await onlyRunOf(core, atOnce.id)).toMatchObject({
      status: 'succeeded',
      end_reason: 'goal',
      success_count: 0,
      actions_executed: [],
    });
    // The second deal was at the goal of both from the start.
    expect(await titlesOf(core)).toEqual(['one']);
  });

  test('is reached through a linked record as well, and while waiting for something else', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(
      core,
      'deal_created',
      [wait({ until_event: 'deal_won' }), task('never')],
      { settings: { goal: only('contact.job_title', '=', 'Partner') } },
    );
    const contact = await core.client.contacts.create({ first_name: 'Ada' });
    await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
    await core.settle();
    await core.client.contacts.update({ id: contact.id, job_title: 'Partner' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ end_reason: 'goal' });
  });
});

describe('a wait whose record goes to the bin', () => {
  const setUp = async (config: Record<string, unknown>, more: Record<string, unknown> = {}) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [wait(config, more), task('x')]);
    const contact = await core.client.contacts.create({ first_name: 'Ada' });
    const deal = await core.client.deals.create({
      title: 'Roof',
      contact_id: contact.id,
      expected_close_date: '2026-05-01',
    });
    await core.settle();
    return { core, workflow, deal, contact };
  };

  test.each([
    ['an event', { until_event: 'deal_won' }],
    ['a condition', { until_condition: isWon }],
    ['an event of any record', { until_event: 'tag_added' }],
  ])('for %s ends there when it has no timeout', async (_, config) => {
    const { core, workflow, deal } = await setUp(config);
    await core.client.deals.remove({ id: deal.id });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'cancelled',
      end_reason: 'record_deleted',
    });
    expect(core.outside.prepare('SELECT count(*) FROM waits').pluck().get()).toBe(0);
  });

  test('for a date that was emptied ends there as well', async () => {
    const { core, workflow, deal } = await setUp({ until_field: 'deal.expected_close_date' });
    await core.client.deals.update({ id: deal.id, expected_close_date: null });
    await core.settle();
    await core.client.deals.remove({ id: deal.id });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ end_reason: 'record_deleted' });
  });

  test('waits on for its timeout, or for what another record may still bring', async () => {
    const timed = await setUp(
      { until_event: 'deal_won', timeout: '+1 day' },
      { on_timeout: [{ type: 'send_notification', config: { title: 'late', message: 'x' } }] },
    );
    await timed.core.client.deals.remove({ id: timed.deal.id });
    await timed.core.settle();
    expect(await onlyRunOf(timed.core, timed.workflow.id)).toMatchObject({ status: 'waiting' });
    await pass(timed.core, day);
    const { items } = await timed.core.client.notifications.list({});
    expect(items).toMatchObject([{ title: 'late' }]);

    const other = await setUp({ until_event: 'deal_won' });
    await other.core.client.contacts.remove({ id: other.contact.id });
    await other.core.settle();
    expect(await onlyRunOf(other.core, other.workflow.id)).toMatchObject({ status: 'waiting' });
  });

  test('for an event of a record that is not there fails by name, and does not wait for ever', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'contact_updated' }),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'failed',
      error_message:
        'Step 1 wait: there is no contact whose contact_updated could come; ask for it with an if before the wait, or give it a timeout',
    });
  });
});

describe('business hours and what is past, with every kind of wait', () => {
  test.each([
    ['an event', { until_event: 'deal_updated', business_hours: true }, 'event'],
    [
      'a condition',
      { until_condition: only('deal.title', '=', 'New'), business_hours: true },
      'condition',
    ],
  ])('%s that comes at night goes on when work begins', async (_, config, by) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [wait(config), task('after')]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    // Monday 10:00 in Berlin; 23:00 of the same day.
    await pass(core, 13 * hour);
    await core.client.deals.update({ id: deal.id, title: 'New' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'waiting',
      waiting_until: '2026-03-03T08:00:00.000Z',
    });
    await pass(core, 10 * hour);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'succeeded',
      actions_executed: [{ output: { ended_by: by } }, { status: 'succeeded' }],
    });
  });

  test('a timeout outside business hours moves to their beginning', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ until_event: 'deal_won', timeout: '+12 hours', business_hours: true }),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      waiting_until: '2026-03-03T08:00:00.000Z',
    });
  });

  test.each([
    ['a condition that holds', { until_condition: isWon }],
    ['an event that came since the run began', { until_event: 'deal_won' }],
    ['a duration that goes back', { duration: '-1 day' }],
  ])('if_past: %s', async (_, config) => {
    const core = createTestCore();
    const stops = await activeWorkflow(core, 'deal_created', [
      wait({ duration: '+1 hour' }),
      wait({ ...config, if_past: 'stop' }),
      task('never'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await pass(core, hour);
    expect(await onlyRunOf(core, stops.id)).toMatchObject({
      status: 'succeeded',
      actions_executed: [{ type: 'wait' }, { type: 'wait', output: { ended_by: 'past' } }],
    });
  });
});

describe('the zone and the holidays of Settings', () => {
  test('are what relative dates, entry conditions and until_condition count by', async () => {
    const core = createTestCore();
    // Monday 2 March, 10:00 in Berlin; in Kiritimati it is Monday 23:00.
    await core.client.settings.update({
      time_zone: 'Pacific/Kiritimati',
      holidays: ['2026-03-03', '2026-03-04'],
    });
    await activeWorkflow(core, 'deal_created', [
      { type: 'create_task', config: { title: 'next', due_date: '+1 business day' } },
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const { items } = await core.client.activities.list({});
    expect(items).toMatchObject([{ due_at: '2026-03-05T09:00:00.000Z' }]);
  });

  test('the workflow’s own zone goes first, in entry conditions and until_condition too', async () => {
    const core = createTestCore();
    const inNext = only('deal.expected_close_date', 'inNextDays', 0);
    // 16:00 UTC on the 2nd: the 3rd has begun in Kiritimati, not in Berlin.
    await pass(core, 7 * hour);
    await activeWorkflow(core, 'deal_created', [task('far')], {
      name: 'far',
      conditions: inNext,
      settings: { time_zone: 'Pacific/Kiritimati' },
    });
    await activeWorkflow(core, 'deal_created', [task('near')], {
      name: 'near',
      conditions: inNext,
    });
    const waits = await activeWorkflow(
      core,
      'deal_created',
      [wait({ until_condition: inNext }), task('waited')],
      {
        name: 'waits',
        settings: { time_zone: 'Pacific/Kiritimati' },
        conditions: only('deal.title', '=', 'B'),
      },
    );
    await core.client.deals.create({ title: 'A', expected_close_date: '2026-03-03' });
    const b = await core.client.deals.create({ title: 'B', expected_close_date: '2026-06-01' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['far']);
    expect(await onlyRunOf(core, waits.id)).toMatchObject({ status: 'waiting' });
    await core.client.deals.update({ id: b.id, expected_close_date: '2026-03-03' });
    await core.settle();
    expect(await onlyRunOf(core, waits.id)).toMatchObject({ status: 'succeeded' });
  });
});
