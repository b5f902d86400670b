import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { currentDataFolder } from './data-folder.ts';
import { fileHash } from '../tests/support/file-dump.ts';
import { createTestCore, defaultSettings, FakeLogger } from '../tests/support/test-core.ts';
import { temporaryFolder } from '../tests/support/temporary-folder.ts';
import { uuidIds } from './uuid-ids.ts';
import { systemClock } from './system-clock.ts';
import { openDatabase } from '../src/main/db/open-database.ts';
import { insertFirstRows } from '../src/main/db/first-rows.ts';
import { Committer } from '../src/main/db/unit-of-work.ts';
import { EventBus } from '../src/main/events/event-bus.ts';
import type { LocalSettings } from '../src/main/ports.ts';
import { Backups } from '../src/main/backup/backups.ts';
import { copyDataFolder, switchFolder } from '../src/main/backup/data-folder-move.ts';

/** The parts a move works with, on a file with a few records, as the core puts them together. */
function startedFolder(dataDir = temporaryFolder(), backupDir: string | null = temporaryFolder()) {
  const connection = openDatabase(dataDir);
  const logger = new FakeLogger();
  const bus = new EventBus(logger);
  const committer = new Committer(connection, systemClock, uuidIds, bus);
  committer.commit({ kind: 'user' }, insertFirstRows);
  let stored: LocalSettings = defaultSettings;
  const settings = {
    read: () => stored,
    write: (patch: Partial<LocalSettings>) => {
      stored = { ...stored, ...patch };
    },
  };
  const backups = new Backups({
    reader: connection.reader,
    committer,
    bus,
    clock: systemClock,
    logger,
    settings,
    dataDir,
    backupDir,
    isEmpty: () => false,
  });
  const parts = {
    connection,
    committer,
    backups,
    settings,
    logger,
    dataDir,
    mayExecute: () => true,
  };
  const write = (name: string): void => {
    committer.commit({ kind: 'user' }, ({ db }) => {
      db.run("INSERT INTO file_settings (key, value) VALUES (?, '')", name);
    });
  };
  return { parts, write, dataDir, backupDir, close: () => connection.sqlite.close() };
}

test('everything is in the new folder, a start at the old one goes there, and the old file is kept', async () => {
  const { parts, write, dataDir, backupDir, close } = startedFolder();
  write('here');
  writeFileSync(join(dataDir, 'token'), 'secret');
  mkdirSync(join(dataDir, 'logs'));
  writeFileSync(join(dataDir, 'logs', 'trellis.log'), '');
  const to = join(temporaryFolder(), 'new', 'place');
  await copyDataFolder(parts, to);
  // What came now would be in the old file alone.
  expect(() => write('later')).toThrow('The data folder is being moved');
  expect(currentDataFolder(dataDir)).toBe(dataDir);
  close();
  const kept = switchFolder(dataDir, to);

  expect(currentDataFolder(dataDir)).toBe(to);
  expect(fileHash(join(to, 'trellis.db'))).toBe(fileHash(kept));
  expect(readdirSync(to).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'settings.json',
    'token',
    'trellis.db',
  ]);
  // Backups made so far stay in sight.
  expect(JSON.parse(readFileSync(join(to, 'settings.json'), 'utf8'))).toMatchObject({
    backup_dir: backupDir,
  });

  // And back again: the folder that was left is as good as a new one.
  const moved = startedFolder(to);
  await copyDataFolder(moved.parts, dataDir);
  moved.close();
  switchFolder(to, dataDir);
  expect(currentDataFolder(dataDir)).toBe(dataDir);
  expect(currentDataFolder(to)).toBe(dataDir);
});

test('while another program has the file open it stays where it is, and no copy is left', async () => {
  const { parts, dataDir, close } = startedFolder();
  const to = join(temporaryFolder(), 'new');
  const other = new Database(join(dataDir, 'trellis.db'));
  other.prepare('SELECT count(*) FROM contacts').get();
  await copyDataFolder(parts, to);
  close();
  expect(() => switchFolder(dataDir, to)).toThrow('another program has');
  other.close();
  expect(currentDataFolder(dataDir)).toBe(dataDir);
  expect(existsSync(join(to, 'trellis.db'))).toBe(false);
});

test('a change by another program, a stop and a program that does not execute move nothing', async () => {
  const { parts, write, dataDir, close } = startedFolder();
  const to = join(temporaryFolder(), 'new');
  const other = new Database(join(dataDir, 'trellis.db'));
  const outside = copyDataFolder(parts, to);
  // The hold stops us, not a program of its own.
  while (parts.backups.state().share === null) await new Promise(setImmediate);
  other.prepare("INSERT INTO file_settings (key, value) VALUES ('outside', '')").run();
  await expect(outside).rejects.toThrow('Another program changed the file meanwhile');
  other.close();
  expect(existsSync(to)).toBe(false);

  const stopped = copyDataFolder(parts, to);
  while (parts.backups.state().share === null) await new Promise(setImmediate);
  parts.backups.cancel();
  expect(parts.backups.state()).toMatchObject({ running: 'move', is_stopping: true });
  await expect(stopped).rejects.toThrow('Stopped. No copy was made.');
  expect(existsSync(to)).toBe(false);
  expect(parts.backups.state()).toMatchObject({ running: null, last_failure: null });

  const elsewhere = { ...parts, mayExecute: () => false };
  await expect(copyDataFolder(elsewhere, to)).rejects.toThrow('Another program has this file open');
  // Changes go on after each of them.
  write('still here');
  close();
});

test.each([
  ['relative/place', 'Give the whole path'],
  ['INSIDE', 'neither in the data folder nor around it'],
  ['AROUND', 'neither in the data folder nor around it'],
  ['FULL', 'is not empty'],
])('%s is refused in words', async (name, words) => {
  const { parts, dataDir, close } = startedFolder();
  const full = temporaryFolder();
  writeFileSync(join(full, 'mine.txt'), '');
  const places: Record<string, string> = {
    INSIDE: join(dataDir, 'deeper'),
    AROUND: join(dataDir, '..'),
    FULL: full,
  };
  await expect(copyDataFolder(parts, places[name] ?? name)).rejects.toMatchObject({
    field: 'path',
    message: expect.stringContaining(words),
  });
  close();
});

test('a pointer that leads nowhere is said, and never answered with an empty file', () => {
  const folder = temporaryFolder();
  const gone = join(folder, 'gone');
  writeFileSync(join(folder, 'moved-to.json'), JSON.stringify({ data_dir: gone }));
  expect(() => currentDataFolder(folder)).toThrow(`moved to ${gone}, which cannot be reached`);
  writeFileSync(join(folder, 'moved-to.json'), JSON.stringify({ data_dir: folder }));
  expect(() => currentDataFolder(folder)).toThrow('cannot be reached');
  writeFileSync(join(folder, 'moved-to.json'), '{');
  expect(() => currentDataFolder(folder)).toThrow('cannot be read');
});

test('a backup that is stopped leaves nothing and is no failure', async () => {
  const backupDir = temporaryFolder();
  const { client } = createTestCore({ backupDir });
  await client.contacts.create({ first_name: 'Ada' });
  const made = client.backups.make();
  while ((await client.backups.state()).share === null);
  await client.backups.cancel();
  await expect(made).rejects.toThrow('Stopped. No copy was made.');
  expect(readdirSync(backupDir)).toEqual([]);
  expect(await client.backups.state()).toMatchObject({ running: null, last_failure: null });
  expect((await client.backups.make()).reason).toBe('by-hand');
});
