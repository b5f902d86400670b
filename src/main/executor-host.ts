import type { ExecutorLock } from './db/executor-lock.ts';
import type { Reader } from './db/handle.ts';
import type { Committer } from './db/unit-of-work.ts';
import type { Logger } from './ports.ts';

export type ExecutorState =
  | { readonly state: 'here' | 'stopped'; readonly holder: string | null }
  | { readonly state: 'elsewhere'; readonly holder: string | null };

interface Lease {
  readonly holder: string;
}

/** Who may execute: the lock decides; the lease row only tells others who holds it. */
export class ExecutorRight {
  private readonly lock: ExecutorLock;
  private readonly reader: Reader;
  private readonly committer: Committer;
  private readonly logger: Logger;
  private readonly label: string;
  private saidElsewhere = false;

  constructor(
    lock: ExecutorLock,
    reader: Reader,
    committer: Committer,
    logger: Logger,
    label: string,
  ) {
    this.lock = lock;
    this.reader = reader;
    this.committer = committer;
    this.logger = logger;
    this.label = label;
  }

  /** @returns whether this process may execute now */
  tryTake(): boolean {
    if (this.lock.isHeld) return true;
    if (!this.lock.tryAcquire()) {
      if (!this.saidElsewhere) {
        this.logger.info(
          `Workflows run in ${this.holder() ?? 'another program'}, which holds this file; this one serves without executing.`,
        );
      }
      this.saidElsewhere = true;
      return false;
    }
    try {
      this.committer.commit({ kind: 'user' }, (unit) => {
        unit.db.run(
          `INSERT INTO executor_lease (id, holder, acquired_at) VALUES (1, ?, ?)
           ON CONFLICT(id) DO UPDATE SET holder = excluded.holder, acquired_at = excluded.acquired_at`,
          this.label,
          unit.nowText,
        );
      });
    } catch (error) {
      // Given back, so that the next try begins anew: a lock held without executing would stop everybody.
      this.lock.release();
      throw error;
    }
    if (this.saidElsewhere) this.logger.info('The other program ended; workflows run here now.');
    this.saidElsewhere = false;
    return true;
  }

  release(): void {
    this.lock.release();
  }

  get isHeld(): boolean {
    return this.lock.isHeld;
  }

  describe(): ExecutorState {
    return this.lock.isHeld
      ? { state: 'here', holder: this.label }
      : { state: 'elsewhere', holder: this.holder() };
  }

  private holder(): string | null {
    return this.reader.get<Lease>('SELECT holder FROM executor_lease WHERE id = 1')?.holder ?? null;
  }
}
