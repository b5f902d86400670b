import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { queryFile, withFile } from '../support/data-file.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

const servers = useServers();

const witness = pathToFileURL(resolve(import.meta.dirname, '../support/network-witness.mjs')).href;

/** A port that turns everybody away. */
async function refusingPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', () => done());
  });
  onTestFinished(() => void server.close());
  // Listening on a TCP port, so the address is an object.
  return (server.address() as AddressInfo).port;
}

test('with "No network" on the program opens no socket and asks no name server; with it off the same witness sees each', async () => {
  const port = await refusingPort();
  const server = await servers.start({ nodeArguments: ['--import', witness] });
  const { api, dataDir } = server;
  const setNetwork = (off: boolean): void =>
    withFile(dataDir, (file) => {
      const set = file.prepare('INSERT OR REPLACE INTO file_settings (key, value) VALUES (?, ?)');
      set.run('no_network', String(off));
      set.run('mail_hold_seconds', '0');
    });
  const reached = (): string[] => server.logLines('reaches out:');
  setNetwork(true);
  const account = await api.expect<{ id: string }>(201, 'POST', '/api/mail_accounts', {
    name: 'Studio',
    from_address: 'mila@studio.example',
    host: 'localhost',
    port,
    security: 'none',
  });
  const call = (url: string) => ({ type: 'webhook', config: { url, wait: false } });
  await api.create('workflows', {
    name: 'Tells everybody',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [
      call(`http://127.0.0.1:${port}/`),
      call(`https://127.0.0.1:${port}/`),
      call(`http://localhost:${port}/`),
      { type: 'send_email', config: { to: 'anna@x.example', subject: 'Hi', body: 'Hi' } },
    ],
  });
  await api.create('contacts', { first_name: 'Anna' });
  const rows = await waitUntil('all are in the Outbox', () => {
    const found = queryFile<{ id: string }>(dataDir, 'SELECT id FROM deliveries');
    return found.length === 4 && found;
  });
  for (const { id } of rows) {
    const answer = await api.call('POST', `/api/outbox/${id}/send_now`);
    expect(answer.status).toBe(200);
  }
  const tested = await api.call('POST', `/api/mail_accounts/${account.id}/test`);
  expect(tested.status).toBe(409);
  expect(reached()).toEqual([]);
  expect(queryFile(dataDir, 'SELECT id FROM connections')).toEqual([]);
  const states = 'SELECT DISTINCT state, attempt FROM deliveries';
  expect(queryFile(dataDir, states)).toEqual([{ state: 'queued', attempt: 0 }]);

  setNetwork(false);
  // The log of connections tells of each before it is opened.
  await waitUntil(
    'all four are opened',
    () => queryFile(dataDir, 'SELECT id FROM connections').length >= 4,
  );
  for (const kind of [`tcp 127.0.0.1:${port}`, `tcp localhost:${port}`, 'dns localhost'])
    await waitUntil(`the witness sees ${kind}`, () =>
      reached().some((line) => line.includes(kind)),
    );
});
