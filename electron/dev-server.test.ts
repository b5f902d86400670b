import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveFromVite } from './dev-server.ts';

let vite: Server;
let host: string;

beforeAll(async () => {
  vite = createServer((request, response) => {
    response.setHeader('content-type', 'text/javascript');
    response.setHeader('content-security-policy', "default-src 'self'");
    response.end(request.url);
  });
  vite.listen(0, '127.0.0.1');
  await once(vite, 'listening');
  const address = vite.address();
  host = typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
});

afterAll(() => {
  vite.close();
});

test('a page of ours comes from Vite, under our policy and no wider than hot reload needs', async () => {
  const serve = serveFromVite(`http://${host}`);
  const response = await serve(new Request('app://trellis/src/main.tsx?t=1'));
  expect(await response.text()).toBe('/src/main.tsx?t=1');
  expect(response.headers.get('content-type')).toBe('text/javascript');
  const policy = response.headers.get('content-security-policy')?.split('; ');
  expect(policy).toContain("script-src 'self' 'unsafe-inline'");
  expect(policy).toContain(`connect-src 'self' ws://${host}`);
  expect(policy).toContain("default-src 'none'");
});

test('nothing else is fetched', async () => {
  const serve = serveFromVite(`http://${host}`);
  expect((await serve(new Request('app://elsewhere/'))).status).toBe(404);
});
