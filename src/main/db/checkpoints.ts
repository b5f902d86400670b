import type { Cancel, Clock, Logger } from '../ports.ts';
import type { Connection } from './handle.ts';

/** Copies what the write-ahead log holds into the file, beside the thread that writes it. */
export interface CheckpointThread {
  /** @param done told how many pages the log holds, once they are copied as far as readers allow */
  copy(done: (pages: number) => void): void;
  /** @param listener told why, when the thread ends and was not asked to */
  onEnd(listener: (reason: string) => void): void;
  stop(): Promise<void>;
}

/** Commits of so many milliseconds are copied together: each copy costs the disk two waits. */
const gatherMs = 100;

/** At 64 MB the log begins anew: it grows as long as commits never pause. */
const longestLogPages = 16_384;

/** SQLite's own rule, for when nobody copies beside us: a commit that finds so many pages copies them. */
const pagesCopiedByCommits = 1_000;

/** Keeps the write-ahead log short without a commit that waits for it. */
export class Checkpoints {
  private readonly connection: Connection;
  private readonly clock: Clock;
  private thread: CheckpointThread | null;
  private cancel: Cancel | null = null;
  private isCopying = false;
  private isWanted = false;

  constructor(connection: Connection, clock: Clock, logger: Logger, thread: CheckpointThread) {
    this.connection = connection;
    this.clock = clock;
    this.thread = thread;
    connection.sqlite.pragma('wal_autocheckpoint = 0');
    thread.onEnd((reason) => {
      this.thread = null;
      connection.sqlite.pragma(`wal_autocheckpoint = ${pagesCopiedByCommits}`);
      logger.error(`The log of the file is copied by commits from now on: ${reason}`);
    });
  }

  /** After a commit. */
  wake(): void {
    if (this.cancel || this.isCopying) {
      this.isWanted = true;
      return;
    }
    this.cancel = this.clock.after(gatherMs, () => this.copy());
  }

  async stop(): Promise<void> {
    const { thread } = this;
    this.cancel?.();
    this.thread = null;
    await thread?.stop();
  }

  /** @param isSecond what came during a long copy is copied too, so that little is left when the log begins anew */
  private copy(isSecond = false): void {
    this.cancel = null;
    if (!this.thread) return;
    this.isCopying = true;
    this.isWanted = false;
    this.thread.copy((pages) => {
      this.isCopying = false;
      if (!this.thread) return;
      if (pages >= longestLogPages) {
        if (!isSecond) {
          this.copy(true);
          return;
        }
        this.beginLogAnew();
      }
      if (this.isWanted) this.wake();
    });
  }

  /** Between two transactions. A reader that looks at old pages puts it off: nobody waits for it. */
  private beginLogAnew(): void {
    const { sqlite } = this.connection;
    const patience: unknown = sqlite.pragma('busy_timeout', { simple: true });
    sqlite.pragma('busy_timeout = 0');
    try {
      sqlite.pragma('wal_checkpoint(RESTART)');
    } finally {
      sqlite.pragma(`busy_timeout = ${Number(patience)}`);
    }
  }
}
