import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { messageOf, UserError } from '../errors.ts';
import { DamagedFileError, isDamage, isMarkedDamaged } from './damage.ts';
import { lockFileName } from './executor-lock.ts';
import { Connection } from './handle.ts';
import { migrate } from './migrate.ts';
import { addSqlFunctions } from './sql-functions.ts';

export const databaseFileName = 'trellis.db';

/** `TREL` as bytes: tells our files from other SQLite files. */
export const applicationId = 0x5452454c;

/** How long a write waits for another program's transaction, in milliseconds, before it gives up. */
const busyTimeoutMs = 5_000;

/** Not `mkdir` with `recursive`: that never returns where a folder refuses new ones with ENOENT, as /proc does. */
function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (!found) makeFolder(dirname(path));
  // On a file this says that it exists.
  mkdirSync(path);
}

/** @throws UserError naming the folder when it cannot be made or written */
export function prepareDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UserError(
      'conflict',
      `The data folder ${dataDir} cannot be written (${messageOf(error)}). Choose another with --data-dir, or change its permissions.`,
      { field: 'data_dir' },
    );
  }
}

/**
 * Opens `trellis.db` in a folder, made and migrated as needed.
 *
 * @param backUp called before the first migration of a file that holds data; what it throws leaves the file as it is
 * @throws UserError `conflict` when the folder cannot be written, or the file is no database, is another program's,
 *   or comes from a newer version; the file is left as it was
 * @throws DamagedFileError when it is one of ours that cannot be read any more
 */
export function openDatabase(
  dataDir: string,
  backUp: (path: string, version: number) => void = () => undefined,
): Connection {
  prepareDataDir(dataDir);
  const path = join(dataDir, databaseFileName);
  if (isMarkedDamaged(dataDir) && existsSync(path)) {
    throw new DamagedFileError(`${path} is damaged: a part of it could not be read.`);
  }
  const sqlite = openFile(path);
  try {
    refuseForeignFile(sqlite, path);
    // WAL and FULL: what was acknowledged survives a power cut; macOS needs F_FULLFSYNC for that.
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('fullfsync = ON');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('temp_store = MEMORY');
    sqlite.pragma('cache_size = -65536');
    migrate(sqlite, (version) => backUp(path, version));
    addSqlFunctions(sqlite);
    return new Connection(sqlite);
  } catch (error) {
    sqlite.close();
    throw explain(error, path);
  }
}

/**
 * Opens the file of a folder for reading alone, beside the connection that writes.
 *
 * @param refuseCancelled throws when the statement at work is not wanted any more
 * @throws Error when there is no file yet: whoever writes makes it
 */
export function openReader(
  dataDir: string,
  refuseCancelled: () => void = () => undefined,
): Connection {
  const sqlite = new Database(join(dataDir, databaseFileName), {
    readonly: true,
    fileMustExist: true,
    timeout: busyTimeoutMs,
  });
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma('cache_size = -65536');
  // The pages come from the system's cache without a copy each.
  sqlite.pragma('mmap_size = 2147483648');
  addSqlFunctions(sqlite, refuseCancelled);
  return new Connection(sqlite);
}

function openFile(path: string): Database.Database {
  try {
    return new Database(path, { timeout: busyTimeoutMs });
  } catch (error) {
    throw explain(error, path);
  }
}

function refuseForeignFile(sqlite: Database.Database, path: string): void {
  const found = Number(sqlite.pragma('application_id', { simple: true }));
  if (found === applicationId) return;
  const tables = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (found !== 0 || tables !== 0) {
    throw new UserError(
      'conflict',
      `${path} is a database of another program. Move it away or choose another folder with --data-dir; nothing was changed.`,
    );
  }
  // Before anything is written: a file can give room back to the disk only when it was made so.
  sqlite.pragma('auto_vacuum = INCREMENTAL');
  sqlite.pragma(`application_id = ${applicationId}`);
}

function explain(error: unknown, path: string): Error {
  if (error instanceof UserError) return error;
  // The lock beside it shows that Trellis worked here: then it is ours, whatever is left of it.
  if (isDamage(error) && existsSync(join(dirname(path), lockFileName))) {
    return new DamagedFileError(`${path} is damaged (${messageOf(error)}).`, error);
  }
  if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') {
    return new UserError(
      'conflict',
      `${path} is not a database. Move it away or choose another folder with --data-dir; nothing was changed.`,
    );
  }
  if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT')) {
    return new UserError(
      'conflict',
      `${path} is damaged (${error.message}). Restore a copy of it; nothing was changed.`,
    );
  }
  if (
    error instanceof Database.SqliteError &&
    ['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM'].some((code) =>
      error.code.startsWith(code),
    )
  ) {
    return new UserError(
      'conflict',
      `${path} cannot be opened for writing (${error.message}). Check the permissions of the folder and the file.`,
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}
