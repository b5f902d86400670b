import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './project.mjs';

const patience = 2000;

/**
 * The address of a new session at the server that runs on this data folder.
 *
 * @param {string} folder
 * @returns {Promise<{ url: string, signedIn: boolean } | null>} null where none answers;
 *   signedIn: the address carries a fresh code
 */
export async function findRunningServer(folder) {
  const origin = originIn(folder);
  if (origin === null) return null;
  const authorization = `Bearer ${tokenIn(folder)}`;
  try {
    const health = await fetch(new URL('/api/health', origin), {
      headers: { authorization },
      signal: AbortSignal.timeout(patience),
    });
    // 401: it is there, but was started with a token of its own.
    if (!health.ok && health.status !== 401) return null;
    const answer = await fetch(new URL('/auth/code', origin), {
      method: 'POST',
      headers: { authorization },
      signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok) return { url: origin, signedIn: false };
    /** @type {any} the shape is the server's promise; a page with a wrong code only asks again */
    const { code } = await answer.json();
    return { url: `${origin}/#code=${encodeURIComponent(code)}`, signedIn: true };
  } catch {
    // What the file names is gone: the last server did not end in order.
    return null;
  }
}

/** @param {string} folder */
function originIn(folder) {
  try {
    const { url } = readJson(join(folder, 'runtime.json'));
    return new URL(url).origin;
  } catch {
    return null;
  }
}

/** @param {string} folder */
function tokenIn(folder) {
  if (process.env.TRELLIS_TOKEN) return process.env.TRELLIS_TOKEN;
  try {
    return readFileSync(join(folder, 'token'), 'utf8').trim();
  } catch {
    return '';
  }
}
