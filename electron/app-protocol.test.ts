import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../hosts/content-security-policy.ts';
import { isAppUrl, serveRenderer } from './app-protocol.ts';

let parent: string;
let serve: (request: Request) => Promise<Response>;

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'trellis-protocol-'));
  const folder = join(parent, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  for (const name of ['a b.js', 'ü.css', 'font.woff2', 'picture.svg', 'unknown.xyz']) {
    writeFileSync(join(folder, 'assets', name), name);
  }
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  mkdirSync(join(parent, 'renderer-old'));
  writeFileSync(join(parent, 'renderer-old', 'index.html'), 'secret');
  serve = serveRenderer(folder);
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

const get = (path: string) => serve(new Request(`app://trellis${path}`));

describe('files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html?x=1#/deals', 'text/html; charset=utf-8'],
    ['/assets/a%20b.js', 'text/javascript; charset=utf-8'],
    ['/assets/%C3%BC.css', 'text/css; charset=utf-8'],
    ['/assets/font.woff2', 'font/woff2'],
    ['/assets/picture.svg', 'image/svg+xml'],
  ])('%s', async (path, contentType) => {
    const response = await get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, contentType]);
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('are sent whole', async () => {
    expect(await (await get('/assets/font.woff2')).text()).toBe('font.woff2');
  });

  test('a HEAD has no body', async () => {
    const response = await serve(new Request('app://trellis/', { method: 'HEAD' }));
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('refused', () => {
  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/%2e%2e%2frenderer-old%2findex.html',
    '//secret.txt',
    '/%2fetc%2fpasswd',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/assets',
    '/assets/',
    '/none.js',
    // There, but of a kind the build does not make.
    '/assets/unknown.xyz',
  ])('404 for %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  });

  test('404 for another host', async () => {
    expect((await serve(new Request('app://elsewhere/index.html'))).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE'])('405 for %s', async (method) => {
    expect((await serve(new Request('app://trellis/', { method }))).status).toBe(405);
  });
});

test.each([
  ['app://trellis/', true],
  ['app://trellis/index.html#/deals', true],
  ['app://trellis.evil.example/', false],
  ['app://trellis:81/', false],
  ['https://trellis/', false],
  ['file:///trellis/', false],
  ['trellis', false],
])('%s is ours: %s', (url, ours) => {
  expect(isAppUrl(url)).toBe(ours);
});
