import { isStorageFailure } from './storage-error.ts';

/** Thrown inside the first try of `attemptAll` alone, and caught there. */
class SharedSavepointFailed extends Error {}

/**
 * Parts of a transaction that are undone on their own when they fail. A savepoint costs two statements, and a copy of
 * each page that is first written after it, so it is opened by the first write, and shared where failing is rare.
 */
export class Savepoints {
  private readonly execute: (sql: string) => void;
  private readonly inTransaction: () => boolean;
  private readonly beginAnew: () => void;
  /** What the disk or the file said when it failed within an attempt: no part may pass for done after it. */
  failure: Error | null = null;
  /** How many attempts are under way, and for how many of them a savepoint is open. */
  private wanted = 0;
  private open = 0;
  /** Statements of this transaction that may have written. */
  private writes = 0;
  private isShared = false;
  private partFailed = false;

  /** @param beginAnew undoes the whole transaction and begins another */
  constructor(execute: (sql: string) => void, inTransaction: () => boolean, beginAnew: () => void) {
    this.execute = execute;
    this.inTransaction = inTransaction;
    this.beginAnew = beginAnew;
  }

  /** To be called before each statement that may write. */
  beforeWrite(): void {
    this.writes += 1;
    for (; this.open < this.wanted; this.open += 1) this.execute('SAVEPOINT attempt');
  }

  /** Runs `work` so that, when it throws, its writes are undone and the transaction goes on. */
  attempt<T>(work: () => T): T {
    return this.isShared ? this.attemptPart(work) : this.attemptWhole(work);
  }

  /** As `UnitOfWork.attemptAll`. */
  attemptAll<T>(work: () => T, beforeRepeating: () => void): T {
    if (this.isShared) return this.attemptPart(work);
    // Where nothing was written yet the transaction itself is as good as a savepoint, and costs no copies of pages.
    const isFirst = this.wanted === 0 && this.writes === 0;
    this.isShared = true;
    this.partFailed = false;
    const firstTry = (): T => {
      const result = work();
      if (this.partFailed) throw new SharedSavepointFailed();
      return result;
    };
    try {
      return isFirst ? this.attemptTransaction(firstTry) : this.attemptWhole(firstTry);
    } catch (error) {
      if (!this.partFailed || this.failure !== null) throw this.failure ?? error;
    } finally {
      this.isShared = false;
    }
    beforeRepeating();
    return this.attemptWhole(work);
  }

  /** At the end of a transaction, however it came. */
  reset(): void {
    this.wanted = 0;
    this.open = 0;
    this.writes = 0;
    this.failure = null;
  }

  private noteFailure(error: unknown): void {
    if (!(error instanceof Error) || !isStorageFailure(error)) return;
    this.failure ??= error;
    if (this.inTransaction()) return;
    // SQLite gave up the whole transaction. Another stands in, so that nothing that follows is committed by itself.
    this.open = 0;
    this.execute('BEGIN');
  }

  private attemptTransaction<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.noteFailure(error);
      // A transaction that only stands in for one that SQLite gave up is never committed.
      if (this.writes > 0 && this.failure === null) {
        this.beginAnew();
        this.writes = 0;
      }
      throw error;
    }
  }

  private attemptWhole<T>(work: () => T): T {
    this.wanted += 1;
    const level = this.wanted;
    try {
      const result = work();
      this.close(level);
      return result;
    } catch (error) {
      this.noteFailure(error);
      if (this.open >= level) this.execute('ROLLBACK TO attempt');
      this.close(level);
      throw error;
    }
  }

  private close(level: number): void {
    this.wanted = level - 1;
    if (this.open < level) return;
    this.execute('RELEASE attempt');
    this.open = level - 1;
  }

  /** What failed before its first write leaves nothing to undo. */
  private attemptPart<T>(work: () => T): T {
    const before = this.writes;
    try {
      return work();
    } catch (error) {
      this.noteFailure(error);
      if (this.writes > before) this.partFailed = true;
      throw error;
    }
  }
}
