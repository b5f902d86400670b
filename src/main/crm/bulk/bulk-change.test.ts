import { describe, expect, test } from 'vitest';
import type { BulkInput, BulkProgress } from '../../../shared/contract/bulk.ts';
import { FakeClock } from '../../../../tests/support/fake-clock.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';

async function setUp(count = 5) {
  // Every look at the time takes 3 ms: a commit holds two or three records.
  const core = createTestCore({ clock: new FakeClock({ elapsedPerReading: 3 }) });
  const contacts = [];
  for (let index = 0; index < count; index += 1) {
    contacts.push(
      await core.client.contacts.create({
        first_name: `C${index}`,
        tags: index % 2 ? ['Old'] : [],
      }),
    );
  }
  await core.settle();
  return { ...core, ids: contacts.map((contact) => contact.id) };
}

async function run({ client, clock }: TestCore, input: BulkInput, stopAfter = Infinity) {
  const aborter = new AbortController();
  const messages: BulkProgress[] = [];
  const stream = await client.bulk.run(input, { signal: aborter.signal });
  const iterator = stream[Symbol.asyncIterator]();
  for (;;) {
    const next = iterator.next();
    // The work asks for another turn after each slice.
    const turning = setInterval(() => clock.runToIdle(), 1);
    const { value, done } = await next.finally(() => clearInterval(turning));
    if (done) break;
    messages.push(value);
    if (messages.length >= stopAfter) aborter.abort();
  }
  return messages;
}

const contact = { object: 'contact', run_workflows: 'none' } as const;

describe('a bulk change', () => {
  test('goes in slices, tells how far it is, and is undone as one', async () => {
    const core = await setUp(9);
    const { client, ids } = core;
    const messages = await run(core, {
      ...contact,
      selection: { kind: 'ids', ids: [...ids, 'gone'] },
      change: { kind: 'set', fields: { job_title: 'Roofer' } },
    });
    expect(messages.length).toBeGreaterThan(3);
    expect(messages[0]).toEqual({ kind: 'progress', done: 0, total: 10 });
    expect(messages.at(-1)).toEqual({
      kind: 'done',
      changed: 9,
      unchanged: 1,
      refused: 0,
      first_refusal: null,
    });
    expect(
      await client.views.count({
        object: 'contact',
        conditions: {
          combinator: 'and',
          rules: [{ field: 'contact.job_title', operator: '=', value: 'roofer' }],
        },
      }),
    ).toEqual({ count: 9 });
    expect(await client.history.latest()).toMatchObject({ kind: 'bulk_edit', record_count: 9 });
    const undone = client.history.undo({});
    const turning = setInterval(() => core.clock.runToIdle(), 1);
    await undone.finally(() => clearInterval(turning));
    expect(await client.contacts.get({ id: ids[3] ?? '' })).toMatchObject({ job_title: null });
  });

  test('adds and takes away tags, leaving the others', async () => {
    const core = await setUp(2);
    const { client, ids } = core;
    const selection = { kind: 'ids' as const, ids };
    await run(core, { ...contact, selection, change: { kind: 'add_tags', tags: ['VIP', 'OLD'] } });
    const tags = async () => {
      const found = await Promise.all(ids.map((id) => client.contacts.get({ id })));
      return found.map((record) => record.tags);
    };
    expect(await tags()).toEqual([
      ['Old', 'VIP'],
      ['Old', 'VIP'],
    ]);
    await run(core, { ...contact, selection, change: { kind: 'remove_tags', tags: ['old'] } });
    expect(await tags()).toEqual([['VIP'], ['VIP']]);
  });

  test('of all that a view shows, but for some', async () => {
    const core = await setUp(6);
    const { client, ids } = core;
    const [last] = await run(core, {
      ...contact,
      selection: {
        kind: 'all',
        conditions: {
          combinator: 'and',
          rules: [{ field: 'contact.tags', operator: 'hasTag', value: 'old' }],
        },
        except: [ids[1] ?? ''],
      },
      change: { kind: 'delete' },
    }).then((messages) => messages.slice(-1));
    expect(last).toMatchObject({ changed: 2 });
    const { items } = await client.contacts.list({});
    expect(items.map((item) => item.first_name)).toEqual(['C4', 'C2', 'C1', 'C0']);
  });

  test('stops when nobody listens any more; what it did stays one action', async () => {
    const core = await setUp(12);
    const { client, ids } = core;
    await run(
      core,
      {
        ...contact,
        selection: { kind: 'ids', ids },
        change: { kind: 'set', fields: { job_title: 'X' } },
      },
      2,
    ).catch(() => undefined);
    const action = await client.history.latest();
    expect(action).toMatchObject({ kind: 'bulk_edit' });
    expect(action?.record_count).toBeLessThan(12);
  });

  test.each([
    ['none', 0],
    ['all', 3],
  ] as const)('starts %s of the workflows that listen: %i runs', async (run_workflows, runs) => {
    const core = await setUp(3);
    const { client, ids, settle } = core;
    const workflow = await client.workflows.create({
      name: 'Told of titles',
      status: 'active',
      trigger_type: 'contact_updated',
      actions: [{ type: 'send_notification', config: { title: 'New title', message: 'Yes' } }],
    });
    await run(core, {
      object: 'contact',
      run_workflows,
      selection: { kind: 'ids', ids },
      change: { kind: 'set', fields: { job_title: 'Roofer' } },
    });
    await settle();
    expect((await client.workflows.executions({ id: workflow.id })).items).toHaveLength(runs);
  });

  test('a record that refuses is told and left as it was', async () => {
    const core = await setUp(1);
    const { client } = core;
    const euros = await client.deals.create({ title: 'Euros', value: 1 });
    const yen = await client.deals.create({ title: 'Yen', value: 1, currency: 'JPY' });
    const messages = await run(core, {
      object: 'deal',
      run_workflows: 'none',
      selection: { kind: 'ids', ids: [yen.id, euros.id] },
      change: { kind: 'set', fields: { value: 1.5 } },
    });
    expect(messages.at(-1)).toMatchObject({
      changed: 1,
      refused: 1,
      first_refusal: expect.stringContaining('JPY'),
    });
  });

  test.each([
    [{ nothing: 1 }, 'change.fields.nothing'],
    [{ name: 'x' }, 'change.fields.name'],
    [{ email: 'x' }, 'change.fields.email'],
    [{}, 'change.fields'],
  ])('is refused as a whole with %j', async (fields, field) => {
    const core = await setUp(1);
    const asked = run(core, {
      ...contact,
      selection: { kind: 'ids', ids: core.ids },
      change: { kind: 'set', fields },
    });
    await expect(asked).rejects.toMatchObject({ code: 'validation_failed', data: { field } });
  });
});

test('a field of the user’s own is set like any other', async () => {
  const core = await setUp(2);
  await core.client.custom_fields.create({ object: 'contact', label: 'Size', type: 'number' });
  const messages = await run(core, {
    ...contact,
    selection: { kind: 'ids', ids: core.ids },
    change: { kind: 'set', fields: { cf_size: 7 } },
  });
  expect(messages.at(-1)).toMatchObject({ kind: 'done', changed: 2, refused: 0 });
  expect(await core.client.contacts.get({ id: core.ids[0] ?? '' })).toMatchObject({ cf_size: 7 });
});
