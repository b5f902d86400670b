import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ApiClient as Client } from '../../src/shared/contract/index.ts';
import { ApiClient } from '../support/api-client.ts';
import { queryFile } from '../support/data-file.ts';
import { type RunningServer, testToken } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';

const servers = useServers();
let server: RunningServer;
/** As one of our own windows. */
let screen: Client;

const rpcWith = (bearer: string): Client =>
  createORPCClient<Client>(
    new RPCLink({ url: `${server.url}/rpc`, headers: { authorization: `Bearer ${bearer}` } }),
  );

beforeAll(async () => {
  server = await servers.start();
  const { code } = await server.api.expect<{ code: string }>(201, 'POST', '/auth/code');
  const answer = await server.api.send('POST', '/auth/session', { body: { code } });
  screen = rpcWith((answer.json as { token: string }).token);
});

async function statusWith(token: string, method = 'GET', path = '/api/deals'): Promise<number> {
  return (await new ApiClient(server.url, token).call(method, path)).status;
}

describe('a named token', () => {
  it('opens the API until it is revoked, also after a restart', async () => {
    const { id, token, last_used_at } = await screen.access.create_token({ name: ' Website ' });
    expect(last_used_at).toBeNull();
    expect(await statusWith(token)).toBe(200);
    expect(await statusWith(`${token}x`)).toBe(401);
    const [row] = (await screen.access.tokens()).items;
    expect(row).toMatchObject({ id, name: 'Website', last_used_at: expect.any(String) });

    const { dataDir } = server;
    await server.stop();
    server = await servers.start({ dataDir });
    expect(await statusWith(token)).toBe(200);
    const { code } = await server.api.expect<{ code: string }>(201, 'POST', '/auth/code');
    const answer = await server.api.send('POST', '/auth/session', { body: { code } });
    screen = rpcWith((answer.json as { token: string }).token);
    await screen.access.revoke_token({ id });
    expect(await statusWith(token)).toBe(401);
    expect((await screen.access.tokens()).items).toEqual([]);
    await expect(screen.access.revoke_token({ id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is in the data folder as a hash alone', async () => {
    const { token } = await screen.access.create_token({ name: 'Hashed' });
    const hash = createHash('sha256').update(token).digest('hex');
    const rows = queryFile(server.dataDir, 'SELECT token_hash FROM api_tokens');
    expect(rows).toContainEqual({ token_hash: hash });
    for (const name of readdirSync(server.dataDir)) {
      expect(readFileSync(join(server.dataDir, name), 'latin1')).not.toContain(token);
    }
  });

  it('cannot make or revoke tokens, switch the API, or open a window', async () => {
    const { id, token } = await screen.access.create_token({ name: 'Small' });
    for (const bearer of [token, testToken]) {
      const { access } = rpcWith(bearer);
      const refused = { code: 'forbidden', status: 403 };
      await expect(access.create_token({ name: 'x' })).rejects.toMatchObject(refused);
      await expect(access.revoke_token({ id })).rejects.toMatchObject(refused);
      await expect(access.switch_rest({ enabled: false })).rejects.toMatchObject(refused);
    }
    expect(await statusWith(token, 'POST', '/auth/code')).toBe(403);
    expect(await statusWith(testToken, 'POST', '/auth/code')).toBe(201);
  });

  it('needs a name', async () => {
    await expect(screen.access.create_token({ name: ' ' })).rejects.toMatchObject({
      code: 'validation_failed',
      data: { field: 'name' },
    });
  });
});

describe('the state of the API', () => {
  it('says where it is, and that a server cannot be switched off', async () => {
    expect(await server.api.expect(200, 'GET', '/api/rest')).toEqual({
      enabled: true,
      can_switch: false,
      port: server.port,
      url: server.url,
      error: null,
    });
    await expect(screen.access.switch_rest({ enabled: false })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('--port'),
    });
  });
});

describe('the description', () => {
  it.each([
    ['/api/openapi.json', 'application/json; charset=utf-8'],
    ['/api/docs', 'text/html; charset=utf-8'],
  ])('%s is for everybody on this computer', async (path, type) => {
    const answer = await server.api.send('GET', path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect((await server.api.send('HEAD', path)).text).toBe('');
    const stranger = { headers: { origin: 'http://evil.example' } };
    expect((await server.api.send('GET', path, stranger)).status).toBe(403);
  });

  it('comes with the policy of the screens', async () => {
    const policy = (await server.api.send('GET', '/api/docs')).headers.get(
      'content-security-policy',
    );
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'/);
  });
});

describe('a hook over HTTP', () => {
  it('takes JSON without a token, and logs a body that is too large', async () => {
    const workflow = await server.api.create('workflows', {
      name: 'Hook',
      status: 'active',
      trigger_type: 'webhook_received',
      actions: [{ type: 'create_task', config: { title: 'x' } }],
    });
    const path = `/api/hooks/${workflow.hook_key}`;
    expect(await server.api.send('POST', path, { body: { a: 1 } })).toMatchObject({
      status: 202,
      json: { event_id: expect.any(String), contact_id: null },
    });
    const large = JSON.stringify({ a: 'x'.repeat(1_100_000) });
    expect((await server.api.send('POST', path, { body: large })).status).toBe(413);
    const form = { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect((await server.api.send('POST', path, form)).status).toBe(415);
    const calls = await server.api.expect<{ items: { status: number }[] }>(
      200,
      'GET',
      `/api/workflows/${workflow.id}/hook/calls`,
    );
    expect(calls.items.map(({ status }) => status)).toEqual([415, 413, 202]);
  });
});
