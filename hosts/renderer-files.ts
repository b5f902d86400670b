import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

interface RendererFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** Its name carries a hash of its content, so it never changes. */
  readonly isImmutable: boolean;
}

/** What the build makes. Anything else is not ours to serve. */
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
  const contentType = file === null ? undefined : contentTypes[extname(file)];
  if (file === null || contentType === undefined) return null;
  try {
    const bytes = new Uint8Array(await readFile(file));
    const isImmutable = file.startsWith(resolve(folder, 'assets') + sep);
    return { bytes, contentType, isImmutable };
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
