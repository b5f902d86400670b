import { copyFileSync, constants, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from '../db/migrate.ts';
import { explainStorageFailure } from '../db/storage-error.ts';
import { checkSound } from './copy-file.ts';
import { type FileSummary, readFileSummary } from './file-summary.ts';
import { openSealedFile } from './sealed-file.ts';

export interface OpenedBackup {
  readonly backup: string;
  /** Null for one that is not sealed. */
  readonly passphrase: string | null;
  /** Folder for the open copy, inside the data folder; emptied before and removed after. */
  readonly scratch: string;
}

/** Lends a readable copy of a backup: the backup itself is never opened for writing, nor left open beside itself. */
export function withOpened<T>(
  { backup, passphrase, scratch }: OpenedBackup,
  work: (path: string) => T,
): T {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const path = join(scratch, 'restored.db');
  if (passphrase === null) copyFileSync(backup, path, constants.COPYFILE_FICLONE);
  else openSealedFile(backup, path, passphrase);
  return work(path);
}

/** Counts and newest change of a backup that was found to be sound. */
export function previewBackup(opened: OpenedBackup): FileSummary {
  try {
    return withOpened(opened, (path) => {
      checkSound(path);
      return readFileSummary(path);
    });
  } finally {
    rmSync(opened.scratch, { recursive: true, force: true });
  }
}

export interface RestoreOrder extends OpenedBackup {
  readonly live: string;
}

/** Rows that belong to this computer's use of the file and not to what is in it. */
const carriedOver = ['sessions', 'executor_lease'] as const;

/**
 * Makes a checked copy of a backup, in today's schema, ready to take the place of the live file. Automation is paused
 * in it: what its workflows would catch up on may long have been done.
 *
 * @returns its path, in the scratch folder
 */
export function prepareRestore(order: RestoreOrder): string {
  return withOpened(order, (path) => {
    readFileSummary(path);
    checkSound(path);
    const sqlite = new Database(path);
    try {
      sqlite.pragma('journal_mode = DELETE');
      migrate(sqlite, () => undefined);
      carryOver(sqlite, order.live);
      pauseAutomation(sqlite);
    } finally {
      sqlite.close();
    }
    checkSound(path);
    return path;
  });
}

/** In a file nobody works on yet, so that nothing is carried out before a person had a look. */
export function pauseAutomation(sqlite: Database.Database): void {
  sqlite
    .prepare("INSERT OR REPLACE INTO file_settings (key, value) VALUES ('automation_paused', '1')")
    .run();
}

function carryOver(sqlite: Database.Database, live: string): void {
  try {
    sqlite.prepare('ATTACH ? AS live').run(live);
  } catch (error) {
    // A live file that is beyond reading is what some restore for.
    if (explainStorageFailure(error) === null) throw error;
    return;
  }
  for (const table of carriedOver) {
    sqlite.exec(
      `DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM live.${table};`,
    );
  }
  // What was sealed stays sealed, whatever was the rule when the backup was made.
  sqlite.exec(`
    DELETE FROM main.file_settings WHERE key = 'backup_key';
    INSERT INTO main.file_settings SELECT * FROM live.file_settings WHERE key = 'backup_key';
    DETACH live`);
}

/**
 * Puts every page of a prepared file in the place of the live one's, in one transaction of the live file: programs that
 * have it open see it change from one moment to the next, and a kill on the way leaves it as it was.
 */
export async function replaceLiveFile(prepared: string, live: string): Promise<void> {
  const source = new Database(prepared, { readonly: true });
  try {
    await source.backup(live, { progress: () => pagesPerStep });
  } finally {
    source.close();
  }
}

const pagesPerStep = 10_000;
