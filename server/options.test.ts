import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOptions } from './options.ts';

describe('options', () => {
  test.each<[string[], Record<string, string>, object]>([
    [[], { TRELLIS_DATA_DIR: '/d' }, { dataDir: '/d', port: 8000, token: null }],
    [['--data-dir', '/a'], { TRELLIS_DATA_DIR: '/d' }, { dataDir: '/a' }],
    [['--data-dir=/a', '--port=0', '--token=t'], {}, { dataDir: '/a', port: 0, token: 't' }],
    [['--port', '65535'], { TRELLIS_DATA_DIR: '/d' }, { port: 65_535 }],
    [[], { TRELLIS_DATA_DIR: '/d', TRELLIS_TOKEN: 'e' }, { token: 'e' }],
    [['--token', 't'], { TRELLIS_DATA_DIR: '/d', TRELLIS_TOKEN: 'e' }, { token: 't' }],
    // What is set to nothing is not set.
    [['--token', '', '--data-dir', ''], { TRELLIS_DATA_DIR: '/d' }, { dataDir: '/d', token: null }],
    [[], { TRELLIS_DATA_DIR: '/d', TRELLIS_TOKEN: '' }, { token: null }],
    [['--data-dir', 'here'], {}, { dataDir: resolve('here') }],
  ])('%j with %j', (args, environment, expected) => {
    expect(readOptions(args, environment, 'linux')).toMatchObject(expected);
  });

  test.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, join(homedir(), '.config', 'Trellis')],
    ['linux', { XDG_CONFIG_HOME: '/x' }, '/x/Trellis'],
    ['darwin', {}, join(homedir(), 'Library', 'Application Support', 'Trellis')],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Trellis'],
    ['win32', {}, join(homedir(), 'AppData', 'Roaming', 'Trellis')],
  ])('the folder on %s with %j', (platform, environment, expected) => {
    expect(readOptions([], environment, platform).dataDir).toBe(expected);
  });

  test.each(['abc', '-1', '1.5', '65536', '999999', '', ' 80', '0x50', '1e3'])(
    'the port "%s" is refused by name',
    (port) => {
      expect(() => readOptions([`--port=${port}`], {})).toThrow(
        `--port must be a number from 0 to 65535, not "${port}".`,
      );
    },
  );

  test.each([[['--colour', 'red']], [['file.db']], [['--port']], [['-p', '80']]])(
    '%j is refused in one line',
    (args) => {
      expect(() => readOptions(args, {})).toThrow(/^[^\n]+$/);
    },
  );
});
