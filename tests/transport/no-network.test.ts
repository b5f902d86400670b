import { type AddressInfo, createServer } from 'node:net';
import { createRouterClient } from '@orpc/server';
import { expect, onTestFinished, test } from 'vitest';
import { nodeHttpClient } from '../../hosts/node-http-client.ts';
import { smtpMailer } from '../../hosts/smtp-mailer.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { createCore } from '../../src/main/create-core.ts';
import { fakeSecrets } from '../support/fake-delivery.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { defaultSettings, FakeLogger, FakeNotifier, noRest } from '../support/test-core.ts';
import { waitUntil } from '../support/wait-until.ts';

/** A port that counts who comes, and turns everybody away. */
async function refusingPort() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  onTestFinished(() => void server.close());
  // Listening on a TCP port, so the address is an object.
  const { port } = server.address() as AddressInfo;
  return { port, connections: () => connections };
}

test('with "No network" on, nothing reaches the port; once it is off, both do', async () => {
  const { port, connections } = await refusingPort();
  const core = createCore({
    clock: systemClock,
    ids: uuidIds,
    logger: new FakeLogger(),
    notifier: new FakeNotifier(),
    settings: { read: () => defaultSettings, write: () => undefined },
    rest: noRest,
    mailer: smtpMailer(),
    http: nodeHttpClient(),
    secrets: fakeSecrets(),
    host: { kind: 'server', version: '0.0.0-test', system: 'a test', label: 'Test core' },
    dataDir: temporaryFolder(),
    backupDir: null,
  });
  onTestFinished(() => core.stop());
  const client = createRouterClient(core.router, { context: { actor: { kind: 'user' } } });
  core.start();
  await client.settings.update({ no_network: true, mail_hold_seconds: 0 });
  const account = await client.mail_accounts.create({
    name: 'Studio',
    from_address: 'mila@studio.example',
    host: '127.0.0.1',
    port,
    security: 'none',
  });
  await client.workflows.create({
    name: 'Tells both',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [
      { type: 'webhook', config: { url: `http://127.0.0.1:${port}/`, wait: false } },
      { type: 'send_email', config: { to: 'anna@x.example', subject: 'Hi', body: 'Hi' } },
    ],
  });
  await client.contacts.create({ first_name: 'Anna' });
  const deliveries = await waitUntil('both are in the Outbox', async () => {
    const { items } = await client.outbox.list();
    return items.length === 2 && items;
  });
  await expect(client.mail_accounts.test({ id: account.id })).rejects.toMatchObject({
    code: 'conflict',
  });
  for (const { id } of deliveries) await client.outbox.send_now({ id });
  await core.idle();
  expect(connections()).toBe(0);
  expect((await client.connections.list()).items).toEqual([]);
  for (const { id } of deliveries)
    expect(await client.outbox.get({ id })).toMatchObject({ state: 'queued', attempt: 0 });

  await client.settings.update({ no_network: false });
  await waitUntil('both came', () => connections() === 2);
  expect((await client.connections.list()).items).toHaveLength(2);
});
