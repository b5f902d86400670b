import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { HttpError } from './http-error.ts';
import { readStaticFile } from './static-files.ts';

/** The built renderer, with secrets around it. */
function rendererDir(): string {
  const folder = temporaryFolder();
  const root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-other'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'no-type'), 'secret');
  writeFileSync(join(root, 'a b.svg'), '<svg/>');
  writeFileSync(join(root, 'assets', 'main-abc.js'), 'let x');
  writeFileSync(join(folder, 'secret.json'), '"secret"');
  writeFileSync(join(folder, 'renderer-other', 'secret.json'), '"secret"');
  return root;
}

describe('a file of the renderer', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>', 'no-cache'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>', 'no-cache'],
    ['/assets/main-abc.js', 'text/javascript; charset=utf-8', 'let x', /immutable/],
    ['/a%20b.svg', 'image/svg+xml', '<svg/>', 'no-cache'],
    ['/assets/../index.html', 'text/html; charset=utf-8', '<!doctype html>', 'no-cache'],
  ])('%s', async (path, type, content, cache) => {
    const { body, headers } = await readStaticFile(rendererDir(), path);
    expect(Buffer.from(body).toString()).toBe(content);
    expect(headers).toMatchObject({
      'content-type': type,
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self';/),
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringMatching(cache),
    });
  });

  test.each([
    '/absent.html',
    '/assets',
    '/assets/',
    '/no-type',
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/%2e%2e%2fsecret.json',
    '/assets%2f..%2f..%2fsecret.json',
    '/../renderer-other/secret.json',
    '/..\\secret.json',
    '//secret.json',
    '/index.html%00.json',
    '/index.html\0',
    '/%',
    '/%ff.html',
    '/etc/passwd',
    '/../../../../../../../../etc/os-release.json',
    `/${'a'.repeat(5_000)}.html`,
  ])('%s is not there', async (path) => {
    const answer = readStaticFile(rendererDir(), path);
    const error: unknown = await answer.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('comes with a policy that lets no script run but our own', async () => {
    const { headers } = await readStaticFile(rendererDir(), '/');
    const policy = headers['content-security-policy'];
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*|https?:/);
  });
});
