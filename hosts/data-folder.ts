import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * The folder of `trellis.db`, the same for both hosts: `--data-dir`, else `TRELLIS_DATA_DIR`, else
 * where the system keeps an application's data. Always absolute; not made here.
 *
 * @param args the command line without the program and its script; unknown switches are Chromium's
 */
export function dataFolder(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const { values } = parseArgs({
    args: [...args],
    options: { 'data-dir': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const option = values['data-dir'];
  // Without its value the switch reads as `true`: then it names nothing.
  const named = (typeof option === 'string' && option) || env.TRELLIS_DATA_DIR;
  if (named) return resolve(named);
  if (platform === 'win32') {
    return join(env.APPDATA || join(homedir(), 'AppData', 'Roaming'), 'Trellis');
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Trellis');
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'Trellis');
}

/**
 * Where backups of a data folder go when nobody chose another place: beside it, so that whatever happens to the one
 * folder leaves the other alone.
 */
export function defaultBackupFolder(dataDir: string): string {
  return join(dirname(dataDir), `${basename(dataDir)} backups`);
}
