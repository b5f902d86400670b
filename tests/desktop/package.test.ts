import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shippedPackages, writeLicences } from '../../scripts/support/licences.mjs';
import { inProject, root, toolFile } from '../../scripts/support/project.mjs';
import { startServer } from '../support/start-server.ts';

// The tree electron-builder makes, around a stand-in for Electron's own files: they cannot be had everywhere. What is in
// the archive, and that it runs, does not depend on them. Installers, fuses and signatures do, and are not tested here.

const folder = mkdtempSync(join(tmpdir(), 'trellis-package-'));
const stub = join(folder, 'electron');
const output = join(folder, 'dist');
const archive = join(output, 'linux-unpacked', 'resources', 'app.asar');
const electronVersion = '45.4.1';

/** Paths in the archive, with `/` on every system. */
let files: string[] = [];

beforeAll(() => {
  writeStub();
  writeLicences(inProject('THIRD-PARTY-LICENSES.txt'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      toolFile('electron-builder'),
      '--linux',
      'dir',
      '--publish=never',
      '--config',
      'build/electron-builder.yml',
      `-c.electronDist=${stub}`,
      `-c.electronVersion=${electronVersion}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, encoding: 'utf8', timeout: 170_000, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  if (status !== 0) throw new Error(`electron-builder failed:\n${stdout}\n${stderr}`);
  files = listPackage(archive, { isPack: false }).map((path) =>
    path.replaceAll('\\', '/').slice(1),
  );
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeStub(): void {
  for (const name of ['locales', 'resources']) mkdirSync(join(stub, name), { recursive: true });
  const texts = {
    electron: '#!/bin/sh\n',
    version: electronVersion,
    LICENSE: '',
    'LICENSES.chromium.html': '',
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(stub, name), text);
  chmodSync(join(stub, 'electron'), 0o755);
}

describe('the package', () => {
  test('holds what the app needs', () => {
    for (const needed of [
      'package.json',
      'LICENSE',
      'THIRD-PARTY-LICENSES.txt',
      'out/main/main.js',
      'out/main/server.js',
      'out/main/backup-worker.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
      'resources/icons/trellis.png',
      'resources/sample-data/small-business.json',
      'node_modules/better-sqlite3/package.json',
    ]) {
      expect(files).toContain(needed);
    }
    const main = String(JSON.parse(readFileSync(inProject('package.json'), 'utf8')).main);
    expect(files).toContain(main.replace('./', ''));
  });

  test('holds nothing else: no sources, no tests, no maps, no tools', () => {
    const unwanted = files.filter((path) =>
      /\.(?:map|tsx?|mts|tsbuildinfo|c|cc|h|gyp)$|(?:^|\/)(?:tests?|__tests__|bench|scripts|docs|\.github)\//.test(
        path,
      ),
    );
    expect(unwanted).toEqual([]);
    const tops = new Set(files.map((path) => path.split('/')[0]));
    expect([...tops].toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
      'LICENSE',
      'THIRD-PARTY-LICENSES.txt',
      'node_modules',
      'out',
      'package.json',
      'resources',
    ]);
    const tools =
      /^node_modules\/(?:electron|vite|vitest|typescript|react|@playwright|@mantine|knip|oxlint)(?:\/|$)/;
    expect(files.filter((path) => tools.test(path))).toEqual([]);
  });

  test('names the licence of every package that is in it', () => {
    const text = readFileSync(inProject('THIRD-PARTY-LICENSES.txt'), 'utf8');
    const packages = shippedPackages();
    for (const name of [
      'react',
      'better-sqlite3',
      'zod',
      '@mantine/core',
      'liquidjs',
      'lucide-react',
    ]) {
      expect(packages).toContain(`node_modules/${name}`);
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    expect(packages).not.toContain('node_modules/vitest');
  });

  test('keeps outside the archive what the system itself has to read', () => {
    const unpacked = `${archive}.unpacked`;
    expect(existsSync(join(unpacked, 'node_modules/better-sqlite3'))).toBe(true);
    expect(existsSync(join(unpacked, 'resources/icons/trellis.png'))).toBe(true);
  });

  test('runs: its server host starts and does the main job', async () => {
    const app = join(folder, 'app');
    extractAll(archive, app);
    const dataDir = join(folder, 'data');
    const backupDir = join(folder, 'backups');
    const server = await startServer({
      dataDir,
      serverFile: join(app, 'out/main/server.js'),
      env: { TRELLIS_BACKUP_DIR: backupDir },
    });
    try {
      await server.api.create('workflows', {
        name: 'Greet',
        trigger_type: 'contact_created',
        status: 'active',
        actions: [{ type: 'create_task', config: { title: 'Greet {{contact_name}}' } }],
      });
      await server.api.create('contacts', { first_name: 'Ada' });
      await expect
        .poll(async () => (await server.api.call('GET', '/api/activities')).text, {
          timeout: 10_000,
        })
        .toContain('Greet Ada');
      const page = await fetch(server.url);
      expect(await page.text()).toContain('<div id="root">');
      // The worker is in the archive too: a backup is made by it.
      const made = await server.api.call('POST', '/rpc/backups/make', { body: {} });
      expect(made.status, made.text).toBe(200);
    } finally {
      await server.stop();
    }
  });
});
