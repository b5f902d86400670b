import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

interface RendererFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** What the build makes. Anything else is sent as bytes, which no browser runs or shows. */
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * A file of the built renderer.
 *
 * @param folder where the build put the renderer
 * @param pathname of the URL, still encoded; `/` is the page
 * @returns null when there is no such file inside the folder
 */
export async function readRendererFile(
  folder: string,
  pathname: string,
): Promise<RendererFile | null> {
  const file = resolveInside(folder, pathname);
  if (file === null) return null;
  try {
    const bytes = new Uint8Array(await readFile(file));
    return { bytes, contentType: contentTypes[extname(file)] ?? 'application/octet-stream' };
  } catch {
    // Absent, a folder, not readable: to the page it is all the same.
    return null;
  }
}

/** URL parsing takes `..` out but leaves `%2e%2e%2f`, so the test comes after decoding. */
function resolveInside(folder: string, pathname: string): string | null {
  const path = decode(pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(resolve(folder) + sep) ? file : null;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
