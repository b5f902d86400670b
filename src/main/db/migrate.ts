import type BetterSqlite3 from 'better-sqlite3';
import { messageOf, UserError } from '../errors.ts';
import { migrations as ourMigrations, type Migration } from './migrations/index.ts';

/**
 * Brings a file to the newest schema, each migration in a transaction of its own.
 *
 * drizzle's migrator is not used: it says `PRAGMA foreign_keys=OFF` inside a transaction, where that does
 * nothing, so a rebuilt parent table takes its children along. Here keys are off around the transaction and
 * checked before its commit.
 *
 * @param backUp called once, before the first migration of a file that holds data
 * @throws UserError `conflict` when the file is from a newer version
 */
export function migrate(
  sqlite: BetterSqlite3.Database,
  backUp: (version: number) => void,
  migrations: readonly Migration[] = ourMigrations,
): void {
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new UserError(
      'conflict',
      `${sqlite.name} was written by a newer version of Trellis (its schema is ${version}, this version knows ${newest}). Update Trellis to open it; nothing was changed.`,
    );
  }
  const pending = migrations.filter((migration) => migration.version > version);
  if (pending.length === 0) return;
  if (version > 0) backUp(version);
  sqlite.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) apply(sqlite, migration);
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
}

function apply(sqlite: BetterSqlite3.Database, migration: Migration): void {
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    // Another program may have migrated the file while this one waited for the write lock.
    if (Number(sqlite.pragma('user_version', { simple: true })) >= migration.version) {
      sqlite.exec('ROLLBACK');
      return;
    }
    sqlite.exec(migration.sql);
    const orphans = sqlite.prepare('PRAGMA foreign_key_check').all();
    if (orphans.length > 0) throw new Error(`${orphans.length} rows would point at nothing`);
    sqlite.pragma(`user_version = ${migration.version}`);
    sqlite.exec('COMMIT');
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    throw new Error(
      `Migration ${migration.version} (${migration.name}) failed: ${messageOf(error)}`,
      { cause: error },
    );
  }
}
