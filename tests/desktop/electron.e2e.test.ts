import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDisplay } from '../../scripts/support/display.mjs';
import { electronBinary } from '../../scripts/support/electron-binary.mjs';
import { root } from '../../scripts/support/project.mjs';

/** Electron's sandbox does not work as root, and it is not switched off for a test. */
function whyNot(): string | null {
  if (electronBinary() === null) return 'no Electron binary';
  if (!hasDisplay()) return 'no display';
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'Electron as root';
  return null;
}

const reason = whyNot();
const title = reason === null ? 'the real Electron' : `the real Electron, skipped: ${reason}`;

describe.skipIf(reason !== null)(title, () => {
  let dataDir: string;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'trellis-electron-'));
    // The question whether to live on without a window was answered.
    writeFileSync(join(dataDir, 'settings.json'), '{ "keep_in_tray": true }');
    app = await launch(dataDir);
    page = await app.firstWindow();
  }, 60_000);

  afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('the page has its own origin, and nothing of Node', async () => {
    expect(new URL(page.url()).host).toBe('trellis');
    const reached = await page.evaluate(() => [
      location.protocol,
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'process'),
    ]);
    expect(reached).toEqual(['app:', 'undefined', 'undefined']);
  });

  test('eval, other hosts and new windows are refused', async () => {
    const refused = await page.evaluate(async () => ({
      eval: await Promise.resolve('1')
        .then(Function)
        .then(
          () => false,
          () => true,
        ),
      fetch: await fetch('https://example.com/').then(
        () => false,
        () => true,
      ),
      open: window.open('https://user@example.com/') === null,
    }));
    expect(refused).toEqual({ eval: true, fetch: true, open: true });
  });

  test('a write through the screens is in the file', async () => {
    await page.getByRole('button', { name: /sample data/i }).click();
    await expect
      .poll(() => count(join(dataDir, 'trellis.db')), { timeout: 15_000 })
      .toBeGreaterThan(0);
  });

  test('a second start ends, and its link opens in the first window', async () => {
    const id = '0193c0de-0000-7000-8000-00000000abcd';
    const second = spawn(electronBinary() ?? '', [...start(dataDir), `trellis://deal/${id}`], {
      env: environment(dataDir),
      stdio: 'ignore',
    });
    await once(second, 'exit');
    await page.waitForURL((url) => url.hash === `#/deals/${id}`);
    expect(app.windows()).toHaveLength(1);
  });

  test('the end of a sleep is listened to', async () => {
    const heard = await app.evaluate(({ powerMonitor }) => {
      powerMonitor.emit('resume');
      return ['resume', 'unlock-screen'].map((event) => powerMonitor.listenerCount(event));
    });
    expect(heard).toEqual([1, 1]);
  });

  test('it starts at login when it is told to', async () => {
    await page.evaluate(() => {
      location.hash = '#/settings';
    });
    await page.getByLabel('Start when I log in').check();
    await expect.poll(() => startsAtLogin(app, dataDir)).toBe(true);
    await page.getByLabel('Start when I log in').uncheck();
    await expect.poll(() => startsAtLogin(app, dataDir)).toBe(false);
  });

  test('it lives on without a window, and a second start brings the window back', async () => {
    await page.close();
    await expect.poll(() => windows(app)).toBe(0);
    const shown = app.waitForEvent('window');
    spawn(electronBinary() ?? '', start(dataDir), { env: environment(dataDir), stdio: 'ignore' });
    page = await shown;
    expect(new URL(page.url()).host).toBe('trellis');
  });
});

describe.skipIf(reason !== null)(`${title}: quitting`, () => {
  test('in the middle of a write leaves all of it or nothing', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'trellis-electron-'));
    try {
      const app = await launch(dataDir);
      const page = await app.firstWindow();
      await page.getByRole('button', { name: /sample data/i }).click();
      await app.evaluate(({ app: electron }) => electron.quit());
      await app.waitForEvent('close');
      expect([0, 40]).toContain(count(join(dataDir, 'trellis.db')));
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 60_000);
});

const start = (dataDir: string): string[] => [root, '--data-dir', dataDir];

/** The tester's own, but for where programs are put that start at login. */
function environment(dataDir: string): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return { ...Object.fromEntries(Object.entries(env).filter(isText)), XDG_CONFIG_HOME: dataDir };
}

async function launch(dataDir: string): Promise<ElectronApplication> {
  return await _electron.launch({
    executablePath: electronBinary() ?? '',
    args: start(dataDir),
    env: environment(dataDir),
  });
}

async function windows(app: ElectronApplication): Promise<number> {
  return await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

/** On Linux a file says so, elsewhere the system. */
async function startsAtLogin(app: ElectronApplication, dataDir: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const entry = join(dataDir, 'autostart', 'trellis-crm.desktop');
    return existsSync(entry) && readFileSync(entry, 'utf8').includes('--hidden');
  }
  return await app.evaluate(({ app: electron }) => electron.getLoginItemSettings().openAtLogin);
}

function count(file: string): number {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[], number>('SELECT count(*) FROM contacts').pluck().get() ?? 0;
  } finally {
    database.close();
  }
}

function isText(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}
