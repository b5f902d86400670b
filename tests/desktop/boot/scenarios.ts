import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { isDefinedError, safe } from '@orpc/client';
import Database from 'better-sqlite3';
import type { ApiClient } from '../../../src/shared/contract/index.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { app, powerMonitor } from '../stand-in/electron.ts';
import { state } from '../stand-in/state.ts';
import type { StandInWindow } from '../stand-in/window.ts';
import { expect } from './expectations.ts';
import { apiOver, closed, type Page } from './page.ts';
import { checkConfinement, checkProtocol, checkSenders, checkWindow } from './security-checks.ts';
import { evaluateMain, openApp, preloadOf, quitApp, type Scenario, turn } from './start.ts';

/** Everything a first start does, down to a row in the file. */
export async function boot(scenario: Scenario): Promise<void> {
  const { window, page } = await openApp(scenario);
  const order = ['setPath userData', 'setPath sessionData', 'requestSingleInstanceLock'];
  const made = state.calls.filter((call) => order.includes(call));
  expect('folders, then the lock', made, order);
  expect('data folder', state.paths.get('userData'), scenario.dataDir);

  checkWindow(preloadOf(scenario));
  await checkProtocol();
  checkConfinement(window);
  await checkSenders(window);
  const api = await checkCalls(scenario, page);
  await checkNotification(api, window);
  checkWakeFromSleep();
  checkSecondStart(window);
  window.setBounds({ x: 60, y: 70, width: 1111, height: 777 });
  await quitApp();
  expect('one window, asked to close', state.windows.length, 0);
  const stored: unknown = JSON.parse(readFileSync(join(scenario.dataDir, 'window.json'), 'utf8'));
  const place = { x: 60, y: 70, width: 1111, height: 777, maximized: false };
  expect('the place is remembered', stored, { place });
}

async function checkCalls(scenario: Scenario, page: Page): Promise<ApiClient> {
  const firstPort = await page.requestPort();
  const created = await apiOver(firstPort).contacts.create({ first_name: 'Ada' });
  expect('the row in the file', contactNames(scenario), ['Ada']);
  expect('the answer', created.first_name, 'Ada');

  // The page lost its port and asks for another: the old one is let go, the new one serves.
  const lost = closed(firstPort);
  const port = await page.requestPort();
  await lost;
  const api = apiOver(port);
  expect('health over the second port', (await api.system.health()).status, 'ok');
  const [error] = await safe(api.contacts.create({ first_name: 'Bea', email: 'no address' }));
  const field = isDefinedError(error) && 'data' in error ? error.data : null;
  expect('a typed error names its field', field, { field: 'email' });
  expect('and nothing was written', contactNames(scenario), ['Ada']);
  return api;
}

/** The core looks for what fell due while the machine slept; the poll of each second would find it later. */
function checkWakeFromSleep(): void {
  expect('listens for the end of a sleep', powerMonitor.listenerCount('resume'), 1);
  powerMonitor.emit('resume');
  expect('nothing went wrong on waking', state.errorBoxes, []);
}

/** What automation shows is Electron's own notification; a click on it opens the record. */
async function checkNotification(api: ApiClient, window: StandInWindow): Promise<void> {
  await api.workflows.create({
    name: 'Say hello',
    trigger_type: 'contact_created',
    status: 'active',
    actions: [
      { type: 'send_notification', config: { title: '-{{contact_name}}', message: 'is new' } },
    ],
  });
  const { id } = await api.contacts.create({ first_name: 'Cleo' });
  await waitUntil('a notification', () => state.notifications.length > 0);
  const { title, body } = state.notificationOptions[0] ?? {};
  expect('notification', { title, body }, { title: '-Cleo', body: 'is new' });
  window.calls.length = 0;
  state.notifications[0]?.emit('click', {});
  expect('a click shows the window', window.calls, ['show', 'focus']);
  const route = JSON.stringify(`#/contacts/${id}`);
  expect('and opens the record', window.webContents.scripts, [`location.hash = ${route}`]);
  const unread = (await api.notifications.list({ state: 'unread' })).items.length;
  expect('and reads it', unread, 0);
  const buttons = state.notificationOptions[0]?.actions?.map(({ text }) => text) ?? [];
  expect('buttons', buttons, ['Snooze 1 hour', 'Snooze until tomorrow', 'Mark done']);
  state.notifications[0]?.emit('action', {}, buttons.indexOf('Mark done'));
  const done = (await api.notifications.list({ state: 'done' })).items.map((item) => item.title);
  expect('a button is heard', done, ['-Cleo']);
}

function checkSecondStart(window: StandInWindow): void {
  window.minimize();
  window.calls.length = 0;
  app.emit('second-instance', {}, [], '/');
  expect('a second start shows the first window', window.calls, ['restore', 'show', 'focus']);
  expect('and opens no other', state.windowOptions.length, 1);
}

