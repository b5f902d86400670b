import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { movedFileName, movedSchema } from '../src/main/backup/data-folder-move.ts';
import { databaseFileName } from '../src/main/db/open-database.ts';
import { UserError } from '../src/main/errors.ts';

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
 * Where the data of a folder is now: a folder that was moved away has no file any more, and a pointer to the next.
 *
 * @throws UserError when it leads to a folder that cannot be reached: a new, empty file in the old place would look like
 *   everything was lost
 */
export function currentDataFolder(folder: string): string {
  const seen = new Set<string>();
  let current = folder;
  for (;;) {
    const pointer = join(current, movedFileName);
    if (existsSync(join(current, databaseFileName)) || !existsSync(pointer)) break;
    seen.add(current);
    current = readPointer(pointer);
    if (!existsSync(current) || seen.has(current)) {
      throw new UserError(
        'conflict',
        `The data folder was moved to ${current}, which cannot be reached. Connect its disk and start again; to begin with an empty file, remove ${pointer}.`,
        { field: 'data_dir' },
      );
    }
  }
  return current;
}

function readPointer(path: string): string {
  try {
    return movedSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).data_dir;
  } catch (error) {
    throw new UserError(
      'conflict',
      `${path} says where the data folder was moved to, and cannot be read. Correct its data_dir, or remove it to begin with an empty file.`,
      { field: 'data_dir', cause: error },
    );
  }
}

/**
 * Where backups of a data folder go when nobody chose another place: beside it, so that whatever happens to the one
 * folder leaves the other alone.
 */
export function defaultBackupFolder(dataDir: string): string {
  return join(dirname(dataDir), `${basename(dataDir)} backups`);
}
