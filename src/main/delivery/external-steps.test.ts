import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answered } from '../../../tests/support/fake-delivery.ts';
import { email, hook, mailAccount } from '../../../tests/support/mail.ts';
import { storedEvents } from '../../../tests/support/stored-rows.ts';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  hour,
  minute,
  onlyRunOf,
  pass,
  task,
  titlesOf,
} from '../../../tests/support/workflows.ts';
import { triggerDescriptor } from '../../shared/workflow/triggers.ts';

const second = 1_000;

/** A contact comes and one run with these steps begins. */
async function begin(
  core: TestCore,
  steps: Parameters<typeof activeWorkflow>[2],
  settle: (core: TestCore) => Promise<void> = (one) => one.settle(),
) {
  const workflow = await activeWorkflow(core, 'contact_created', steps);
  await core.client.contacts.create({
    first_name: 'Anna',
    last_name: 'Berg',
    email: 'anna@berg.example',
  });
  await settle(core);
  return workflow.id;
}

async function onlyDelivery({ client }: TestCore) {
  const { items } = await client.outbox.list();
  const [delivery, ...others] = items;
  if (!delivery || others.length > 0) throw new Error(`There are ${items.length} deliveries`);
  return delivery;
}

/** As far as it goes while somebody does not answer: nothing is idle then. */
async function untilSilent({ clock }: TestCore): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    clock.runToIdle();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a webhook', () => {
  test('waits for its answer, which later steps use', async () => {
    const core = createTestCore();
    core.http.answers.push(answered(201, '{"ticket": {"number": 7}}'));
    const id = await begin(core, [
      hook({}, { id: 'call' }),
      task('{{steps.call.status}} ticket {{steps.call.json.ticket.number}}'),
    ]);

    expect(await titlesOf(core)).toEqual(['201 ticket 7']);
    const run = await onlyRunOf(core, id);
    expect(run).toMatchObject({ status: 'succeeded', success_count: 2 });
    const [request] = core.http.requests;
    const delivery = await onlyDelivery(core);
    expect(request).toMatchObject({ method: 'POST', body: '{"name":"Anna Berg"}' });
    expect(request?.headers).toMatchObject({
      'Content-Type': 'application/json',
      'Idempotency-Key': delivery.id,
    });
  });

  test('a 404 fails the step at once, in words that name step, cause and host', async () => {
    const core = createTestCore();
    core.http.answers.push(answered(404, 'gone'));
    const id = await begin(core, [hook(), task('never')]);

    expect(await onlyRunOf(core, id)).toMatchObject({
      status: 'failed',
      error_message: 'Step 1 webhook: 404 from 127.0.0.1',
    });
    expect(core.http.requests).toHaveLength(1);
    expect(await titlesOf(core)).toEqual([]);
  });

  test.each([
    ['continue', {}, ['after']],
    ['branch', { on_error_steps: [task('mend {{steps.call.status}}')] }, ['mend 404', 'after']],
  ])('on_error %s is followed', async (on_error, more, titles) => {
    const core = createTestCore();
    core.http.answers.push(answered(404));
    const id = await begin(core, [hook({}, { id: 'call', on_error, ...more }), task('after')]);

    expect(await titlesOf(core)).toEqual(titles);
    expect((await onlyRunOf(core, id)).status).toBe('partial');
  });

  test('a 503 is tried again with the same key and body, and the state is in its row', async () => {
    const core = createTestCore();
    core.http.answers.push(
      answered(503),
      { kind: 'unreachable', message: '127.0.0.1 broke the connection off' },
      answered(200, 'fine'),
    );
    const id = await begin(core, [hook()]);
    expect(await onlyDelivery(core)).toMatchObject({
      state: 'queued',
      attempt: 1,
      last_error: '503 from 127.0.0.1',
    });
    expect((await onlyRunOf(core, id)).status).toBe('waiting');

    await pass(core, 5 * second);
    expect(await onlyDelivery(core)).toMatchObject({ attempt: 2 });
    await pass(core, 10 * second);

    expect((await onlyRunOf(core, id)).status).toBe('succeeded');
    const sent = core.http.requests.map(({ body, headers }) => [body, headers['Idempotency-Key']]);
    expect(new Set(sent.map((parts) => JSON.stringify(parts))).size).toBe(1);
    expect(sent).toHaveLength(3);
  });

  test('Retry-After is honoured', async () => {
    const core = createTestCore();
    core.http.answers.push(answered(429, '', { 'retry-after': '600' }));
    await begin(core, [hook()]);
    await pass(core, 9 * minute);
    expect(core.http.requests).toHaveLength(1);
    await pass(core, 2 * minute);
    expect(core.http.requests).toHaveLength(2);
  });

  test('is given up 24 hours after the first attempt', async () => {
    const core = createTestCore();
    for (let count = 0; count < 40; count += 1) core.http.answers.push(answered(500));
    const id = await begin(core, [hook()]);
    for (let hours = 0; hours < 27; hours += 1) {
      for (let part = 0; part < 4; part += 1) {
        await pass(core, hour / 4);
      }
    }
    expect(await onlyRunOf(core, id)).toMatchObject({
      status: 'failed',
      error_message: 'Step 1 webhook: 500 from 127.0.0.1',
    });
    const tries = core.http.requests.length;
    expect(tries).toBeGreaterThan(14);
    expect(tries).toBeLessThan(20);
  });

  test('offline spends no attempt', async () => {
    const core = createTestCore();
    core.http.answers.push(
      { kind: 'offline', message: 'no network' },
      { kind: 'offline', message: 'no network' },
    );
    const id = await begin(core, [hook()]);
    expect(await onlyDelivery(core)).toMatchObject({ attempt: 0, state: 'queued' });
    await pass(core, minute);
    await pass(core, minute);
    expect((await onlyRunOf(core, id)).status).toBe('succeeded');
    expect(await onlyDelivery(core)).toMatchObject({ attempt: 1 });
  });

  test('wait: false goes on at once', async () => {
    const core = createTestCore();
    core.http.answers.push(new Promise(() => undefined));
    const id = await begin(core, [hook({ wait: false }), task('after')], untilSilent);
    expect(await titlesOf(core)).toEqual(['after']);
    expect((await onlyRunOf(core, id)).status).toBe('succeeded');
  });

  test('secrets go into headers and the signature, never into the file', async () => {
    const core = createTestCore();
    await core.client.secrets.write({ name: 'shop', value: 'top-secret' });
    await begin(core, [
      hook({ secret_headers: { Authorization: 'shop' }, sign_with: 'shop', body: { a: 1 } }),
    ]);
    const [request] = core.http.requests;
    expect(request?.headers['Authorization']).toBe('top-secret');
    const timestamp = request?.headers['X-Trellis-Timestamp'] ?? '';
    expect(timestamp).toMatch(/^\d+$/);
    const mac = createHmac('sha256', 'top-secret').update(`${timestamp}.{"a":1}`).digest('hex');
    expect(request?.headers['X-Trellis-Signature']).toBe(`sha256=${mac}`);
    const rows = core.outside.prepare('SELECT content, answer FROM deliveries').all();
    expect(JSON.stringify(rows)).not.toContain('top-secret');
  });

  test('a secret that is not there fails the step with the cure', async () => {
    const core = createTestCore();
    const id = await begin(core, [hook({ sign_with: 'shop' })]);
    expect((await onlyRunOf(core, id)).error_message).toContain('Settings under Secrets');
  });

  test.each([
    [{ body: { To: '+49 1', Body: 'Hi & bye' }, body_type: 'form' }, 'To=%2B49+1&Body=Hi+%26+bye'],
    [{ body: 'plain {{contact.name}}' }, 'plain Anna Berg'],
    [{ body: ['a', { b: '{{contact.name}}' }] }, '["a",{"b":"Anna Berg"}]'],
    [{ method: 'GET', body: { a: 1 } }, null],
  ])('sends %j as %s', async (config, body) => {
    const core = createTestCore();
    await begin(core, [hook(config)]);
    expect(core.http.requests[0]?.body).toBe(body);
  });

  test('two to one host at once, eight in all, and no more', async () => {
    const core = createTestCore();
    for (let count = 0; count < 40; count += 1)
      core.http.answers.push(new Promise(() => undefined));
    const hosts = [1, 2, 3, 4, 5, 6].flatMap((host) =>
      [1, 2, 3].map(() => hook({ url: `http://127.0.0.1:900${host}/`, wait: false })),
    );
    await begin(core, hosts, untilSilent);
    core.clock.sleep(minute);
    await untilSilent(core);
    const ports = core.http.requests.map(({ url }) => new URL(url).port);
    expect(ports).toHaveLength(8);
    for (const port of new Set(ports))
      expect(ports.filter((one) => one === port).length).toBeLessThanOrEqual(2);
  });

  test('each connection is in the log, with its workflow', async () => {
    const core = createTestCore();
    const id = await begin(core, [hook()]);
    const { items } = await core.client.connections.list();
    expect(items).toMatchObject([
      { purpose: 'webhook', host: '127.0.0.1', port: 9000, workflow_id: id },
    ]);
  });
});

