import { contentSecurityPolicy } from '../hosts/content-security-policy.ts';
import { isAppUrl } from './app-protocol.ts';

/**
 * `npm run dev`: the same `app://` pages, fetched from Vite instead of the build, so that origin,
 * sender check and preload are those of the real app. React's hot reload needs an inline script,
 * and the change channel a socket to Vite.
 */
export function serveFromVite(viteUrl: string): (request: Request) => Promise<Response> {
  const vite = new URL(viteUrl);
  const policy = contentSecurityPolicy
    .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    .replace("connect-src 'self'", `connect-src 'self' ws://${vite.host}`);
  return async (request) => {
    if (!isAppUrl(request.url)) return new Response(null, { status: 404 });
    const { pathname, search } = new URL(request.url);
    const response = await fetch(new URL(pathname + search, vite));
    const headers = new Headers(response.headers);
    headers.set('content-security-policy', policy);
    return new Response(response.body, { status: response.status, headers });
  };
}
