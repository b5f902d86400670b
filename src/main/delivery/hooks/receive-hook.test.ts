import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  hour,
  onlyRunOf,
  runsOf,
  task,
} from '../../../../tests/support/workflows.ts';

const mapping = { email: 'customer.email', name: 'customer.name', phone: 'customer.tel' };

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function hookOn(core: TestCore, config: Record<string, unknown> = { contact: mapping }) {
  const workflow = await activeWorkflow(
    core,
    'webhook_received',
    [task('{{contact_name}} ordered {{trigger.body.order.number}} by {{trigger.headers.via}}')],
    { trigger_config: config },
  );
  const { hook_key: key, signing_secret: secret } = await core.client.hooks.get({
    id: workflow.id,
  });
  const send = ({ body = {}, headers = {} }: Sent = {}) =>
    core.core.receiveHook({
      key,
      headers: { 'content-type': 'application/json', ...headers },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });
  return { workflow, key, secret, send };
}

const order = {
  customer: { email: 'anna@example.com', name: 'Anna Maria Kovacs' },
  order: { number: 7 },
};

async function callsOf(core: TestCore, id: string) {
  return (await core.client.hooks.calls({ id })).items;
}

describe('a call of a workflow’s address', () => {
  test('makes the contact it tells of, starts the run, and templates see what was sent', async () => {
    const core = createTestCore();
    const { workflow, key, send } = await hookOn(core);
    expect(workflow.hook_key).toBe(key);
    expect(send({ body: order, headers: { via: 'the shop' } })).toMatchObject({ status: 202 });
    await core.settle();
    const [contact] = (await core.client.contacts.list()).items;
    expect(contact).toMatchObject({
      first_name: 'Anna Maria',
      last_name: 'Kovacs',
      email: 'anna@example.com',
    });
    const run = await onlyRunOf(core, workflow.id);
    expect(run).toMatchObject({
      status: 'succeeded',
      event_type: 'webhook_received',
      record: { object: 'contact', id: contact?.id },
    });
    const [made] = (await core.client.activities.list()).items;
    expect(made).toMatchObject({
      title: 'Anna Maria Kovacs ordered 7 by the shop',
      contact_id: contact?.id,
    });
    expect(await callsOf(core, workflow.id)).toMatchObject([
      { status: 202, reason: null, contact_id: contact?.id, execution_id: run.id },
    ]);
  });

  test('finds the contact by its email, whatever its case, and changes nothing of it', async () => {
    const core = createTestCore();
    const { send } = await hookOn(core);
    const anna = await core.client.contacts.create({ first_name: 'A.', email: 'Anna@Example.com' });
    expect(send({ body: order })).toMatchObject({ status: 202, contact_id: anna.id });
    expect((await core.client.contacts.list()).items).toEqual([anna]);
  });

  test.each([
    ['no email', {}, {}, 422, 'no email at customer.email'],
    ['an email that is none', {}, { customer: { email: 'nobody' } }, 422, 'email address'],
    ['an unknown one, where none is created', { if_absent: 'refuse' }, order, 422, 'creates none'],
    ['no email, where that is ignored', { if_absent: 'ignore' }, {}, 202, null],
    ['an unknown one, where that is ignored', { if_absent: 'ignore' }, order, 202, null],
  ])('%s', async (_name, config, body, status, reason) => {
    const core = createTestCore();
    const { workflow, send } = await hookOn(core, { contact: mapping, ...config });
    expect(send({ body }).status).toBe(status);
    await core.settle();
    expect((await core.client.contacts.list()).items).toEqual([]);
    expect(await runsOf(core, workflow.id)).toHaveLength(status === 202 ? 1 : 0);
    const [call] = await callsOf(core, workflow.id);
    expect(call).toMatchObject({ status, body: JSON.stringify(body) });
    if (reason === null) expect(call?.reason).toBeNull();
    else expect(call?.reason).toContain(reason);
  });

  test('starts that workflow alone', async () => {
    const core = createTestCore();
    const one = await hookOn(core);
    const other = await hookOn(core);
    expect(one.key).not.toBe(other.key);
    one.send({ body: order });
    await core.settle();
    expect(await runsOf(core, one.workflow.id)).toHaveLength(1);
    expect(await runsOf(core, other.workflow.id)).toEqual([]);
  });

  test.each([
    ['no JSON', 'order=7', {}, 400, 'not JSON'],
    ['nothing', '', {}, 400, 'not JSON'],
    ['a list', '[1]', {}, 422, 'JSON object'],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'form'],
    ['a key that is too long', '{}', { 'idempotency-key': 'x'.repeat(256) }, 400, '255'],
  ])('with %s is refused and kept', async (_name, body, headers, status, reason) => {
    const core = createTestCore();
    const { workflow, send } = await hookOn(core);
    expect(send({ body, headers })).toMatchObject({ status });
    const [call] = await callsOf(core, workflow.id);
    expect(call).toMatchObject({ status, body });
    expect(call?.reason).toContain(reason);
  });

  test('keeps no header that opens another door', async () => {
    const core = createTestCore();
    const { workflow, send } = await hookOn(core);
    send({ body: order, headers: { authorization: 'Bearer x', cookie: 'a=b', via: 'v' } });
    const [call] = await callsOf(core, workflow.id);
    expect(call?.headers).toEqual({ 'content-type': 'application/json', via: 'v' });
    const events = core.outside.prepare('SELECT data FROM events').pluck().all().join('');
    expect(events).not.toContain('Bearer x');
  });

  test('the last 100 calls are kept, and 16,384 characters of each', async () => {
    const core = createTestCore();
    const { workflow, send } = await hookOn(core, {});
    const other = await hookOn(core, {});
    other.send();
    for (let sent = 1; sent <= 103; sent += 1) send({ body: { sent, x: 'y'.repeat(20_000) } });
    const { items } = await core.client.hooks.calls({ id: workflow.id, limit: 500 });
    expect(items).toHaveLength(100);
    expect(items.at(-1)?.body).toMatch(/^\{"sent":4,/);
    expect(items[0]?.body).toHaveLength(16_384);
    expect(await callsOf(core, other.workflow.id)).toHaveLength(1);
  });
});

