import { mkdtempSync, rmSync } from 'node:fs';
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
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    app = await _electron.launch({
      executablePath: electronBinary() ?? '',
      args: [root, '--data-dir', dataDir],
      env: Object.fromEntries(Object.entries(env).filter(isText)),
    });
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
});

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
