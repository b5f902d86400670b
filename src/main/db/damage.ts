import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { UserError } from '../errors.ts';

/** The file of the user's data is not sound any more. It is not written to again until it was repaired. */
export class DamagedFileError extends UserError {
  constructor(message: string, cause?: unknown) {
    super('conflict', message, { cause });
  }
}

const markName = 'trellis.db.damaged';

/** Whether an error says that the file itself is not sound. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedFileError) return true;
  if (!(error instanceof Database.SqliteError)) return false;
  return error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB';
}

/**
 * Leaves a mark that the next start finds: a page deep in the file that cannot be read is met by chance, and must not
 * be forgotten by the time somebody can repair it.
 */
export function markDamaged(dataDir: string): void {
  try {
    writeFileSync(join(dataDir, markName), 'Start Trellis to repair trellis.db.\n');
  } catch {
    // A disk that takes no mark either: the page will be met again.
  }
}

export function isMarkedDamaged(dataDir: string): boolean {
  return existsSync(join(dataDir, markName));
}

export function clearDamageMark(dataDir: string): void {
  rmSync(join(dataDir, markName), { force: true });
}