describe('a call that comes twice', () => {
  const again = { body: order, headers: { 'idempotency-key': 'k-1' } };

  test('is taken twice when it names no key', async () => {
    const core = createTestCore();
    const { workflow, send } = await hookOn(core, {});
    expect([send().status, send().status]).toEqual([202, 202]);
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(2);
  });

  test('is refused for 24 hours when it does, also after a hundred others', async () => {
    const core = createTestCore();
    const { workflow, send } = await hookOn(core);
    const other = await hookOn(core);
    expect(send(again).status).toBe(202);
    for (let sent = 0; sent < 100; sent += 1) send({ body: order });
    expect(send(again)).toMatchObject({
      status: 409,
      message: expect.stringContaining('24 hours'),
    });
    // A key is the sender's for one address.
    expect(other.send(again).status).toBe(202);
    core.clock.sleep(day - 1);
    expect(send(again).status).toBe(409);
    core.clock.sleep(1);
    expect(send(again).status).toBe(202);
    expect(await callsOf(core, workflow.id)).toMatchObject([
      { status: 202 },
      { status: 409 },
      { status: 409 },
      ...Array.from({ length: 47 }, () => ({ status: 202 })),
    ]);
  });

  test('may come again when it was refused the first time', async () => {
    const core = createTestCore();
    const { send } = await hookOn(core);
    expect(send({ ...again, body: {} }).status).toBe(422);
    expect(send(again).status).toBe(202);
  });
});