describe('an email', () => {
  test('is held, sent, logged on the timeline, and the run goes on', async () => {
    const core = createTestCore();
    await mailAccount(core);
    const id = await begin(core, [email({}, { id: 'mail' }), task('{{steps.mail.message_id}}')]);
    const held = await onlyDelivery(core);
    expect(held).toMatchObject({ state: 'held', attempt: 0 });
    expect(Date.parse(held.next_attempt_at ?? '') - core.clock.now()).toBe(30 * second);
    expect(core.mailer.sent).toEqual([]);

    await pass(core, 30 * second);
    expect(core.mailer.sent).toMatchObject([
      {
        subject: 'Hello Anna Berg',
        to: [{ address: 'anna@berg.example' }],
        from: { name: 'Mila Studio', address: 'mila@studio.example' },
        message_id: `<${held.id}@studio.example>`,
      },
    ]);
    const titles = await titlesOf(core);
    expect(titles).toContain(`<${held.id}@studio.example>`);
    expect(titles).toContain('Hello Anna Berg');
    expect((await onlyRunOf(core, id)).status).toBe('succeeded');
    const sent = storedEvents(core.outside).find(({ type }) => type === 'email_sent');
    expect(sent).toMatchObject({
      object: 'contact',
      data: {
        keys: { email_id: held.id, contact_name: 'Anna Berg', email_to: 'anna@berg.example' },
      },
    });
    for (const key of triggerDescriptor('email_sent').keys)
      expect(sent?.data.keys, key).toHaveProperty(key);
    expect(sent?.chain).toMatchObject([{ workflow_id: id }]);
  });

  test('without hold it goes at once', async () => {
    const core = createTestCore();
    await mailAccount(core);
    await core.client.settings.update({ mail_hold_seconds: 0 });
    await begin(core, [email()]);
    expect(core.mailer.sent).toHaveLength(1);
  });

  test('cancelled in its hold: not sent, the step is skipped, the run goes on', async () => {
    const core = createTestCore();
    await mailAccount(core);
    const id = await begin(core, [email(), task('after')]);
    await core.client.outbox.cancel({ id: (await onlyDelivery(core)).id });
    await pass(core, hour);
    expect(core.mailer.sent).toEqual([]);
    expect(await titlesOf(core)).toEqual(['after']);
    const run = await onlyRunOf(core, id);
    expect(run.actions_executed[0]).toMatchObject({ status: 'skipped' });
  });

  test('changed while held: the change is what goes out, and later it is refused', async () => {
    const core = createTestCore();
    await mailAccount(core);
    await begin(core, [email()]);
    const { id } = await onlyDelivery(core);
    await core.client.outbox.update({
      id,
      subject: 'Better',
      html: '<p onclick="x()">Hi<script>alert(1)</script></p>',
    });
    await expect(core.client.outbox.update({ id, to: 'nobody' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    await core.client.outbox.send_now({ id });
    await core.settle();
    expect(core.mailer.sent).toMatchObject([{ subject: 'Better', html: '<p>Hi</p>' }]);
    await expect(core.client.outbox.update({ id, subject: 'Late' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('a run that is cancelled takes its mail back', async () => {
    const core = createTestCore();
    await mailAccount(core);
    const id = await begin(core, [email()]);
    await core.client.executions.cancel({ id: (await onlyRunOf(core, id)).id });
    await pass(core, hour);
    expect(core.mailer.sent).toEqual([]);
    expect((await onlyDelivery(core)).state).toBe('cancelled');
  });

  test('who is unsubscribed gets none', async () => {
    const core = createTestCore();
    await mailAccount(core);
    await core.client.contacts.create({
      first_name: 'Uwe',
      email: 'UWE@away.example',
      unsubscribed_at: '2026-01-01T00:00:00.000Z',
    });
    await core.settle();
    const id = await begin(core, [
      email({ to: 'uwe@away.example' }, { id: 'one' }),
      email({ cc: 'Uwe <uwe@away.example>' }, { id: 'two' }),
    ]);
    await pass(core, minute);
    const run = await onlyRunOf(core, id);
    expect(run.actions_executed).toMatchObject([
      { status: 'skipped', warnings: [expect.stringContaining('unsubscribed')] },
      { status: 'succeeded', warnings: [expect.stringContaining('uwe@away.example')] },
    ]);
    expect(core.mailer.sent).toMatchObject([{ cc: [] }]);
  });

  test('a refusal for good fails the step and emits email_failed', async () => {
    const core = createTestCore();
    await mailAccount(core);
    const message = '550 from mail.studio.example: no such user';
    core.mailer.ends.push({ kind: 'refused', permanent: true, message });
    const id = await begin(core, [email()]);
    await pass(core, minute);
    expect((await onlyRunOf(core, id)).error_message).toBe(`Step 1 send_email: ${message}`);
    const failed = storedEvents(core.outside).find(({ type }) => type === 'email_failed');
    expect(failed?.data.keys).toMatchObject({ email_error: message, contact_name: 'Anna Berg' });
    for (const key of triggerDescriptor('email_failed').keys)
      expect(failed?.data.keys, key).toHaveProperty(key);
  });

  test('a 4xx of the mail server is tried again', async () => {
    const core = createTestCore();
    await mailAccount(core);
    core.mailer.ends.push({ kind: 'refused', permanent: false, message: '451 later' });
    const id = await begin(core, [email()]);
    await pass(core, 30 * second);
    expect(await onlyDelivery(core)).toMatchObject({ state: 'queued', attempt: 1 });
    await pass(core, 5 * second);
    expect((await onlyRunOf(core, id)).status).toBe('succeeded');
  });

  test.each([
    ['arrived', 'succeeded', 1],
    ['send_again', 'succeeded', 2],
    ['give_up', 'succeeded', 1],
  ] as const)('no answer at the end parks the run; %s goes on', async (decision, status, count) => {
    const core = createTestCore();
    await mailAccount(core);
    core.mailer.ends.push({ kind: 'unknown', message: 'silence' });
    const id = await begin(core, [email({}, { id: 'mail' }), task('after')]);
    await pass(core, minute);
    const parked = await onlyRunOf(core, id);
    expect(parked.status).toBe('parked');
    expect(parked.error_message).toContain('may have been sent');
    const delivery = await onlyDelivery(core);
    expect(delivery.state).toBe('uncertain');
    await pass(core, hour);
    expect(core.mailer.sent).toHaveLength(1);

    await core.client.outbox.resolve({ id: delivery.id, decision });
    await core.settle();
    expect((await onlyRunOf(core, id)).status).toBe(status);
    expect(await titlesOf(core)).toContain('after');
    expect(core.mailer.sent).toHaveLength(count);
    expect(new Set(core.mailer.sent.map((mail) => mail.message_id)).size).toBe(1);
    expect((await onlyDelivery(core)).state).toBe(decision === 'give_up' ? 'cancelled' : 'sent');
  });

  test('taking the step again from the run sends the same mail', async () => {
    const core = createTestCore();
    await mailAccount(core);
    core.mailer.ends.push({ kind: 'unknown', message: 'silence' });
    const id = await begin(core, [email()]);
    await pass(core, minute);
    await core.client.executions.retry({ id: (await onlyRunOf(core, id)).id });
    // An account takes no second message at the very same instant.
    await pass(core, second);
    await pass(core, second);
    expect((await onlyRunOf(core, id)).status).toBe('succeeded');
    expect(core.mailer.sent).toHaveLength(2);
    expect(new Set(core.mailer.sent.map((mail) => mail.message_id)).size).toBe(1);
  });

  test('without an account the step says what to do', async () => {
    const core = createTestCore();
    const id = await begin(core, [email()]);
    expect((await onlyRunOf(core, id)).error_message).toContain('Settings under Email accounts');
  });

  test('an answer is an event of its contact', async () => {
    const core = createTestCore();
    await mailAccount(core);
    await begin(core, [email()]);
    await pass(core, minute);
    const replies = await activeWorkflow(core, 'email_replied', [task('{{email_subject}}')]);
    await core.client.outbox.replied({ id: (await onlyDelivery(core)).id });
    await core.settle();
    expect((await onlyRunOf(core, replies.id)).record?.object).toBe('contact');
    expect(await titlesOf(core)).toContain('Hello Anna Berg');
  });

  test('values of variables are text in HTML, and the signature follows', async () => {
    const core = createTestCore();
    await mailAccount(core, { signature: 'Mila <3' });
    const workflow = await activeWorkflow(core, 'contact_created', [
      email({ html: '<p>{{contact.name}}</p>', body: '{{contact.name}}' }),
    ]);
    await core.client.contacts.create({ first_name: '<b>Eve</b>', email: 'eve@x.example' });
    await core.settle();
    await pass(core, minute);
    expect((await onlyRunOf(core, workflow.id)).status).toBe('succeeded');
    expect(core.mailer.sent[0]).toMatchObject({
      text: '<b>Eve</b>\n\n-- \nMila <3\n',
      html: '<p>&lt;b&gt;Eve&lt;/b&gt;</p>\n<p>-- <br>Mila &lt;3</p>',
    });
  });
});

describe('"No network"', () => {
  test('nothing leaves, no attempt is spent, and it goes on when it is off again', async () => {
    const core = createTestCore();
    await mailAccount(core);
    await core.client.settings.update({ no_network: true, mail_hold_seconds: 0 });
    const id = await begin(core, [hook(), email()]);
    await pass(core, hour);
    expect(core.http.requests).toEqual([]);
    expect(await onlyDelivery(core)).toMatchObject({ attempt: 0 });

    await core.client.settings.update({ no_network: false });
    await core.settle();
    expect(core.http.requests).toHaveLength(1);
    expect(core.mailer.sent).toHaveLength(1);
    expect((await onlyRunOf(core, id)).status).toBe('succeeded');
  });

  test('what is on its way is cut', async () => {
    const core = createTestCore();
    core.http.answers.push(new Promise(() => undefined));
    await begin(core, [hook()], untilSilent);
    await core.client.settings.update({ no_network: true });
    await core.settle();
    expect(await onlyDelivery(core)).toMatchObject({ state: 'queued', attempt: 0 });
    expect(core.mailer.closed).toBeGreaterThan(0);
    await pass(core, hour);
    expect(core.http.requests).toHaveLength(1);
  });
});

describe('"Try again" on a delivery that failed', () => {
  test('brings the run that stopped at it back, with the same content under the same key', async () => {
    const core = createTestCore();
    await mailAccount(core);
    core.mailer.ends.push({ kind: 'refused', permanent: true, message: '550 no such user' });
    const id = await begin(core, [email(), task('after')]);
    await pass(core, minute);
    expect(await onlyRunOf(core, id)).toMatchObject({ status: 'failed', error_kind: 'fix_input' });

    const delivery = await onlyDelivery(core);
    expect(delivery).toMatchObject({ state: 'failed', error_kind: 'fix_input' });
    await core.client.outbox.send_now({ id: delivery.id });
    expect(await onlyRunOf(core, id)).toMatchObject({ status: 'waiting', error_message: null });
    await pass(core, second);
    const run = await onlyRunOf(core, id);
    expect(run).toMatchObject({ status: 'succeeded', success_count: 2, failure_count: 0 });
    expect(run.actions_executed.map(({ status }) => status)).toEqual([
      'retried',
      'succeeded',
      'succeeded',
    ]);
    expect(await titlesOf(core)).toContain('after');
    expect(await onlyDelivery(core)).toMatchObject({ state: 'sent', error_kind: null });
  });

  test('leaves a run alone that went on without it', async () => {
    const core = createTestCore();
    core.http.answers.push(answered(404));
    const id = await begin(core, [hook({}, { on_error: 'continue' }), task('after')]);
    await core.client.outbox.send_now({ id: (await onlyDelivery(core)).id });
    await pass(core, second);
    expect((await onlyDelivery(core)).state).toBe('sent');
    expect((await onlyRunOf(core, id)).status).toBe('partial');
    expect(await titlesOf(core)).toEqual(['after']);
  });
});

describe('errors say which of three kinds they are', () => {
  test('fix the input: what the other side refuses for good', async () => {
    const core = createTestCore();
    core.http.answers.push(answered(404));
    const id = await begin(core, [hook()]);
    const run = await onlyRunOf(core, id);
    expect(run.error_kind).toBe('fix_input');
    expect(run.actions_executed.map((step) => step.error_kind)).toEqual(['fix_input']);
  });

  test('try again: what was given up after a day of tries', async () => {
    const core = createTestCore();
    core.http.answers.push(...Array.from({ length: 40 }, () => answered(503)));
    const id = await begin(core, [hook()]);
    for (let turn = 0; turn < 30; turn += 1) await pass(core, 2.5 * hour);
    expect(await onlyRunOf(core, id)).toMatchObject({ status: 'failed', error_kind: 'try_again' });
  });

  test('a fault of ours: what nobody foresaw', async () => {
    const core = createTestCore();
    core.http.answers.push(Promise.reject(new TypeError('x is not a function')));
    const id = await begin(core, [hook()]);
    expect(await onlyRunOf(core, id)).toMatchObject({ status: 'failed', error_kind: 'our_bug' });
    expect((await onlyDelivery(core)).error_kind).toBe('our_bug');
  });
});

test('a mail to several is on the timeline of each contact that got it, and of the record the run is about', async () => {
  const core = createTestCore();
  await mailAccount(core);
  const boss = await core.client.contacts.create({ first_name: 'Bea', email: 'bea@berg.example' });
  const other = await core.client.contacts.create({ first_name: 'Cleo', email: 'c@x.example' });
  await core.settle();
  await begin(core, [email({ to: 'desk@ours.example, bea@berg.example', cc: 'c@x.example' })]);
  await pass(core, minute);
  const { items } = await core.client.contacts.list();
  const anna = items.find(({ first_name }) => first_name === 'Anna');
  const emails = (await core.client.activities.list()).items.filter(({ type }) => type === 'email');
  expect(emails).toHaveLength(3);
  expect(new Set(emails.map((one) => one.contact_id))).toEqual(
    new Set([anna?.id, boss.id, other.id]),
  );
});
