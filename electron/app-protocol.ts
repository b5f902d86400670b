import type { CustomScheme } from 'electron';
import { contentSecurityPolicy } from '../hosts/content-security-policy.ts';
import { readRendererFile } from '../hosts/renderer-files.ts';

export const appScheme = 'app';
const appHost = 'trellis';
export const appUrl = `${appScheme}://${appHost}/`;

/** Before the app is ready: makes `app://` an origin like https, with modules, fetch and storage. */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Whether a URL is a page of ours. Node gives `app:` URLs the origin `null`, so that cannot be asked. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${appScheme}:` && parsed.host === appHost;
}

/** Answers `app://trellis/…` from the built renderer: `Request → Response`, no Electron in it. */
export function serveRenderer(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, null);
    if (!isAppUrl(request.url)) return answer(404, null);
    const file = await readRendererFile(folder, new URL(request.url).pathname);
    if (file === null) return answer(404, null);
    return answer(200, request.method === 'HEAD' ? null : file.bytes, file.contentType);
  };
}

function answer(
  status: number,
  body: Uint8Array<ArrayBuffer> | null,
  contentType = 'text/plain; charset=utf-8',
): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': contentType,
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      // The files change with the app, and a stale page would speak an old contract.
      'cache-control': 'no-cache',
    },
  });
}
