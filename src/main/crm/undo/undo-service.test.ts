import { describe, expect, test } from 'vitest';
import { storedEvents, storedJournal } from '../../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  runsOf,
  setField,
  task,
  wait,
} from '../../../../tests/support/workflows.ts';

describe('undo', () => {
  test('says what it took back and where, and redo does it again', async () => {
    const { client } = createTestCore({ start: false });
    const contact = await client.contacts.create({ first_name: 'Anna' });
    await client.contacts.update({ id: contact.id, last_name: 'Berg' });
    const place = { object: 'contact', record_id: contact.id, record_count: 1, kind: 'edit' };
    expect(await client.history.undo()).toMatchObject({
      action: { ...place, operation: 'update', record_name: 'Anna Berg' },
      conflicts: [],
    });
    expect(await client.contacts.get({ id: contact.id })).toMatchObject({ last_name: null });
    expect(await client.history.undo()).toMatchObject({
      action: { ...place, operation: 'create' },
    });
    await expect(client.contacts.get({ id: contact.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    await client.history.redo();
    await client.history.redo();
    expect(await client.contacts.get({ id: contact.id })).toMatchObject({ last_name: 'Berg' });
  });

  test('is journaled and told in the name of undo, and starts no workflow', async () => {
    const core = createTestCore();
    const { client, outside } = core;
    const workflow = await activeWorkflow(core, 'deal_stage_changed', [task('Moved')]);
    const deal = await client.deals.create({ title: 'Roof' });
    await client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
    const { action } = await client.history.undo();
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
    const actor = { kind: 'undo', action_id: action?.id };
    expect(storedJournal(outside).at(-1)).toMatchObject({ operation: 'update', actor });
    expect(storedEvents(outside).at(-1)).toMatchObject({
      type: 'deal_stage_changed',
      data: { changes: { stage: { old: 'won', new: 'qualification' } } },
      actor,
    });
    expect(storedEvents(outside).every((event) => event.dispatched_at !== null)).toBe(true);
  });

  test('is heard by a run that waits for the field it takes back', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'task_created', [
      wait({ until_field: 'task.due_at' }),
      setField('task', 'priority', 'high'),
    ]);
    const due = '2026-03-09T09:00:00.000Z';
    const created = await core.client.activities.create({ type: 'task', title: 'T', due_at: due });
    await core.client.activities.update({ id: created.id, due_at: '2026-03-20T09:00:00Z' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toMatchObject([
      { waiting_until: '2026-03-20T09:00:00.000Z' },
    ]);
    await core.client.history.undo();
    await core.settle();
    expect(await runsOf(core, workflow.id)).toMatchObject([{ waiting_until: due }]);
  });

  test('leaves what scripts and workflows wrote, and tells what it could not take back', async () => {
    const core = createTestCore();
    const { client } = core;
    await activeWorkflow(core, 'contact_updated', [setField('contact', 'phone', '030 1')], {
      trigger_config: { fields: ['email'] },
    });
    const contact = await client.contacts.create({ first_name: 'Anna', phone: '030 9' });
    await client.contacts.update({ id: contact.id, email: 'a@example.com', phone: '030 2' });
    await core.settle();
    expect(await client.history.undo()).toMatchObject({
      action: { operation: 'update' },
      conflict_count: 1,
      conflicts: [
        { record_id: contact.id, record_name: 'Anna', field: 'phone', reason: 'changed' },
      ],
    });
    const back = { email: null, phone: '030 1' };
    expect(await client.contacts.get({ id: contact.id })).toMatchObject(back);
  });

  test('takes an amount back together with its currency, or not at all', async () => {
    const core = createTestCore();
    const { client } = core;
    await activeWorkflow(core, 'deal_updated', [setField('deal', 'value', 7000)], {
      trigger_config: { fields: ['currency'] },
    });
    const deal = await client.deals.create({ title: 'Roof', value: 5000 });
    await client.deals.update({ id: deal.id, currency: 'JPY' });
    await core.settle();
    const { conflicts } = await client.history.undo();
    expect(conflicts.map(({ field }) => field)).toEqual(['currency', 'value']);
    expect(await client.deals.get({ id: deal.id })).toMatchObject({ value: 7000, currency: 'JPY' });
  });

  test('takes back the tags an action gave, and leaves those from elsewhere', async () => {
    const core = createTestCore();
    const { client } = core;
    await activeWorkflow(core, 'contact_updated', [
      { type: 'add_tag', config: { object: 'contact', tag: 'seen' } },
    ]);
    const contact = await client.contacts.create({ first_name: 'Anna', tags: ['old'] });
    await client.contacts.update({ id: contact.id, tags: ['vip'] });
    await core.settle();
    expect((await client.contacts.get({ id: contact.id })).tags).toEqual(['seen', 'vip']);
    expect((await client.history.undo()).conflict_count).toBe(0);
    expect((await client.contacts.get({ id: contact.id })).tags).toEqual(['old', 'seen']);
  });
});

describe('what can be undone', () => {
  test('is nothing in a new file, and nothing a workflow did', async () => {
    const core = createTestCore();
    expect(await core.client.history.undo()).toEqual({
      action: null,
      conflicts: [],
      conflict_count: 0,
    });
    await activeWorkflow(core, 'manual', [{ type: 'create_company', config: { name: 'Berg' } }]);
    const { items } = await core.client.workflows.list({});
    await core.client.workflows.execute({ id: items[0]?.id ?? '' });
    await core.settle();
    expect((await core.client.companies.list({})).items).toHaveLength(1);
    expect((await core.client.history.undo()).action).toBeNull();
  });

  test('a change that changes nothing is no action', async () => {
    const { client } = createTestCore({ start: false });
    const company = await client.companies.create({ name: 'Berg' });
    await client.companies.update({ id: company.id, name: 'Berg' });
    expect((await client.history.undo()).action?.operation).toBe('create');
  });

  test('what was undone is left behind by the next thing done', async () => {
    const { client } = createTestCore({ start: false });
    const company = await client.companies.create({ name: 'Berg' });
    await client.companies.update({ id: company.id, name: 'Tal' });
    const { action } = await client.history.undo();
    await client.companies.update({ id: company.id, domain: 'berg.example' });
    expect((await client.history.redo()).action).toBeNull();
    const again = client.history.redo({ action_id: action?.id });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    await expect(client.history.undo({ action_id: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('one action in the middle, by its id', async () => {
    const { client } = createTestCore({ start: false });
    const first = await client.companies.create({ name: 'Berg' });
    const second = await client.companies.create({ name: 'Tal' });
    const { action } = await client.history.undo();
    await client.history.redo();
    await client.companies.update({ id: first.id, name: 'Gipfel' });
    await client.history.undo({ action_id: action?.id });
    await expect(client.companies.get({ id: second.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await client.companies.get({ id: first.id })).toMatchObject({ name: 'Gipfel' });
    await expect(client.history.undo({ action_id: action?.id })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
