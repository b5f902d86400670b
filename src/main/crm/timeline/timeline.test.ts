import { describe, expect, test } from 'vitest';
import type { TimelineItem } from '../../../shared/contract/timeline.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, minute, setField } from '../../../../tests/support/workflows.ts';

/** A deal to which a little of everything happened, a minute apart. */
async function eventful() {
  const core = createTestCore();
  const { client, clock } = core;
  const workflow = await activeWorkflow(core, 'deal_stage_changed', [
    setField('deal', 'description', 'Moved'),
  ]);
  const contact = await client.contacts.create({ first_name: 'Anna' });
  const deal = await client.deals.create({ title: 'Roof', value: 5000, tags: ['vip'] });
  const on = { object: 'deal', id: deal.id } as const;
  const next = async (step: () => Promise<unknown>) => {
    clock.advance(minute);
    await step();
    await core.settle();
  };
  await next(() => client.notes.create({ object: 'deal', record_id: deal.id, body: 'Hello' }));
  await next(() =>
    client.deals.update({ id: deal.id, value: 100, contact_id: contact.id, tags: [] }),
  );
  await next(() => client.deals.update({ id: deal.id, currency: 'JPY' }));
  await next(() => client.activities.create({ type: 'email', title: 'Offer', deal_id: deal.id }));
  await next(() => client.activities.create({ type: 'call', title: 'Ring', deal_id: deal.id }));
  await next(() => client.deals.update({ id: deal.id, stage: 'proposal' }));
  return { ...core, contact, deal, on, workflow };
}

const brief = (item: TimelineItem): string => {
  switch (item.kind) {
    case 'note':
      return `note ${item.note.text}`;
    case 'activity':
      return `${item.activity.type} ${item.activity.title}`;
    case 'run':
      return `run ${item.run.workflow_name}`;
    case 'change':
      return `${item.change.operation} by ${item.change.actor.kind}`;
  }
};

describe('the timeline of a record', () => {
  test('tells everything that happened, the latest first', async () => {
    const { client, on } = await eventful();
    const { items, next_cursor } = await client.timeline.list(on);
    expect(items.map(brief)).toEqual([
      'run deal_stage_changed',
      'update by workflow',
      'update by user',
      'call Ring',
      'email Offer',
      'update by user',
      'update by user',
      'note Hello',
      'create by user',
    ]);
    expect(next_cursor).toBeNull();
  });

  test('shows old and new as people know them, money in the currency it had', async () => {
    const { client, on, contact } = await eventful();
    const { items } = await client.timeline.list({ ...on, filter: 'changes' });
    const fields = items.map((item) => (item.kind === 'change' ? item.change.fields : []));
    expect(fields).toEqual([
      [{ field: 'description', old: null, new: 'Moved' }],
      [{ field: 'stage', old: 'qualification', new: 'proposal' }],
      [{ field: 'currency', old: 'EUR', new: 'JPY' }],
      [
        { field: 'contact_id', old: null, new: contact.id },
        { field: 'value', old: 5000, new: 100 },
        { field: 'tags', old: ['vip'], new: [] },
      ],
      [],
    ]);
    expect(items[0]).toMatchObject({ change: { actor: { workflow_name: 'deal_stage_changed' } } });
  });

  test.each([
    ['notes', ['note Hello']],
    ['activities', ['call Ring', 'email Offer']],
    ['emails', ['email Offer']],
    ['automation', ['run deal_stage_changed']],
  ] as const)('only %s', async (filter, expected) => {
    const { client, on } = await eventful();
    expect((await client.timeline.list({ ...on, filter })).items.map(brief)).toEqual(expected);
  });

  test.each([1, 2, 4])('in pages of %i it is the same', async (limit) => {
    const { client, on } = await eventful();
    const whole = (await client.timeline.list(on)).items;
    const pages: TimelineItem[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await client.timeline.list({ ...on, limit, ...(cursor ? { cursor } : {}) });
      pages.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor);
    expect(pages).toEqual(whole);
    await expect(client.timeline.list({ ...on, cursor: 'x' })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('a record as of an instant', () => {
  test('is what it was, field by field, and can be had back in one action', async () => {
    const { client, on, deal, clock } = await eventful();
    const at = deal.created_at;
    const then = await client.timeline.as_of({ ...on, at });
    expect(then).toMatchObject({ existed: true, in_bin: false });
    expect(new Map(then.fields.map(({ field, ...values }) => [field, values]))).toEqual(
      new Map<string, unknown>([
        ['description', { then: null, now: 'Moved' }],
        ['stage', { then: 'qualification', now: 'proposal' }],
        ['currency', { then: 'EUR', now: 'JPY' }],
        ['value', { then: 5000, now: 100 }],
        ['contact_id', { then: null, now: expect.any(String) }],
        ['tags', { then: ['vip'], now: [] }],
      ]),
    );
    clock.advance(minute);
    expect(await client.timeline.restore({ ...on, at })).toEqual({ count: 6 });
    expect(await client.deals.get({ id: deal.id })).toEqual({
      ...deal,
      updated_at: clock.nowText(),
    });
    await client.history.undo();
    expect(await client.deals.get({ id: deal.id })).toMatchObject({ value: 100, currency: 'JPY' });
  });

  test('was not there before it was added, and cannot be changed in the bin', async () => {
    const { client, on, deal } = await eventful();
    const at = '2026-03-01T00:00:00Z';
    expect(await client.timeline.as_of({ ...on, at })).toMatchObject({
      existed: false,
      fields: [],
    });
    await expect(client.timeline.restore({ ...on, at })).rejects.toMatchObject({
      code: 'validation_failed',
      data: { field: 'at' },
    });
    await client.deals.remove({ id: deal.id });
    expect(await client.timeline.as_of({ ...on, at: deal.created_at })).toMatchObject({
      existed: true,
      in_bin: true,
    });
    await expect(client.timeline.restore({ ...on, at: deal.created_at })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
