import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

export interface DumpOptions {
  /** Tables that belong to the programs at work and not to what is in the file. */
  readonly without?: readonly string[];
}

/** Who holds the file, and who is signed in: no part of the user's data. */
const ownOfThePrograms = ['executor_lease', 'sessions'] as const;

/**
 * What a file means, line by line, however its pages lie: each table's rows in the order of its key. Two files with the
 * same dump hold the same. Shadow tables of search indexes are left out: their blobs depend on how they came to be.
 */
export function* fileDump(
  sqlite: Database.Database,
  { without = ownOfThePrograms }: DumpOptions = {},
): Generator<string> {
  const tables = sqlite
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
       AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all()
    .filter((table) => !without.includes(table));
  yield `user_version ${String(sqlite.pragma('user_version', { simple: true }))}`;
  for (const table of tables) {
    const columns = sqlite
      .prepare<[string], { name: string; pk: number }>(
        'SELECT name, pk FROM pragma_table_xinfo(?) ORDER BY name',
      )
      .all(table);
    const keys = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
    const order = (keys.length > 0 ? keys : columns).map(({ name }) => `"${name}"`).join(', ');
    const list = columns.map(({ name }) => `"${name}"`).join(', ');
    const rows = sqlite.prepare(`SELECT ${list} FROM "${table}" ORDER BY ${order}`).raw();
    for (const row of rows.iterate()) yield `${table} ${JSON.stringify(row)}`;
  }
}

/** A dump as one number, for files too large to hold two dumps of. */
export function fileHash(path: string, options?: DumpOptions): string {
  const sqlite = new Database(path, { readonly: true });
  try {
    const hash = createHash('sha256');
    // One transaction, so that the dump is of one state.
    sqlite.exec('BEGIN');
    for (const line of fileDump(sqlite, options)) hash.update(`${line}\n`);
    return hash.digest('hex');
  } finally {
    sqlite.close();
  }
}
