import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { migrate } from './migrate.ts';
import { type Migration, migrations } from './migrations/index.ts';

const parents: Migration = {
  version: 1,
  name: 'parents',
  sql: `
    CREATE TABLE parents (id TEXT PRIMARY KEY, full_name TEXT NOT NULL);
    CREATE TABLE children (id TEXT PRIMARY KEY, parent_id TEXT NOT NULL REFERENCES parents(id) ON DELETE CASCADE);
  `,
};

/** Rebuilds the parent table and moves its data: what lets drizzle's migrator delete the children. */
const split: Migration = {
  version: 2,
  name: 'split-names',
  sql: `
    CREATE TABLE parents_new (id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT);
    INSERT INTO parents_new SELECT id, substr(full_name, 1, instr(full_name, ' ') - 1),
      substr(full_name, instr(full_name, ' ') + 1) FROM parents;
    DROP TABLE parents;
    ALTER TABLE parents_new RENAME TO parents;
  `,
};

const orphaning: Migration = {
  version: 3,
  name: 'orphans',
  sql: 'CREATE TABLE half_done (id TEXT); DELETE FROM parents;',
};

const broken: Migration = {
  version: 3,
  name: 'broken',
  sql: 'CREATE TABLE half_done (id TEXT); INSERT INTO half_done VALUES (1); SELECT nonsense;',
};

function fileWith(list: readonly Migration[]) {
  const path = join(temporaryFolder(), 'file.db');
  const sqlite = new Database(path);
  onTestFinished(() => void sqlite.close());
  sqlite.pragma('foreign_keys = ON');
  const backUps: number[] = [];
  const migrateTo = (next: readonly Migration[]): void =>
    migrate(sqlite, (version) => backUps.push(version), next);
  migrateTo(list);
  return { path, sqlite, backUps, migrateTo };
}

function versionOf(sqlite: Database.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

function fill(sqlite: Database.Database): void {
  sqlite.exec(`
    INSERT INTO parents VALUES ('p1', 'Anna Berg'), ('p2', 'Jo Lind');
    INSERT INTO children VALUES ('c1', 'p1'), ('c2', 'p1'), ('c3', 'p2');
  `);
}

/** All a file holds, schema and rows. */
function contentOf(sqlite: Database.Database): unknown {
  const schema = sqlite.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const rows = ['parents', 'children'].map((table) =>
    sqlite.prepare(`SELECT * FROM ${table}`).all(),
  );
  return { schema, rows, version: versionOf(sqlite) };
}

test('a fresh file gets every migration in turn and no backup', () => {
  const { sqlite, backUps } = fileWith([parents, split]);
  expect(versionOf(sqlite)).toBe(2);
  expect(backUps).toEqual([]);
  expect(sqlite.prepare('SELECT first_name FROM parents').all()).toEqual([]);
});

test('a rebuilt table keeps its children, and keys are on again after it', () => {
  const { sqlite, backUps, migrateTo } = fileWith([parents]);
  fill(sqlite);
  migrateTo([parents, split]);
  expect(backUps).toEqual([1]);
  expect(sqlite.prepare('SELECT * FROM parents ORDER BY id').all()).toEqual([
    { id: 'p1', first_name: 'Anna', last_name: 'Berg' },
    { id: 'p2', first_name: 'Jo', last_name: 'Lind' },
  ]);
  expect(sqlite.prepare('SELECT count(*) FROM children').pluck().get()).toBe(3);
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(() => sqlite.exec("INSERT INTO children VALUES ('c4', 'nobody')")).toThrow(/FOREIGN KEY/);
});

test('an up-to-date file is left alone', () => {
  const { path, sqlite, backUps, migrateTo } = fileWith([parents, split]);
  const before = readFileSync(path);
  migrateTo([parents, split]);
  expect(backUps).toEqual([]);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(versionOf(sqlite)).toBe(2);
});

test('a file from a newer version is refused unchanged', () => {
  const { path, backUps, migrateTo } = fileWith([parents, split]);
  const before = readFileSync(path);
  expect(() => migrateTo([parents])).toThrow(/newer version of Trellis.*schema is 2.*knows 1/);
  expect(backUps).toEqual([]);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test.each([
  ['fails half-way', broken, /Migration 3 \(broken\) failed: .*nonsense/],
  ['would leave rows that point at nothing', orphaning, /Migration 3 \(orphans\) failed: 3 rows/],
])('a migration that %s leaves the file as it was', (_, migration, message) => {
  const { sqlite, backUps, migrateTo } = fileWith([parents, split]);
  sqlite.exec("INSERT INTO parents VALUES ('p1', 'Anna', 'Berg')");
  sqlite.exec("INSERT INTO children VALUES ('c1', 'p1'), ('c2', 'p1'), ('c3', 'p1')");
  const before = contentOf(sqlite);
  expect(() => migrateTo([parents, split, migration])).toThrow(message);
  expect(contentOf(sqlite)).toEqual(before);
  expect(backUps).toEqual([2]);
  expect(sqlite.inTransaction).toBe(false);
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('what another program migrated meanwhile is not done twice', () => {
  const { path, sqlite, migrateTo } = fileWith([parents]);
  fill(sqlite);
  // The other program is done between the look at the version and the write lock.
  const other = new Database(path);
  onTestFinished(() => void other.close());
  migrate(sqlite, () => migrate(other, () => undefined, [parents, split]), [parents, split]);
  expect(versionOf(sqlite)).toBe(2);
  expect(sqlite.prepare('SELECT count(*) FROM children').pluck().get()).toBe(3);
  migrateTo([parents, split]);
});

test('a failing backup stops the migration', () => {
  const { sqlite } = fileWith([parents]);
  const noRoom = (): never => {
    throw new Error('no space left');
  };
  expect(() => migrate(sqlite, noRoom, [parents, split])).toThrow('no space left');
  expect(versionOf(sqlite)).toBe(1);
});

test('our migrations are numbered in growing order and named', () => {
  const versions = migrations.map((migration) => migration.version);
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  expect(versions[0]).toBe(1);
  for (const { name } of migrations) expect(name).toMatch(/^[a-z0-9-]+$/);
});
