import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Connection } from '../../db/handle.ts';
import { databaseFileName } from '../../db/open-database.ts';
import { addSqlFunctions } from '../../db/sql-functions.ts';

const prefix = 'rehearsal-';
const suffix = '.unfinished';

/** Where the copy for a rehearsal is made: beside the file, as private as that. */
export function copyPath(dataDir: string, id: string): string {
  return join(dataDir, `${prefix}${id}${suffix}`);
}

/** Copies the file as it is now, while others write, and opens the copy for a rehearsal. */
export function openCopy(dataDir: string, path: string): Connection {
  const source = new Database(join(dataDir, databaseFileName), { readonly: true, timeout: 5_000 });
  try {
    source.prepare('VACUUM INTO ?').run(path);
  } finally {
    source.close();
  }
  const sqlite = new Database(path, { fileMustExist: true });
  // Nothing in it is worth a wait for the disk, and nobody else opens it.
  sqlite.pragma('journal_mode = MEMORY');
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('locking_mode = EXCLUSIVE');
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma('cache_size = -65536');
  // Events of the past are taken out and put in again, while runs point at them.
  sqlite.pragma('foreign_keys = OFF');
  dropSearch(sqlite);
  addSqlFunctions(sqlite);
  return new Connection(sqlite);
}

/** A run searches nothing, and keeping an index costs more than all else that a write does. */
function dropSearch(sqlite: Database.Database): void {
  const triggers = sqlite
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\\_search\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all();
  for (const name of triggers) sqlite.exec(`DROP TRIGGER "${name}"`);
}

export function removeCopy(path: string): void {
  for (const end of ['', '-journal']) rmSync(path + end, { force: true });
}

/** Removes what rehearsals left behind that were killed half way. */
export function sweepCopies(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(prefix) && name.endsWith(suffix)) removeCopy(join(dataDir, name));
  }
}
