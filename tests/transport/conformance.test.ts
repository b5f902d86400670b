import { isDefinedError, safe } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../src/shared/contract/index.ts';
import { type RealTimeCore, realTimeCore } from '../support/real-time-core.ts';
import { type Connection, transports } from './transports.ts';

// One router, three ways to it: nothing that a client can see may depend on the way.

let core: RealTimeCore;
let connection: Connection;
let client: ApiClient;

afterEach(async () => {
  await connection.close();
  await core.end();
});

describe.each(Object.entries(transports))('%s', (_name, connect) => {
  beforeEach(async () => {
    core = realTimeCore();
    connection = await connect(core);
    client = connection.client;
  });

  test('text, numbers, times and nulls arrive as they were sent', async () => {
    const contact = await client.contacts.create({
      first_name: 'Zoë 名前 🌿',
      email: 'zoe@example.com',
      phone: null,
    });
    const deal = await client.deals.create({
      title: 'Line one\nline two "quoted" \\ <b>',
      value: 1234.56,
      currency: 'EUR',
      contact_id: contact.id,
      expected_close_date: '2026-12-31',
      description: 'x'.repeat(15_000),
    });
    expect(contact).toMatchObject({ first_name: 'Zoë 名前 🌿', phone: null, company_id: null });
    expect(deal).toMatchObject({ value: 1234.56, currency: 'EUR', contact_id: contact.id });
    expect(deal.expected_close_date).toBe('2026-12-31');
    expect(deal.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await client.deals.get({ id: deal.id })).toEqual(deal);
  });

  test('a patch merges, null clears, removing answers nothing', async () => {
    const { id } = await client.contacts.create({ first_name: 'Ada', job_title: 'Countess' });
    const patched = await client.contacts.update({ id, last_name: 'Lovelace', job_title: null });
    expect(patched).toMatchObject({ first_name: 'Ada', last_name: 'Lovelace', job_title: null });
    expect(await client.contacts.remove({ id })).toBeUndefined();
    expect((await client.contacts.list()).items).toEqual([]);
  });

  test('lists page by cursor, newest first', async () => {
    for (const first_name of ['one', 'two', 'three']) await client.contacts.create({ first_name });
    const first = await client.contacts.list({ limit: 2 });
    expect(first.items.map((contact) => contact.first_name)).toEqual(['three', 'two']);
    const rest = await client.contacts.list({ limit: 2, cursor: first.next_cursor ?? '' });
    expect(rest.items.map((contact) => contact.first_name)).toEqual(['one']);
    expect(rest.next_cursor).toBeNull();
  });

  test('many calls at once each get their own answer', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `Contact ${at}`);
    const answers = await Promise.all(
      names.map((first_name) => client.contacts.create({ first_name })),
    );
    expect(answers.map((contact) => contact.first_name)).toEqual(names);
  });

  describe('errors are typed', () => {
    test('a value that is not valid names its field', async () => {
      const [error] = await safe(
        client.contacts.create({ first_name: 'Ada', email: 'not an address' }),
      );
      expect(isDefinedError(error)).toBe(true);
      expect(error).toMatchObject({
        code: 'validation_failed',
        status: 422,
        data: { field: 'email' },
      });
      expect(error?.message).toContain('email');
    });

    test('so does a key that is not known', async () => {
      // What TypeScript would refuse: another client is not written in it.
      const input = { first_name: 'Ada', shoe_size: 38 } as { first_name: string };
      const [error] = await safe(client.contacts.create(input));
      expect(isDefinedError(error)).toBe(true);
      expect(error).toMatchObject({ code: 'validation_failed', data: { field: 'shoe_size' } });
    });

    test('a fault in a workflow names the step, and what else is wrong', async () => {
      const [error] = await safe(
        client.workflows.create({
          name: 'Broken',
          trigger_type: 'deal_created',
          status: 'active',
          actions: [{ type: 'create_task', config: { title: '{{no_such_thing}}' } }],
        }),
      );
      expect(isDefinedError(error)).toBe(true);
      expect(error).toMatchObject({
        code: 'validation_failed',
        data: {
          field: 'actions[0].config.title',
          problems: [expect.objectContaining({ path: 'actions[0].config.title' })],
        },
      });
    });

    test('what is not there', async () => {
      const [error] = await safe(client.deals.get({ id: 'no-such-deal' }));
      expect(isDefinedError(error)).toBe(true);
      expect(error).toMatchObject({ code: 'not_found', status: 404 });
    });

    test('what stands in the way', async () => {
      await client.contacts.create({ first_name: 'Ada' });
      const [error] = await safe(client.system.load_sample_data());
      expect(isDefinedError(error)).toBe(true);
      expect(error).toMatchObject({ code: 'conflict', status: 409 });
    });
  });

  test('a live stream says hello, then each change, until it is left', async () => {
    const stream = await client.live.changes();
    expect(await stream.next()).toEqual({ done: false, value: { kind: 'hello' } });
    const { id } = await client.contacts.create({ first_name: 'Ada' });
    const { value } = await stream.next();
    expect(value).toEqual({
      kind: 'changed',
      changes: expect.arrayContaining([{ topic: 'contact', id }]),
    });
    await stream.return?.(undefined);
    expect(await stream.next()).toMatchObject({ done: true });
  });

  test('two streams are told apart', async () => {
    const streams = await Promise.all([client.live.changes(), client.live.changes()]);
    for (const stream of streams) await stream.next();
    await streams[0].return?.(undefined);
    await client.companies.create({ name: 'Acme' });
    expect((await streams[1].next()).value).toMatchObject({ kind: 'changed' });
    await streams[1].return?.(undefined);
  });
});

const remote = Object.entries(transports).filter(([name]) => name !== 'in process');

describe.each(remote)('%s, when the other side is gone', (_name, connect) => {
  beforeEach(async () => {
    core = realTimeCore();
    connection = await connect(core);
    client = connection.client;
    await client.system.health();
  });

  test('an open stream ends', async () => {
    const stream = await client.live.changes();
    await stream.next();
    const next = stream.next();
    // Awaited only below: until then a rejection would count as unhandled.
    next.catch(() => undefined);
    await connection.close();
    await expect(next).rejects.toThrow();
  });

  test('a call with a time limit is refused instead of hanging', async () => {
    await connection.close();
    const call = client.system.health(undefined, { signal: AbortSignal.timeout(300) });
    await expect(call).rejects.toThrow();
  });
});

test('every way gives the same answers', async () => {
  core = realTimeCore();
  connection = { client, close: () => Promise.resolve() };
  const connections = await Promise.all(Object.values(transports).map((connect) => connect(core)));
  const [first] = connections;
  await first?.client.system.load_sample_data();
  // Its workflows run; what is read below must stand still.
  await core.core.idle();
  const answers = await Promise.all(
    connections.map(async ({ client: one }) => ({
      contacts: await one.contacts.list({ limit: 500 }),
      deals: await one.deals.list({ q: 'a' }),
      workflows: await one.workflows.list(),
      stages: await one.pipeline.board(),
      home: await one.home.counts(),
    })),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  for (const one of connections) await one.close();
});