/** The window opens where the run before left it. */
export async function reopen(scenario: Scenario): Promise<void> {
  await openApp(scenario);
  const { x, y, width, height } = state.windowOptions[0] ?? {};
  expect('place', { x, y, width, height }, { x: 60, y: 70, width: 1111, height: 777 });
  await quitApp();
}

/** Programs are shut out until the user lets them in; then the same server answers as in the other host. */
export async function letProgramsIn(scenario: Scenario): Promise<void> {
  const { page } = await openApp(scenario);
  const api = apiOver(await page.requestPort());
  const off = await api.access.rest();
  expect('off at first', [off.enabled, off.can_switch, off.url], [false, true, null]);
  const { id, hook_key: key } = await api.workflows.create({
    name: 'Hook',
    trigger_type: 'webhook_received',
    trigger_config: { contact: { email: 'mail' } },
    status: 'active',
    actions: [{ type: 'create_task', config: { title: 'Call {{contact.name}}' } }],
  });
  const { token } = await api.access.create_token({ name: 'Website' });

  const port = await freePort();
  const { url } = await api.access.switch_rest({ enabled: true, port });
  expect('it answers on the port', url, `http://127.0.0.1:${port}`);
  expect('nobody without a token', (await fetch(`${url}/api/contacts`)).status, 401);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  expect('a token opens it', (await fetch(`${url}/api/contacts`, { headers })).status, 200);
  const stranger = { ...headers, origin: 'http://evil.example' };
  expect('no other site', (await fetch(`${url}/api/contacts`, { headers: stranger })).status, 403);
  expect('the page about it', (await fetch(`${url}/api/docs`)).status, 200);
  const body = JSON.stringify({ mail: 'ada@example.com' });
  const call = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  expect('a hook', (await fetch(`${url}/api/hooks/${key}`, call)).status, 202);
  await waitUntil('its run', async () => {
    const { items } = await api.workflows.executions({ id });
    return items.some(({ status }) => status === 'succeeded');
  });
  const moved = await api.access.switch_rest({ port: await freePort() });
  expect('the old port is free', await refusesConnections(port));
  expect('it moved', (await fetch(`${moved.url}/api/health`)).status, 200);
  await quitApp();
  expect('closed with the app', await refusesConnections(moved.port));
}

/** What was switched on stays on, and can be switched off. */
export async function programsStayIn(scenario: Scenario): Promise<void> {
  const { page } = await openApp(scenario);
  const api = apiOver(await page.requestPort());
  let rest = await api.access.rest();
  await waitUntil('the API', async () => {
    rest = await api.access.rest();
    return rest.url !== null;
  });
  expect('on again', (await fetch(`${rest.url}/api/health`)).status, 200);
  const off = await api.access.switch_rest({ enabled: false });
  expect('off', [off.enabled, off.url], [false, null]);
  expect('and closed', await refusesConnections(rest.port));
  await quitApp();
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('not on a port');
  return address.port;
}

async function refusesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const outcome = await Promise.race([
    once(socket, 'connect').then(() => false),
    once(socket, 'error').then(() => true),
  ]).catch(() => true);
  socket.destroy();
  return outcome;
}

/** Another instance holds the lock: this one goes at once and touches nothing. */
export async function secondInstance(scenario: Scenario): Promise<void> {
  state.isFirstInstance = false;
  await evaluateMain(scenario);
  await turn();
  expect('it ended', state.exitCode, 0);
  expect('no window', state.windowOptions.length, 0);
  expect('no protocol', state.protocols.size, 0);
}

/** Calls are on their way when the user quits: each is in the file when the process ends. */
export async function quitDuringWrites(scenario: Scenario): Promise<void> {
  const { page } = await openApp(scenario);
  const api = apiOver(await page.requestPort());
  const names = Array.from({ length: 100 }, (_, at) => `Contact ${at}`);
  let answered = 0;
  // Each when the one before was answered: the quit begins while most are still to come.
  const write = async (): Promise<void> => {
    for (const first_name of names) {
      await api.contacts.create({ first_name });
      answered += 1;
    }
  };
  write().catch(() => undefined);
  let inTheFile: string[] = [];
  app.on('quit', () => {
    inTheFile = contactNames(scenario);
  });
  await quitApp();
  expect('every write is in the file', inTheFile.toSorted(), names.toSorted());
  expect('every write was answered', answered, names.length);
}

/** The data folder is a file: the user is told why, and the app ends. */
export async function unusableFolder(scenario: Scenario): Promise<void> {
  await evaluateMain(scenario);
  expect('an error box', state.errorBoxes.length, 1);
  expect('it names the folder', state.errorBoxes[0]?.includes(scenario.dataDir));
  expect('it ended', state.exitCode, 1);
}

function contactNames({ dataDir }: Scenario): string[] {
  const database = new Database(join(dataDir, 'trellis.db'), { readonly: true });
  try {
    const select = database.prepare<[], string>('SELECT first_name FROM contacts ORDER BY id');
    return select.pluck().all();
  } finally {
    database.close();
  }
}
