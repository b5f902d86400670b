import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ApiClient, type Answer } from '../support/api-client.ts';
import { queryFile } from '../support/data-file.ts';
import { shiftedClock } from '../support/shifted-clock.ts';
import { type RunningServer, testToken } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

const servers = useServers();

const permissionsOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** The code in the second line the server prints. */
function printedCode(server: RunningServer): string {
  return /#code=([\w-]+)/.exec(server.output)?.[1] ?? '';
}

async function exchange(server: RunningServer, code: string): Promise<Answer> {
  return await server.api.send('POST', '/auth/session', { body: { code } });
}

async function openSession(server: RunningServer, code: string): Promise<string> {
  const answer = await exchange(server, code);
  expect(answer.status).toBe(201);
  return (answer.json as { token: string }).token;
}

async function statusWith(server: RunningServer, token: string): Promise<number> {
  return (await new ApiClient(server.url, token).call('GET', '/api/deals')).status;
}

describe('the code of the printed address', () => {
  it('opens one session, which is not the token and works like it', async () => {
    const server = await servers.start();
    const code = printedCode(server);
    expect(server.output).toBe(
      `READY ${server.url}\nOpen ${server.url}/#code=${code} in a browser (the code is good for 60 seconds).\n`,
    );
    const session = await openSession(server, code);
    expect(session).not.toBe(testToken);
    expect(await statusWith(server, session)).toBe(200);
    expect((await exchange(server, code)).status).toBe(401);
    expect(await statusWith(server, `${session}x`)).toBe(401);
    expect(await statusWith(server, code)).toBe(401);
  });

  it('is asked for anew by whoever holds the token or a session', async () => {
    const server = await servers.start();
    const first = await server.api.expect<{ code: string }>(201, 'POST', '/auth/code');
    const session = await openSession(server, first.code);
    const bySession = await new ApiClient(server.url, session).call('POST', '/auth/code');
    expect(bySession.status).toBe(201);
    const second = (bySession.json as { code: string }).code;
    expect(second).not.toBe(first.code);
    await openSession(server, second);
  });

  it.skipIf(process.platform === 'win32')('is good for 60 seconds', async () => {
    const server = await servers.start({ nodeArguments: shiftedClock });
    const { code } = await server.api.expect<{ code: string }>(201, 'POST', '/auth/code');
    const session = await openSession(server, code);
    server.signal('SIGUSR2');
    await waitUntil('the clock to move', () => server.log.includes('clock moved'));
    const late = await exchange(server, printedCode(server));
    expect(late.status).toBe(401);
    expect(late.json).toMatchObject({ message: expect.stringContaining('60 seconds') });
    // A session has no such end, and the next code its own 60 seconds.
    expect(await statusWith(server, session)).toBe(200);
    const fresh = await server.api.expect<{ code: string }>(201, 'POST', '/auth/code');
    await openSession(server, fresh.code);
  });

  it('is of no use after a restart, while a session is', async () => {
    const before = await servers.start();
    const session = await openSession(before, printedCode(before));
    const unused = await before.api.expect<{ code: string }>(201, 'POST', '/auth/code');
    await before.stop();

    const after = await servers.start({ dataDir: before.dataDir });
    expect(await statusWith(after, session)).toBe(200);
    expect((await exchange(after, unused.code)).status).toBe(401);
  });

  it('leaves only a hash of the session in the data folder', async () => {
    const server = await servers.start();
    const session = await openSession(server, printedCode(server));
    expect(queryFile(server.dataDir, 'SELECT token_hash FROM sessions')).toEqual([
      { token_hash: expect.stringMatching(/^[\da-f]{64}$/) },
    ]);
    for (const name of readdirSync(server.dataDir)) {
      const content = readFileSync(join(server.dataDir, name), 'latin1');
      expect(content).not.toContain(session);
    }
  });
});

describe('the data folder', () => {
  it('gets a token only its owner can read, kept for the next start', async () => {
    const first = await servers.start({ token: null });
    const path = join(first.dataDir, 'token');
    const token = readFileSync(path, 'utf8').trim();
    expect(token.length).toBeGreaterThanOrEqual(32);
    if (process.platform !== 'win32') expect(permissionsOf(path)).toBe('600');
    expect(await statusWith(first, token)).toBe(200);
    expect(await statusWith(first, testToken)).toBe(401);
    expect(first.output).not.toContain(token);
    await first.stop();

    const second = await servers.start({ token: null, dataDir: first.dataDir });
    expect(await statusWith(second, token)).toBe(200);
  });

  it('takes the token of the environment, and writes a given one nowhere', async () => {
    const server = await servers.start({ token: null, env: { TRELLIS_TOKEN: 'from-outside' } });
    expect(await statusWith(server, 'from-outside')).toBe(200);
    expect(existsSync(join(server.dataDir, 'token'))).toBe(false);
  });

  it('holds runtime.json while the server runs, and not after an orderly end', async () => {
    const server = await servers.start();
    const path = join(server.dataDir, 'runtime.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ pid: server.pid, url: server.url });
    if (process.platform !== 'win32') expect(permissionsOf(path)).toBe('600');
    const { code, stderr } = await server.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(server.dataDir).toSorted()).toEqual([
      'settings.json',
      'trellis.db',
      'trellis.lock',
    ]);
  });
});

describe('the port', () => {
  it('that is taken gives way to the next free one', async () => {
    const occupant = createServer();
    await new Promise<void>((resolve) => {
      occupant.listen(0, '127.0.0.1', resolve);
    });
    const address = occupant.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const server = await servers.start({ port: taken });
    expect(server.port).toBeGreaterThan(taken);
    expect(server.port).toBeLessThanOrEqual(taken + 100);
    expect((await server.api.call('GET', '/api/deals')).status).toBe(200);
    occupant.close();
  });

  it('answers on every name of this machine that is allowed', async () => {
    const server = await servers.start();
    const byName = new ApiClient(`http://localhost:${server.port}`, testToken);
    expect((await byName.call('GET', '/api/deals')).status).toBe(200);
    const origin = `http://localhost:${server.port}`;
    const own = await server.api.call('GET', '/api/deals', { headers: { origin } });
    expect(own.status).toBe(200);
  });
});
