import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { messageOf, UserError } from '../errors.ts';
import { backupName } from './backup-name.ts';
import { copyFile } from './copy-file.ts';
import { type BackupKey, backupKeySchema } from './sealed-file.ts';

/** The setting of the file that says what its backups are sealed with; it goes with the file wherever that is moved. */
export const keySetting = 'backup_key';

/**
 * Copies a file before its tables are changed, at once: nothing else can be done with it until it is migrated.
 *
 * @throws UserError `conflict` when the copy cannot be made; without one there is no migration
 */
export function backUpBeforeMigration(live: string, folder: string, now: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const key = storedKey(live);
    const file = backupName(now, 'before-migration', key !== null, new Set(readdirSync(folder)));
    copyFile({ from: live, to: join(folder, file), key });
  } catch (error) {
    throw new UserError(
      'conflict',
      `${live} has to be brought up to this version, and the backup before that cannot be made in ${folder} (${messageOf(error)}). Free some space or make the folder writable; nothing was changed.`,
      { cause: error },
    );
  }
}

/** @throws Error when the setting was made unreadable: to go on would make an open backup of what is to be sealed */
function storedKey(live: string): BackupKey | null {
  const sqlite = new Database(live, { readonly: true });
  try {
    const value: unknown = sqlite
      .prepare('SELECT value FROM file_settings WHERE key = ?')
      .pluck()
      .get(keySetting);
    return typeof value === 'string' ? backupKeySchema.parse(JSON.parse(value)) : null;
  } finally {
    sqlite.close();
  }
}
