import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  hour,
  only,
  onlyRunOf,
  setField,
  task,
  wait,
} from '../../../tests/support/workflows.ts';

function eventIds({ outside }: TestCore, type: string): string[] {
  return outside
    .prepare('SELECT id FROM events WHERE type = ? ORDER BY seq')
    .pluck()
    .all(type) as string[];
}

async function whyNewest(core: TestCore, workflowId: string, type: string) {
  const eventId = eventIds(core, type).at(-1) ?? '';
  const { items } = await core.client.workflows.why({ id: workflowId, event_id: eventId });
  return items[0];
}

describe('why an event', () => {
  test('started a run', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const run = await onlyRunOf(core, workflow.id);
    expect(await whyNewest(core, workflow.id, 'deal_created')).toMatchObject({
      event: { type: 'deal_created', record: { object: 'deal', id: deal.id }, record_name: 'Roof' },
      outcome: 'enrolled',
      rule: null,
      execution_id: run.id,
    });
  });

  test('was refused by the first entry condition that said no, with what it saw then', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')], {
      conditions: {
        combinator: 'and',
        rules: [
          { field: 'deal.title', operator: 'contains', value: 'roo' },
          { field: 'deal.value', operator: '>', value: 5000 },
          { field: 'deal.stage', operator: '=', value: 'won' },
        ],
      },
    });
    const deal = await core.client.deals.create({ title: 'Roof', value: 100 });
    await core.settle();
    await core.client.deals.update({ id: deal.id, value: 9000 });
    expect(await whyNewest(core, workflow.id, 'deal_created')).toMatchObject({
      outcome: 'refused',
      rule: 'conditions',
      seen: [{ name: 'deal.value', operator: '>', wanted: 5000, seen: 100 }],
    });
  });

  test('was refused by every rule of an or', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')], {
      conditions: {
        combinator: 'or',
        rules: [
          { field: 'deal.value', operator: '>', value: 5000 },
          { field: 'contact.email', operator: 'notNull', value: null },
        ],
      },
    });
    await core.client.deals.create({ title: 'Roof', value: 100 });
    await core.settle();
    expect((await whyNewest(core, workflow.id, 'deal_created'))?.seen).toEqual([
      { name: 'deal.value', operator: '>', wanted: 5000, seen: 100 },
      { name: 'contact.email', operator: 'notNull', wanted: null, seen: null },
    ]);
  });

  test.each([
    ['once', 'It takes a record in once: the record was taken in before.'],
    [
      'after_exit',
      'It takes a record in again only when its run is over: a run for the record is under way.',
    ],
  ])('was refused by re_entry %s', async (reEntry, message) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_updated', [wait({ duration: '+1 hour' })], {
      settings: { re_entry: reEntry },
    });
    const deal = await core.client.deals.create({ title: 'Roof' });
    for (const title of ['Roofs', 'More roofs'])
      await core.client.deals.update({ id: deal.id, title });
    await core.settle();
    expect(await whyNewest(core, workflow.id, 'deal_updated')).toMatchObject({
      outcome: 'refused',
      rule: 're_entry',
      message,
    });
  });

  test('was refused as a loop', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_updated', [
      setField('deal', 'description', '{{deal.updated_at}} {{execution.id}}'),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, title: 'Roofs' });
    await core.settle();
    const answer = await whyNewest(core, workflow.id, 'deal_updated');
    expect(answer).toMatchObject({ outcome: 'refused' });
    expect(answer?.rule === 'loop' || answer?.rule === 're_entry').toBe(true);
  });

  test('found the workflow paused, also when it is active again by now', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    await core.client.workflows.pause({ id: workflow.id });
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await core.client.workflows.resume({ id: workflow.id });
    await core.settle();
    expect(await whyNewest(core, workflow.id, 'deal_created')).toMatchObject({
      outcome: 'refused',
      rule: 'paused',
    });
  });

  test('is of another type than the trigger, or not as its settings ask', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_stage_changed', [task('x')], {
      trigger_config: { to_stage: 'won', from_stage: 'qualification' },
    });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, stage: 'proposal' });
    await core.settle();
    expect(await whyNewest(core, workflow.id, 'deal_created')).toMatchObject({
      outcome: 'no_match',
      rule: 'trigger_type',
      seen: [{ wanted: 'deal_stage_changed', seen: 'deal_created' }],
    });
    expect(await whyNewest(core, workflow.id, 'deal_stage_changed')).toMatchObject({
      outcome: 'no_match',
      rule: 'trigger_config',
      seen: [{ name: 'to_stage', wanted: 'won', seen: 'proposal' }],
    });
  });

  test('came before the workflow was turned on, or while it was a draft', async () => {
    const core = createTestCore();
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    core.clock.advance(hour);
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    expect(await whyNewest(core, workflow.id, 'deal_created')).toMatchObject({
      outcome: 'not_listening',
      rule: 'not_published',
    });
    await core.client.workflows.update({ id: workflow.id, status: 'draft' });
    await core.client.deals.create({ title: 'Other' });
    await core.settle();
    expect(await whyNewest(core, workflow.id, 'deal_created')).toMatchObject({
      outcome: 'not_listening',
      rule: 'not_active',
    });
  });

  test('has not been handled yet', async () => {
    const core = createTestCore({ start: false });
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    await core.client.deals.create({ title: 'Roof' });
    expect(await whyNewest(core, workflow.id, 'deal_created')).toMatchObject({
      outcome: 'pending',
      rule: 'not_dispatched',
    });
  });
});

describe('why a record', () => {
  test('answers for each of its newest events', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')], {
      conditions: only('deal.value', '>', 10),
    });
    const deal = await core.client.deals.create({ title: 'Roof', value: 5 });
    await core.client.deals.update({ id: deal.id, title: 'Roofs' });
    await core.settle();
    const { items } = await core.client.workflows.why({ id: workflow.id, deal_id: deal.id });
    expect(items.map(({ event, rule }) => `${event.type} ${rule}`)).toEqual([
      'deal_updated trigger_type',
      'deal_created conditions',
    ]);
  });

  test('asks for one event or one record', async () => {
    const core = createTestCore();
    const { id } = await activeWorkflow(core, 'deal_created', [task('x')]);
    const bad = { code: 'bad_request' };
    await expect(core.client.workflows.why({ id })).rejects.toMatchObject(bad);
    await expect(
      core.client.workflows.why({ id, event_id: 'x', deal_id: 'y' }),
    ).rejects.toMatchObject(bad);
    await expect(core.client.workflows.why({ id, event_id: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('what no rule refused is not kept', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [task('x')]);
    await core.client.contacts.create({ first_name: 'Anna' });
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const kept = core.outside.prepare('SELECT count(*) FROM enrolment_refusals').pluck();
    expect(kept.get()).toBe(0);
  });
});