describe('the address', () => {
  test('answers no more once it was replaced, and the call is in the log', async () => {
    const core = createTestCore();
    const { workflow, key, secret, send } = await hookOn(core);
    const fresh = await core.client.hooks.rotate({ id: workflow.id });
    expect(fresh.hook_key).not.toBe(key);
    expect(fresh.signing_secret).not.toBe(secret);
    expect((await core.client.workflows.get({ id: workflow.id })).hook_key).toBe(fresh.hook_key);
    expect(send({ body: order })).toMatchObject({ status: 404, code: 'not_found' });
    expect(await callsOf(core, workflow.id)).toMatchObject([
      { status: 404, reason: expect.stringContaining('replaced') },
    ]);
  });

  test('of nobody is not logged', async () => {
    const core = createTestCore();
    const { workflow } = await hookOn(core);
    const answer = core.core.receiveHook({ key: 'guess', headers: {}, body: Buffer.from('{}') });
    expect(answer).toMatchObject({ status: 404 });
    expect(await callsOf(core, workflow.id)).toEqual([]);
  });

  test.each([
    ['paused', { status: 'paused' as const }, 'paused'],
    ['with another trigger', { trigger_type: 'deal_created', trigger_config: {} }, 'webhook'],
  ])('of a workflow that is %s answers 409 with the reason', async (_name, patch, reason) => {
    const core = createTestCore();
    const { workflow, send } = await hookOn(core);
    const actions = [task('x')];
    const changed = await core.client.workflows.update({ id: workflow.id, actions, ...patch });
    expect(changed.hook_key === null).toBe('trigger_type' in patch);
    expect(send({ body: order })).toMatchObject({
      status: 409,
      message: expect.stringContaining(reason),
    });
  });

  test('comes with the trigger, also by SQL, and not before', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    await expect(core.client.hooks.get({ id: workflow.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('webhook_received'),
    });
    core.outside.exec("UPDATE workflows SET trigger_type = 'webhook_received'");
    core.clock.advance(1_000);
    await core.settle();
    const { hook_key: key } = await core.client.workflows.get({ id: workflow.id });
    expect(key).toMatch(/^[\w-]{43}$/);
  });

  test('takes no body that is too large', async () => {
    const core = createTestCore();
    const { workflow, key } = await hookOn(core);
    expect(core.core.receiveHook({ key, headers: {}, body: null }).status).toBe(413);
    expect(await callsOf(core, workflow.id)).toMatchObject([{ status: 413 }]);
  });
});

describe('a signature, where it is asked for', () => {
  const config = { require_signature: true };
  const body = '{"a": 1}';

  const sign = (secret: string, at: number, text = body) => ({
    'x-trellis-timestamp': String(at),
    'x-trellis-signature': `sha256=${createHmac('sha256', secret).update(`${at}.${text}`).digest('hex')}`,
  });

  test.each([
    ['none', () => ({}), 401],
    ['a right one', sign, 202],
    ['five minutes old', (secret: string, at: number) => sign(secret, at - 300), 202],
    ['older', (secret: string, at: number) => sign(secret, at - 301), 401],
    ['of the future', (secret: string, at: number) => sign(secret, at + 301), 401],
    ['with another secret', (_secret: string, at: number) => sign('other', at), 401],
    ['of another body', (secret: string, at: number) => sign(secret, at, '{}'), 401],
    [
      'with another time than was signed',
      (secret: string, at: number) => ({
        ...sign(secret, at),
        'x-trellis-timestamp': String(at - 1),
      }),
      401,
    ],
    [
      'with a time that is none',
      (secret: string, at: number) => ({ ...sign(secret, at), 'x-trellis-timestamp': 'now' }),
      401,
    ],
  ])('%s', async (_name, headersOf, status) => {
    const core = createTestCore();
    const { workflow, secret, send } = await hookOn(core, config);
    const at = Math.floor(core.clock.now() / 1_000);
    expect(send({ body, headers: headersOf(secret, at) }).status).toBe(status);
    expect(await callsOf(core, workflow.id)).toMatchObject([{ status }]);
  });

  test('is not asked for by default', async () => {
    const core = createTestCore();
    const { send } = await hookOn(core, {});
    core.clock.sleep(hour);
    expect(send({ body }).status).toBe(202);
  });
});

describe('the trigger’s settings', () => {
  test.each([
    [{ contact: 'email' }, 'trigger_config.contact', 'object'],
    [{ contact: { mail: 'a' } }, 'trigger_config.contact.mail', 'Unknown key'],
    [{ contact: { email: 'a..b' } }, 'trigger_config.contact.email', 'path'],
    [{ contact: { phone: 'a' } }, 'trigger_config.contact.email', 'found by it'],
    [{ if_absent: 'maybe' }, 'trigger_config.if_absent', 'create, ignore, refuse'],
    [{ require_signature: 'yes' }, 'trigger_config.require_signature', 'true or false'],
  ])('%j is refused', async (config, field, words) => {
    const core = createTestCore();
    await expect(
      activeWorkflow(core, 'webhook_received', [task('x')], { trigger_config: config }),
    ).rejects.toMatchObject({ message: expect.stringContaining(words), data: { field } });
  });
});
