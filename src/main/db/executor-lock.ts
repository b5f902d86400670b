import { join } from 'node:path';
import Database from 'better-sqlite3';
import { messageOf } from '../errors.ts';

export const lockFileName = 'trellis.lock';

/**
 * The right to execute: an open `BEGIN EXCLUSIVE` on a file of its own. The operating system drops it with the
 * process, however that ends, so no crash can block the next start the way an expiring lease would.
 */
export class ExecutorLock {
  private readonly path: string;
  private held: Database.Database | null = null;

  constructor(dataDir: string) {
    this.path = join(dataDir, lockFileName);
  }

  get isHeld(): boolean {
    return this.held !== null;
  }

  /** @returns whether this process now holds the lock; safe to call again */
  tryAcquire(): boolean {
    if (this.held) return true;
    const sqlite = new Database(this.path, { timeout: 0 });
    try {
      sqlite.exec('BEGIN EXCLUSIVE');
      this.held = sqlite;
      return true;
    } catch (error) {
      sqlite.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
        return false;
      // The path is named, for the file is one that few people know of.
      throw new Error(
        `${this.path} cannot be used (${messageOf(error)}). It holds no data: remove it while no Trellis runs.`,
        { cause: error },
      );
    }
  }

  release(): void {
    this.held?.close();
    this.held = null;
  }
}
