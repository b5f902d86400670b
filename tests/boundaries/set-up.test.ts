import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataFolder } from '../../scripts/support/data-folder.mjs';
import { hasDisplay } from '../../scripts/support/display.mjs';
import {
  decideInstallation,
  type Found,
  findDifference,
  hash,
} from '../../scripts/support/installation.mjs';
import { chooseNode, isAtLeast } from '../../scripts/support/node-version.mjs';
import { count } from '../../scripts/support/test-report.mjs';
import { projectRoot } from './source-files.ts';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-zod' },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-fse', optional: true },
  },
};
const installed = { packages: { 'node_modules/zod': lock.packages['node_modules/zod'] } };
const lockText = JSON.stringify(lock);
const installedText = JSON.stringify(installed);

const matching: Found = {
  lockText,
  installedText,
  stamp: { lock: hash(lockText), installed: hash(installedText), node: 'v24.21.0' },
  pinnedNode: () => {
    throw new Error('a stamped installation starts no process');
  },
};

describe('bootstrap', () => {
  test('does nothing when stamp, lock and packages match', () => {
    expect(decideInstallation(matching)).toEqual({ do: 'nothing' });
  });

  test('installs when there is nothing', () => {
    expect(decideInstallation({ ...matching, installedText: null }).do).toBe('install');
  });

  test.each([
    ['another version', { ...lock.packages['node_modules/zod'], version: '4.6.8' }],
    ['other contents', { ...lock.packages['node_modules/zod'], integrity: 'sha512-other' }],
  ])('installs anew when the lock has %s', (_, zod) => {
    const changed = { packages: { ...lock.packages, 'node_modules/zod': zod } };
    const decision = decideInstallation({ ...matching, lockText: JSON.stringify(changed) });
    expect(decision).toEqual({ do: 'install', why: expect.stringContaining('zod') });
  });

  test('installs anew when somebody changed what is installed', () => {
    const more = { packages: { ...installed.packages, 'node_modules/left': { version: '1.0.0' } } };
    const decision = decideInstallation({ ...matching, installedText: JSON.stringify(more) });
    expect(decision).toEqual({ do: 'install', why: 'left is no longer needed' });
  });

  test('takes over what a plain npm ci has installed', () => {
    const found = { ...matching, stamp: null };
    expect(decideInstallation({ ...found, pinnedNode: () => 'v24.21.0' })).toEqual({ do: 'stamp' });
    expect(decideInstallation({ ...found, pinnedNode: () => null })).toEqual({
      do: 'rebuild-node',
    });
  });

  test('misses no package of another platform, and every other one', () => {
    expect(findDifference(lock, installed)).toBeNull();
    expect(findDifference(lock, { packages: {} })).toBe('zod is not installed');
  });
});

describe('version guard', () => {
  const guard = (version: string, pinned: string | null, there = true) =>
    chooseNode({ version, pinned: () => pinned, installed: there });

  test.each([
    ['v24.21.0', null, 'here'],
    ['v26.0.0', 'v24.21.0', 'here'],
    ['v22.12.0', 'v24.21.0', 'pinned'],
    ['v22.12.0', null, 'here'],
    ['v22.11.0', 'v24.21.0', 'pinned'],
    ['v22.11.0', null, 'nowhere'],
    ['v20.20.2', 'v24.21.0', 'pinned'],
    ['v20.20.2', null, 'nowhere'],
    ['v16.20.0', null, 'nowhere'],
  ])('on %s with pinned %s runs %s', (version, pinned, run) => {
    expect(guard(version, pinned).run).toBe(run);
  });

  test('says in one line what to do', () => {
    const old = guard('v20.20.2', null);
    expect(old).toEqual({
      run: 'nowhere',
      why: expect.stringMatching(/^.*Node 24.*nodejs\.org.*$/),
    });
    const bare = guard('v24.21.0', null, false);
    expect(bare).toEqual({ run: 'nowhere', why: expect.stringMatching(/^.*"npm ci".*$/) });
  });

  test('compares versions by number', () => {
    expect(isAtLeast('v22.9.0', '22.12.0')).toBe(false);
    expect(isAtLeast('22.12.0', '22.12.0')).toBe(true);
    expect(isAtLeast('v100.0.0', '22.12.0')).toBe(true);
  });
});

describe('data folder', () => {
  test.each([
    [['--data-dir', '/a'], { TRELLIS_DATA_DIR: '/b' }, '/a'],
    [['--data-dir=/a'], {}, '/a'],
    [[], { TRELLIS_DATA_DIR: '/b', XDG_CONFIG_HOME: '/c' }, '/b'],
    [[], { XDG_CONFIG_HOME: '/c' }, join('/c', 'Trellis')],
  ])('%j with %j is %s', (args, env, folder) => {
    expect(dataFolder(args, env, 'linux')).toBe(folder);
  });
});

test('only Linux can be without a display', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
});

test('a skipped test is excused only where it needs the Electron binary', () => {
  const outcomes = [
    { file: '/tests/desktop/electron.e2e.ts', outcome: 'skipped' },
    { file: '/tests/e2e/deals.e2e.ts', outcome: 'skipped' },
    { file: '/tests/e2e/deals.e2e.ts', outcome: 'passed' },
  ] as const;
  expect(count([...outcomes])).toEqual({ passed: 1, failed: 0, skipped: 2, excusedSkips: 1 });
});

test('serve without a build says so and makes none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-unbuilt-'));
  cpSync(join(projectRoot, 'scripts'), join(folder, 'scripts'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  const result = spawnSync(process.execPath, [join(folder, 'scripts/serve.mjs')], {
    encoding: 'utf8',
  });
  expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run build') });
  expect(existsSync(join(folder, 'out'))).toBe(false);
  rmSync(folder, { recursive: true });
});
