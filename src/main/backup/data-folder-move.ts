import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { lockFileName } from '../db/executor-lock.ts';
import type { Connection } from '../db/handle.ts';
import { databaseFileName } from '../db/open-database.ts';
import type { Committer } from '../db/unit-of-work.ts';
import { invalid, messageOf, UserError } from '../errors.ts';
import type { Logger, SettingsStore } from '../ports.ts';
import type { Backups } from './backups.ts';

/** Left in a folder whose file moved away: each start there goes on to where it is now. */
export const movedFileName = 'moved-to.json';

export const movedSchema = z.object({ data_dir: z.string() });

/** What belongs to this place or to this run and stays behind; so do old files, whatever is behind these names. */
const stays = [
  databaseFileName,
  lockFileName,
  movedFileName,
  'chromium',
  'logs',
  'repairing',
  'restoring',
  'runtime.json',
  // Chromium's lock of the single instance.
  'Singleton',
] as const;

/** Beside the file itself, settings, keys and the like take so much at most, in bytes. */
const roomForOthers = 10_000_000;

export interface DataFolderMoveParts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly backups: Backups;
  readonly settings: SettingsStore;
  readonly logger: Logger;
  readonly dataDir: string;
  readonly mayExecute: () => boolean;
}

/**
 * Copies the data folder to another place, while every change is held back. The old file stays, under another name, and
 * is in use until {@link switchFolder} renames it, which takes a stopped core.
 * Changes stay held back when it is done: what they wrote would not be in the copy.
 *
 * @throws UserError that says what is in the way; then everything is as it was
 */
export async function copyDataFolder(parts: DataFolderMoveParts, to: string): Promise<void> {
  const { connection, committer, backups, settings, logger, dataDir, mayExecute } = parts;
  refuseTarget(to, dataDir);
  if (!mayExecute()) {
    throw new UserError(
      'conflict',
      'Another program has this file open and runs its workflows. Close it and try again.',
    );
  }
  await backups.alone('move', async (cancel) => {
    const release = committer.hold('The data folder is being moved. Try again in a moment.');
    const version = (): unknown => connection.sqlite.pragma('data_version', { simple: true });
    const versionBefore = version();
    const from = join(dataDir, databaseFileName);
    const made: string[] = [];
    try {
      if (!existsSync(to)) made.push(makeFolder(to));
      refuseSmallDisk(from, to);
      const copy = join(to, databaseFileName);
      made.push(copy);
      await backups.copyWhole({ from, to: copy, key: null }, cancel);
      for (const name of readdirSync(dataDir)) {
        if (staysBehind(name)) continue;
        if (!existsSync(join(to, name))) made.push(join(to, name));
        cpSync(join(dataDir, name), join(to, name), { recursive: true });
      }
      keepBackupsWhereTheyAre(to, backups.folder, settings);
      if (version() !== versionBefore) {
        throw new UserError(
          'conflict',
          'Another program changed the file meanwhile. Close it and try again; nothing was moved.',
        );
      }
      logger.info(`The data folder was copied to ${to}`);
    } catch (error) {
      for (const path of made.toReversed()) rmSync(path, { recursive: true, force: true });
      release();
      throw error;
    }
  });
}

/**
 * Makes the copy the one in use: the pointer first, then the old file gets another name. Until that rename a start finds
 * the old file and uses it. Call it when the core has stopped.
 *
 * @returns path of the old file, which is kept
 * @throws UserError when another program still has the old file open; then it stays the one in use
 */
export function switchFolder(dataDir: string, to: string): string {
  const live = join(dataDir, databaseFileName);
  try {
    endLog(live);
  } catch (error) {
    rmSync(join(to, databaseFileName), { force: true });
    throw new UserError(
      'conflict',
      `The data folder was not moved: another program has ${live} open (${messageOf(error)}). Close it and try again; nothing was changed.`,
      { cause: error },
    );
  }
  // Coming back to a folder that was left earlier must not lead away from it again.
  rmSync(join(to, movedFileName), { force: true });
  writeFileSync(join(dataDir, movedFileName), `${JSON.stringify({ data_dir: to })}\n`);
  const kept = `${live}.before-move`;
  renameSync(live, kept);
  return kept;
}

/** Only the last connection can end the log, so this also shows that there is no other. */
function endLog(live: string): void {
  const sqlite = new Database(live, { timeout: 1_000 });
  try {
    sqlite.pragma('journal_mode = DELETE');
  } finally {
    sqlite.close();
  }
}

function refuseTarget(to: string, dataDir: string): void {
  if (!isAbsolute(to)) throw invalid('path', 'Give the whole path, from the top of the disk.');
  if (contains(dataDir, to) || contains(to, dataDir)) {
    throw invalid('path', 'Choose a folder that is neither in the data folder nor around it.');
  }
  const found = statSync(to, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw invalid('path', `${to} is a file. Choose a folder.`);
  // A folder that was left earlier may be come back to: what is in it is older than what comes.
  const isFree =
    existsSync(join(to, movedFileName)) || readdirSync(to).every((name) => staysBehind(name));
  if (!isFree || existsSync(join(to, databaseFileName))) {
    throw invalid('path', `${to} is not empty. Choose a new or an empty folder.`);
  }
}

function staysBehind(name: string): boolean {
  return stays.some((prefix) => name.startsWith(prefix));
}

function contains(outer: string, inner: string): boolean {
  const inside = relative(outer, inner);
  return inside === '' || !(inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside));
}

/** @returns the topmost folder that had to be made */
function makeFolder(to: string): string {
  try {
    return mkdirSync(to, { recursive: true, mode: 0o700 }) ?? to;
  } catch (error) {
    throw new UserError(
      'conflict',
      `The folder ${to} cannot be made (${messageOf(error)}). Choose another one, or connect its disk.`,
      { field: 'path', cause: error },
    );
  }
}

function refuseSmallDisk(from: string, to: string): void {
  const needed =
    statSync(from).size + (statSync(`${from}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  const { bavail, bsize } = statfsSync(to);
  if (bavail * bsize >= needed + roomForOthers) return;
  throw new UserError(
    'conflict',
    `There is not enough room in ${to}: ${Math.ceil((needed + roomForOthers) / 1e6)} MB are needed.`,
    { field: 'path' },
  );
}

/** Their usual place is beside the data folder: without this, those made so far would be out of sight. */
function keepBackupsWhereTheyAre(to: string, folder: string | null, settings: SettingsStore): void {
  if (folder === null || settings.read().backup_dir !== null) return;
  if (contains(to, folder)) return;
  const file = join(to, 'settings.json');
  writeFileSync(
    file,
    `${JSON.stringify({ ...settings.read(), backup_dir: folder }, null, '\t')}\n`,
  );
}
