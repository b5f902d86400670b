import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import Database from 'better-sqlite3';
import { waitUntil } from '../../support/wait-until.ts';
import { app, powerMonitor } from '../stand-in/electron.ts';
import { preventable, state } from '../stand-in/state.ts';
import { expect } from './expectations.ts';
import { apiOver, Page } from './page.ts';
import { type OpenedApp, openApp, preloadOf, quitApp, type Scenario } from './start.ts';

const id = '0193c0de-0000-7000-8000-00000000abcd';

/** What is around the window: links, tray, badge, power, login, quick add, and life without a window. */
export async function shell(scenario: Scenario): Promise<void> {
  const opened = await openApp(scenario);
  checkLinks(opened);
  checkMenu(opened);
  await checkTray(opened);
  await checkTimeLeap(scenario);
  await checkDesktopCalls(opened, scenario);
  await checkQuickAdd(opened, scenario);
  await checkLifeWithoutWindow(scenario);
  await quitApp();
  expect('no tray is left behind', state.trays, 0);
}

function checkLinks({ window }: OpenedApp): void {
  expect('links are ours', state.calls.includes('setAsDefaultProtocolClient trellis'));
  const scripts = window.webContents.scripts;
  app.emit('second-instance', {}, ['trellis', `trellis://deal/${id}`], '/');
  expect('a link of a second start', scripts.at(-1), `location.hash = "#/deals/${id}"`);
  const event = preventable({});
  app.emit('open-url', event, `trellis://contact/${id}`);
  expect('a link as macOS passes it', scripts.at(-1), `location.hash = "#/contacts/${id}"`);
  expect('macOS is told', event.defaultPrevented);
  const count = scripts.length;
  app.emit('open-url', preventable({}), `trellis://deal/${id}"; alert(1); "`);
  app.emit('second-instance', {}, ['trellis', 'trellis://settings/x'], '/');
  expect('what is no link goes nowhere', scripts.length, count);
}

function checkMenu({ window }: OpenedApp): void {
  const labels = state.menu.map(({ label, role }) => label ?? role);
  const wanted = ['File', 'editMenu', 'View', 'windowMenu', 'help'];
  expect('menus', labels, process.platform === 'darwin' ? ['appMenu', ...wanted] : wanted);
  press(find(state.menu, 'Data safety…'));
  const route = JSON.stringify('#/settings/data-safety');
  expect(
    'a menu goes to its screen',
    window.webContents.scripts.at(-1),
    `location.hash = ${route}`,
  );
}

async function checkTray({ page }: OpenedApp): Promise<void> {
  const api = apiOver(await page.requestPort());
  expect('one tray', state.trays, 1);
  expect(
    'it says how automation does',
    state.trayTip,
    'Trellis: 0 runs are waiting, no run failed today',
  );
  await api.workflows.create({
    name: 'Wait, then fail',
    trigger_type: 'contact_created',
    status: 'active',
    actions: [
      { type: 'send_notification', config: { title: 'Hello', message: 'there' } },
      { type: 'wait', config: { duration: '+1 day' } },
    ],
  });
  await api.contacts.create({ first_name: 'Ada' });
  await waitUntil('the tray counts the wait', () => state.trayTip.includes('1 run is waiting'));
  expect('the badge counts what is unread', state.badge, 1);
  press(find(state.trayMenu, 'Pause all automation'));
  expect('paused', (await api.system.info()).automation_paused, true);
  expect('the tray says so', state.trayTip, 'Trellis: automation is paused');
  press(find(state.trayMenu, 'Pause all automation'));
  expect('and goes on', (await api.system.info()).automation_paused, false);
}

/** A wait whose time came while the computer slept ends when it wakes. */
async function checkTimeLeap({ dataDir }: Scenario): Promise<void> {
  const file = new Database(join(dataDir, 'trellis.db'), { timeout: 5_000 });
  try {
    file.prepare("UPDATE waits SET due_at = '2020-01-01T00:00:00.000Z'").run();
    powerMonitor.emit('resume');
    await waitUntil('the wait ended', () => {
      return file.prepare('SELECT count(*) FROM waits').pluck().get() === 0;
    });
  } finally {
    file.close();
  }
  for (const event of ['resume', 'unlock-screen']) {
    expect(`listens to ${event}`, powerMonitor.listenerCount(event), 1);
  }
}

async function checkDesktopCalls({ page }: OpenedApp, { dataDir }: Scenario): Promise<void> {
  const api = apiOver(await page.requestPort());
  await api.desktop.open_data_folder();
  expect('the data folder is shown', state.openedPaths, [dataDir]);
  if (process.platform !== 'linux') return;
  const entry = join(process.env.XDG_CONFIG_HOME ?? '', 'autostart', 'trellis-crm.desktop');
  await api.desktop.update({ start_at_login: true });
  expect('starts at login', (await api.desktop.get())?.start_at_login, true);
  expect('without a window', readFileSync(entry, 'utf8').includes('" --hidden\n'));
  await api.desktop.update({ start_at_login: false });
  expect('no longer', existsSync(entry), false);
}

async function checkQuickAdd({ window }: OpenedApp, scenario: Scenario): Promise<void> {
  state.shortcuts.get('CommandOrControl+Alt+Space')?.();
  const quickAdd = state.windows.find((one) => one !== window);
  expect('quick add opens its page', quickAdd?.url, 'app://trellis/#/quick-add');
  if (quickAdd === undefined) return;
  const preferences = state.windowOptions[1]?.webPreferences;
  expect('it is as safe as the window', preferences, state.windowOptions[0]?.webPreferences);
  const page = new Page(preloadOf(scenario), quickAdd.webContents);
  const api = apiOver(await page.requestPort());
  await api.activities.create({ type: 'call', title: 'Call Ada' });
  const main = new Page(preloadOf(scenario), window.webContents);
  const others = apiOver(await main.requestPort());
  expect(
    'both windows have the API',
    (await others.activities.list({})).items[0]?.title,
    'Call Ada',
  );
  quickAdd.emit('blur');
  expect('it goes when it is left', state.windows.length, 1);
}

/** Asked once; then automation goes on without a window, and the tray brings it back. */
async function checkLifeWithoutWindow({ dataDir }: Scenario): Promise<void> {
  if (process.platform === 'darwin') return;
  state.answer = 0;
  state.windows[0]?.close();
  const settings = join(dataDir, 'settings.json');
  await waitUntil('the answer is kept', () => {
    return existsSync(settings) && readFileSync(settings, 'utf8').includes('"keep_in_tray": true');
  });
  expect('asked', state.questions, ['Keep Trellis running without a window?']);
  expect('it runs on', [state.exitCode, state.windows.length], [null, 0]);
  press(find(state.trayMenu, 'Open Trellis'));
  await waitUntil('the window is back', () => state.windows.length === 1);
  state.windows[0]?.close();
  expect('asked once', state.questions.length, 1);
  expect('and still runs', state.exitCode, null);
}

type Items = readonly MenuItemConstructorOptions[];

function find(items: Items, label: string): MenuItemConstructorOptions {
  for (const item of items) {
    if (item.label === label) return item;
    const below = Array.isArray(item.submenu)
      ? item.submenu.find((one) => one.label === label)
      : null;
    if (below) return below;
  }
  throw new Error(`There is no "${label}" in the menu`);
}

/** The handlers look at nothing of the click, so nothing of Electron's is put together for them. */
function press({ click }: MenuItemConstructorOptions): void {
  click?.({} as never, undefined, {});
}
