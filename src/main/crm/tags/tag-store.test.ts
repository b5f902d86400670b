import { describe, expect, test } from 'vitest';
import { storedEvents, storedJournal } from '../../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf, runsOf } from '../../../../tests/support/workflows.ts';
import { tagChange } from './tag-store.ts';

function namesOf({ outside }: ReturnType<typeof createTestCore>): unknown[] {
  return outside.prepare('SELECT name FROM tags ORDER BY seq').pluck().all();
}

describe('tags of a record', () => {
  test('are trimmed, in alphabetical order, and shared by all kinds of records', async () => {
    const core = createTestCore({ start: false });
    const { client } = core;
    const contact = await client.contacts.create({ first_name: 'Anna', tags: [' VIP ', 'ärger'] });
    expect(contact.tags).toEqual(['ärger', 'VIP']);
    const company = await client.companies.create({ name: 'Berg', tags: ['vip'] });
    const deal = await client.deals.create({ title: 'Roof', tags: ['Vip', 'VIP', 'Arger'] });
    const task = await client.activities.create({ type: 'task', title: 'Call', tags: [] });
    expect([company.tags, deal.tags, task.tags]).toEqual([['VIP'], ['ärger', 'VIP'], []]);
    expect(namesOf(core)).toEqual(['VIP', 'ärger']);
  });

  test('a PATCH replaces the list; without the key it stays; the same names change nothing', async () => {
    const core = createTestCore({ start: false });
    const { client, outside, clock } = core;
    const { id } = await client.deals.create({ title: 'Roof', tags: ['one', 'two'] });
    clock.advance(1_000);
    expect((await client.deals.update({ id, tags: ['TWO', 'three'] })).tags).toEqual([
      'three',
      'two',
    ]);
    const events = storedEvents(outside).length;
    expect((await client.deals.update({ id, tags: ['Three', 'two'] })).tags).toEqual([
      'three',
      'two',
    ]);
    expect(storedEvents(outside)).toHaveLength(events);
    expect((await client.deals.update({ id, title: 'Barn' })).tags).toEqual(['three', 'two']);
    expect((await client.deals.update({ id, tags: [] })).tags).toEqual([]);
    expect(namesOf(core)).toEqual(['one', 'two', 'three']);
  });

  test('each change is in the journal, and an event of its own with the keys of its record', async () => {
    const { client, outside } = createTestCore({ start: false });
    const { id } = await client.deals.create({ title: 'Roof', tags: ['one'] });
    await client.deals.update({ id, tags: ['two'] });
    const keys = { deal_id: id, deal_title: 'Roof' };
    expect(storedEvents(outside)).toMatchObject([
      { type: 'deal_created', data: { keys } },
      { type: 'tag_added', object: 'deal', record_id: id, data: { keys: { ...keys, tag: 'one' } } },
      { type: 'deal_updated', data: { changes: { tags: { old: ['one'], new: ['two'] } } } },
      { type: 'tag_added', object: 'deal', record_id: id, data: { keys: { ...keys, tag: 'two' } } },
      {
        type: 'tag_removed',
        object: 'deal',
        record_id: id,
        data: { keys: { ...keys, tag: 'one' } },
      },
    ]);
    expect(storedJournal(outside)).toMatchObject([
      { operation: 'create', after: { title: 'Roof', tags: ['one'] } },
      { operation: 'update', before: { tags: ['one'] }, after: { tags: ['two'] } },
    ]);
  });

  test('what must change to get from one list to another', () => {
    expect(tagChange(['A', 'b'], ['á ', 'C', 'c'])).toEqual({ added: ['c'], removed: ['b'] });
    expect(tagChange([], [])).toEqual({ added: [], removed: [] });
  });
});

describe('the steps add_tag and remove_tag', () => {
  const tagStep = (type: string, object: string, tag: string, more: object = {}) => ({
    type,
    config: { object, tag },
    ...more,
  });

  test('create a tag that does not exist, trimmed, and take it away without regard to case', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      tagStep('add_tag', 'deal', '  From {{contact.name}}  '),
      tagStep('add_tag', 'contact', 'customer'),
      tagStep('remove_tag', 'contact', 'LEAD'),
      tagStep('remove_tag', 'contact', 'never had'),
      tagStep('add_tag', 'deal', 'from ANNA'),
    ]);
    const contact = await core.client.contacts.create({ first_name: 'Anna', tags: ['Lead'] });
    const deal = await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
    await core.settle();
    expect((await core.client.deals.get({ id: deal.id })).tags).toEqual(['From Anna']);
    expect((await core.client.contacts.get({ id: contact.id })).tags).toEqual(['customer']);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'succeeded',
      success_count: 5,
      actions_executed: [
        {
          output: { tag: 'From Anna' },
          changes: [
            { object: 'deal', id: deal.id, fields: { tags: { old: [], new: ['From Anna'] } } },
          ],
        },
        {},
        {},
        { changes: [] },
        { changes: [] },
      ],
    });
    expect(namesOf(core)).toEqual(['Lead', 'From Anna', 'customer']);
    const byRun = storedEvents(core.outside).findLast(({ type }) => type === 'tag_added');
    expect(byRun?.actor).toMatchObject({ kind: 'workflow', workflow_id: workflow.id });
    expect(byRun?.chain).toHaveLength(1);
  });

  test('fail naming what is missing: the record, the name, or too long a name', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      tagStep('add_tag', 'contact', 'x', { on_error: 'continue' }),
      tagStep('add_tag', 'deal', '{{deal.description}}', { on_error: 'continue' }),
      tagStep('add_tag', 'deal', '{{deal.title}}', { on_error: 'continue' }),
    ]);
    await core.client.deals.create({ title: 'x'.repeat(61) });
    await core.settle();
    const [run] = await runsOf(core, workflow.id);
    expect(run?.actions_executed.map((step) => step.error)).toEqual([
      'there is no contact to tag',
      expect.stringContaining('tag is empty'),
      'tag may have at most 60 characters',
    ]);
  });
});
