import { app, type Session, shell, type WebContents } from 'electron';
import type { Logger } from '../src/main/ports.ts';
import { isAppUrl } from './app-protocol.ts';

/** Nothing a page could be granted is needed: not the camera, not the place, not a device. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Holds every page, also one that should never have come to be, to our own origin. */
export function confineContents(logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => confine(contents, logger));
}

function confine(contents: WebContents, logger: Logger): void {
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isAppUrl(event.url)) return;
    event.preventDefault();
    // A mail link without a target is a navigation too; a web page is not opened unasked.
    if (URL.parse(event.url)?.protocol === 'mailto:') openOutside(event.url, logger);
  });
  contents.on('will-redirect', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, logger);
    return { action: 'deny' };
  });
}

/** Hands a link to the user's browser or mail program, and nothing else to anything else. */
function openOutside(url: string, logger: Logger): void {
  if (!isSafeOutside(url)) return;
  shell.openExternal(url).catch((error: unknown) => {
    logger.error(`A link could not be opened: ${String(error)}`);
  });
}

/** Our own page about the API, which is served on this computer alone and so without TLS. */
function isApiPage({ protocol, hostname, pathname }: URL): boolean {
  return protocol === 'http:' && hostname === '127.0.0.1' && pathname === '/api/docs';
}

/** The system runs a program for each scheme, so only the two that show a page or write a mail. */
function isSafeOutside(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || url.length > 2_048) return false;
  // `https://bank.example@evil.example` is made to be misread.
  if (parsed.username !== '' || parsed.password !== '') return false;
  return parsed.protocol === 'https:' || parsed.protocol === 'mailto:' || isApiPage(parsed);
}
