import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { UserError } from '../errors.ts';
import { migrations } from './migrations/index.ts';
import { databaseFileName, openDatabase, prepareDataDir } from './open-database.ts';

function open(folder: string) {
  const { sqlite } = openDatabase(folder);
  onTestFinished(() => void sqlite.close());
  return sqlite;
}

function refusal(folder: string): UserError {
  try {
    openDatabase(folder).sqlite.close();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('The file was not refused');
}

test('a folder and its file are made as needed', () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  const sqlite = open(folder);
  expect(existsSync(join(folder, databaseFileName))).toBe(true);
  expect(sqlite.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version);
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
});

test.each([
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['fullfsync', 1],
  ['foreign_keys', 1],
  ['busy_timeout', 5000],
])('%s is %s, also when opened again', (pragma, value) => {
  const folder = temporaryFolder();
  expect(open(folder).pragma(pragma, { simple: true })).toBe(value);
  expect(open(folder).pragma(pragma, { simple: true })).toBe(value);
});

test('a second connection finds what the first wrote, and both may be open', () => {
  const folder = temporaryFolder();
  const first = open(folder);
  first.exec("INSERT INTO file_settings VALUES ('currency', 'JPY')");
  expect(open(folder).prepare('SELECT value FROM file_settings').pluck().get()).toBe('JPY');
});

test('an empty file is taken as a new one', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, databaseFileName), '');
  expect(open(folder).pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version);
});

test('a file that is no database is refused and kept', () => {
  const folder = temporaryFolder();
  const path = join(folder, databaseFileName);
  const text = 'Dear diary, '.repeat(1_000);
  writeFileSync(path, text);
  const error = refusal(folder);
  expect(error.code).toBe('conflict');
  expect(error.message).toContain(`${path} is not a database`);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(readdirSync(folder)).toEqual([databaseFileName]);
});

test("another program's database is refused and kept", () => {
  const folder = temporaryFolder();
  const path = join(folder, databaseFileName);
  const foreign = new Database(path);
  foreign.exec('CREATE TABLE recipes (id INTEGER PRIMARY KEY)');
  foreign.close();
  const before = readFileSync(path);
  expect(refusal(folder).message).toMatch(/database of another program.*nothing was changed/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a database with an application id of its own is refused though it is empty', () => {
  const folder = temporaryFolder();
  const foreign = new Database(join(folder, databaseFileName));
  foreign.pragma('application_id = 42');
  foreign.close();
  expect(refusal(folder).message).toContain('another program');
});

test('a file from a newer version is refused and kept', () => {
  const folder = temporaryFolder();
  const path = join(folder, databaseFileName);
  const sqlite = open(folder);
  sqlite.pragma('user_version = 999');
  sqlite.close();
  const before = readFileSync(path);
  const error = refusal(folder);
  expect(error.code).toBe('conflict');
  expect(error.message).toMatch(/newer version of Trellis.*schema is 999.*Update Trellis/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a damaged file is told as damaged', () => {
  const folder = temporaryFolder();
  const path = join(folder, databaseFileName);
  open(folder).close();
  const bytes = readFileSync(path);
  // The header stays, so that it still looks like one of ours; the first page's content goes.
  bytes.fill(0xff, 100, 4_096);
  writeFileSync(path, bytes);
  expect(refusal(folder).message).toMatch(/is damaged \(.*\)\. Restore a copy/);
});

test('a folder where the file should be, or a file where the folder should be, is refused', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, databaseFileName));
  expect(refusal(folder).message).toMatch(/cannot be opened for writing.*permissions/);
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'below')]) {
    expect(() => prepareDataDir(path)).toThrow(/cannot be written.*--data-dir/);
    expect(refusal(path).field).toBe('data_dir');
  }
});

/** What SQLite 3.40 and its shell know nothing of, or what only this program could run. */
test('the file asks for nothing that other programs lack or that could refuse their writes', () => {
  const sqlite = open(temporaryFolder());
  const all = sqlite
    .prepare(
      'SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name',
    )
    .all() as { type: string; name: string; tbl_name: string; sql: string }[];
  expect(new Set(all.map((row) => row.type))).toEqual(new Set(['table', 'index', 'trigger']));

  // The search index is SQLite's own FTS5 with its own tokenizer; its triggers stand on records and write it alone.
  const isSearch = ({ name }: { name: string }) => /_search(_\w+)?$/.test(name);
  const indexes = all.filter((row) => row.type === 'table' && row.name.endsWith('_search'));
  for (const { sql } of indexes) {
    expect(sql).toMatch(/^CREATE VIRTUAL TABLE \w+ USING fts5\(/);
    expect(sql).toContain("tokenize='unicode61 remove_diacritics 2'");
  }
  const triggers = all.filter((row) => row.type === 'trigger');
  expect(new Set(triggers.map((row) => row.tbl_name))).toEqual(
    new Set(['contacts', 'companies', 'deals', 'activities', 'notes']),
  );
  for (const { name, sql } of triggers) {
    expect(sql, name).not.toMatch(/\b(RAISE|UPDATE (?!OF)|DELETE (?!ON)|REPLACE)\b/);
    const written = [...sql.matchAll(/INSERT INTO (\w+)/g)].map((match) => match[1] ?? '');
    for (const table of written) expect(table, name).toMatch(/_search$/);
  }

  // Names in order of the alphabet: the expression `contactKind` computes, in a collation every SQLite has.
  const orders = new Set(['contacts_name', 'companies_name']);
  const rows = all.filter((row) => !isSearch(row) && !orders.has(row.name));
  for (const { name, sql } of rows) {
    expect(sql, name).not.toMatch(
      /\b(CHECK|COLLATE|GENERATED|VIRTUAL|STRICT|JSONB?_?\w*\(|TRIGGER|CASCADE)\b/i,
    );
    // Types, keys, references and lists are the only brackets: no expression calls a function.
    const calls = sql.match(/\b(?!UNIQUE|KEY|REFERENCES|IN\b)\w+ ?\((?=[^)]*\))/gi) ?? [];
    const named = /^CREATE (?:TABLE|(?:UNIQUE )?INDEX \w+ ON) (\w+) ?\(/i.exec(sql)?.[1];
    for (const call of calls) {
      const word = call.replace(/ ?\($/, '');
      const isReference = new RegExp(`REFERENCES ${word}\\(`).test(sql);
      expect(isReference || word === named, `${name}: ${call}`).toBe(true);
    }
  }
});

test('a copy of the closed file is a whole file', () => {
  const folder = temporaryFolder();
  const sqlite = open(folder);
  sqlite.exec("INSERT INTO file_settings VALUES ('currency', 'JPY')");
  sqlite.close();
  const copy = temporaryFolder();
  copyFileSync(join(folder, databaseFileName), join(copy, databaseFileName));
  expect(open(copy).prepare('SELECT value FROM file_settings').pluck().get()).toBe('JPY');
});
