import { existsSync } from 'node:fs';
import { app } from '../stand-in/electron.ts';
import { preventable, state } from '../stand-in/state.ts';
import { frame, StandInContents, type StandInWindow } from '../stand-in/window.ts';
import { expect } from './expectations.ts';
import { isRefused } from './page.ts';

/** Written out here, so that a policy weakened in the source is not weakened here with it. */
const policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'frame-src': ["'none'"],
  'worker-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

export function checkWindow(preload: string): void {
  const [options] = state.windowOptions;
  const preferences = options?.webPreferences;
  expect('windows', state.windowOptions.length, 1);
  expect('sandbox for all', state.calls.includes('enableSandbox'));
  expect('sandbox', preferences?.sandbox);
  expect('contextIsolation', preferences?.contextIsolation);
  expect('nodeIntegration', preferences?.nodeIntegration, false);
  expect('webSecurity', preferences?.webSecurity);
  expect('webviewTag', preferences?.webviewTag, false);
  expect('spellcheck', preferences?.spellcheck, false);
  expect('preload', preferences?.preload, preload);
  expect('its icon is there', typeof options?.icon === 'string' && existsSync(options.icon));
  expect('hidden until there is something to see', options?.show, false);
}

export async function checkProtocol(): Promise<void> {
  const [scheme] = state.schemes;
  expect('scheme', scheme?.scheme, 'app');
  expect('scheme is standard', scheme?.privileges?.standard);
  expect('scheme is secure', scheme?.privileges?.secure);
  expect('scheme keeps to the policy', scheme?.privileges?.bypassCSP ?? false, false);

  for (const path of ['', 'index.html', 'nothing-here.js']) {
    const response = await answer(`app://trellis/${path}`);
    expect(`policy of /${path}`, readPolicy(response), policy);
  }
  const page = await answer('app://trellis/');
  expect(
    'page',
    [page?.status, page?.headers.get('content-type')],
    [200, 'text/html; charset=utf-8'],
  );
  const outside = ['/%2e%2e%2fmain/main.js', '/..%5cmain/main.js', '/%00', '/%zz', '/assets'];
  for (const path of outside) {
    expect(`status of ${path}`, (await answer(`app://trellis${path}`))?.status, 404);
  }
  expect('another host', (await answer('app://elsewhere/index.html'))?.status, 404);
}

async function answer(url: string): Promise<Response | undefined> {
  return state.protocols.get('app')?.(new Request(url));
}

function readPolicy(response: Response | undefined): Record<string, string[]> {
  const header = response?.headers.get('content-security-policy') ?? '';
  return Object.fromEntries(
    header.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
}

/** Every page there is or will be, also one that is not our window's. */
export function checkConfinement(window: StandInWindow): void {
  const stranger = new StandInContents();
  app.emit('web-contents-created', preventable({}), stranger);
  for (const contents of [window.webContents, stranger]) {
    expect('leaving is denied', denied(contents, 'https://evil.example/', true));
    expect('a file is denied', denied(contents, 'file:///etc/passwd', true));
    expect('another host of ours is denied', denied(contents, 'app://elsewhere/', true));
    expect('our page in a frame is denied', denied(contents, 'app://trellis/', false));
    expect('our page is allowed', denied(contents, 'app://trellis/#/deals', true), false);
    const webview = preventable({});
    contents.emit('will-attach-webview', webview);
    expect('webview is denied', webview.defaultPrevented);
    const redirect = preventable({ url: 'https://evil.example/' });
    contents.emit('will-redirect', redirect);
    expect('redirect is denied', redirect.defaultPrevented);
  }
  expect('no navigation opened anything', state.opened, []);
  checkWindowOpen(window.webContents);
  checkPermissions(window.webContents);
}

function denied(contents: StandInContents, url: string, isMainFrame: boolean): boolean {
  const event = preventable({ url, isMainFrame });
  contents.emit('will-frame-navigate', event);
  return event.defaultPrevented;
}

function checkWindowOpen({ windowOpenHandler }: StandInContents): void {
  const urls = [
    'https://example.com/help',
    'mailto:anna@example.com',
    'http://127.0.0.1:8000/api/docs',
    'http://127.0.0.1:8000/api/deals',
    'http://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:privacy',
    'https://bank.example@evil.example/',
    'not a url',
  ];
  for (const url of urls) {
    const answered = windowOpenHandler?.({
      url,
      disposition: 'foreground-tab',
      features: '',
      frameName: '',
      referrer: { policy: 'default', url: '' },
    });
    expect(`window.open of ${url}`, answered, { action: 'deny' });
  }
  expect('opened outside', state.opened, [
    'https://example.com/help',
    'mailto:anna@example.com',
    'http://127.0.0.1:8000/api/docs',
  ]);
}

function checkPermissions(contents: StandInContents): void {
  const asked = [
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'clipboard-read',
  ] as const;
  // The handlers look at nothing, so nothing of Electron's has to be put together for them.
  const [none, request, check] = [{} as never, state.permissionRequest, state.permissionCheck];
  for (const permission of asked) {
    let granted: boolean | null = null;
    request?.(contents as never, permission, (answered) => (granted = answered), none);
    expect(`request of ${permission}`, granted, false);
    expect(`check of ${permission}`, check?.(null, permission, 'app://trellis', none), false);
  }
  expect('a device', state.devicePermission?.(none), false);
}

/** Only the top frame of our window, showing our page, is given the API. */
export async function checkSenders(window: StandInWindow): Promise<void> {
  const contents = window.webContents;
  const ours = frame('app://trellis/');
  const foreign = {
    'a foreign page': { contents, senderFrame: frame('https://evil.example/') },
    'a page that looks like ours': { contents, senderFrame: frame('app://trellis.evil.example/') },
    'a frame in our page': { contents, senderFrame: frame('app://trellis/', ours) },
    'a frame that is gone': { contents, senderFrame: null },
    'contents that are not our window': { contents: new StandInContents(), senderFrame: ours },
  };
  for (const [name, sender] of Object.entries(foreign)) {
    expect(`the port of ${name} is refused`, await isRefused(sender));
  }
}
