import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from './listen.ts';

function newServer(): Server {
  const server = createServer();
  onTestFinished(() => void server.close());
  return server;
}

const addressOf = (server: Server) => server.address() as AddressInfo;

/** A server on a port of the system's choice that leaves room for more above it. */
async function lowServer(): Promise<Server> {
  for (;;) {
    const server = newServer();
    await listen(server, 0);
    if (addressOf(server).port < 65_000) return server;
  }
}

test('0 is any free port, on loopback alone', async () => {
  const server = newServer();
  await listen(server, 0);
  expect(addressOf(server)).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
  expect(addressOf(server).port).toBeGreaterThan(0);
});

test('a port that is taken gives way to the next free one', async () => {
  const { port } = addressOf(await lowServer());
  const second = newServer();
  await listen(second, port);
  expect(addressOf(second).port).toBeGreaterThan(port);
  expect(addressOf(second).port).toBeLessThan(port + 100);
  // Nothing is left of the ports tried in vain.
  const fresh = newServer();
  for (const event of ['error', 'listening'])
    expect(second.listenerCount(event)).toBe(fresh.listenerCount(event));
});

test('where no port is left the message says what to do', async () => {
  const server = newServer();
  const ask = (): Promise<void> => listen(server, 65_535);
  const blocker = newServer();
  await listen(blocker, 65_535).catch(() => undefined);
  await expect(ask()).rejects.toThrow('The ports from 65535 on are taken. Choose another');
});

test('what is wrong beside being taken is told as it is', async () => {
  const server = newServer();
  await listen(server, 0);
  await expect(listen(server, 0)).rejects.toThrow(/more than once/);
});
