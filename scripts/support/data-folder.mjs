import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The value of `--name value` or `--name=value`.
 *
 * @param {string[]} args
 * @param {string} name
 */
function option(args, name) {
  const at = args.indexOf(name);
  if (at !== -1) return args[at + 1];
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  return joined === undefined ? undefined : joined.slice(name.length + 1);
}

/**
 * Where a folder's data went; the hosts say what is wrong with a pointer, so here it only leads nowhere.
 *
 * @param {string} folder
 * @returns {string}
 */
function current(folder) {
  const pointer = join(folder, 'moved-to.json');
  if (existsSync(join(folder, 'trellis.db')) || !existsSync(pointer)) return folder;
  try {
    return JSON.parse(readFileSync(pointer, 'utf8')).data_dir;
  } catch {
    return folder;
  }
}

/**
 * The data folder a host would use: the rule of both hosts, repeated here only to find a server
 * that is running already.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function dataFolder(args, env = process.env, platform = process.platform) {
  return current(namedFolder(args, env, platform));
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
function namedFolder(args, env, platform) {
  const named = option(args, '--data-dir') || env.TRELLIS_DATA_DIR;
  if (named !== undefined && named !== '') return resolve(named);
  if (platform === 'win32' && env.APPDATA) return join(env.APPDATA, 'Trellis');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Trellis');
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'Trellis');
}
