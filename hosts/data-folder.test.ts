import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataFolder } from './data-folder.ts';

describe('the data folder is', () => {
  test.each([
    [['--data-dir', '/a'], '/a'],
    [['--data-dir=/a'], '/a'],
    [['.', '--inspect=0', '--data-dir', '/a', '--no-sandbox'], '/a'],
    [['--data-dir', 'here'], resolve('here')],
    [[], '/from-env'],
    [['--data-dir='], '/from-env'],
    [['--data-dir'], '/from-env'],
  ])('by %j', (args, wanted) => {
    expect(dataFolder(args, { TRELLIS_DATA_DIR: '/from-env' })).toBe(resolve(wanted));
  });

  test('where each system keeps such things', () => {
    const home = homedir();
    expect(dataFolder([], {}, 'linux')).toBe(join(home, '.config', 'Trellis'));
    expect(dataFolder([], { XDG_CONFIG_HOME: '/xdg' }, 'linux')).toBe(join('/xdg', 'Trellis'));
    const library = join(home, 'Library', 'Application Support', 'Trellis');
    expect(dataFolder([], {}, 'darwin')).toBe(library);
    expect(dataFolder([], { APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', 'Trellis'));
  });
});
