import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { HttpError } from './http-error.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A file of the built renderer. Names under `assets/` carry a hash of their content and may be kept for good.
 *
 * @throws HttpError 404 when there is none, or the path leads out of the folder
 */
export async function readStaticFile(root: string, path: string): Promise<StaticFile> {
  const missing = new HttpError(404, 'not_found', `There is nothing at ${path}.`);
  let name: string;
  try {
    name = normalize(decodeURIComponent(path === '/' ? '/index.html' : path));
  } catch {
    throw missing;
  }
  const type = contentTypes[extname(name)];
  const file = join(root, name);
  if (type === undefined || name.includes('\0') || !file.startsWith(root + sep)) throw missing;
  const body = await readFile(file).catch(() => {
    throw missing;
  });
  return {
    body,
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': name.startsWith(`${sep}assets${sep}`)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    },
  };
}
