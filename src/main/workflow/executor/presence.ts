import type { Reader, Writer } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { Clock } from '../../ports.ts';
import { toleranceMs } from '../decide/decide-missed.ts';
import { type AwayOutcome, countAway } from '../store/away-store.ts';

/** How often the file is told that the executor runs, in milliseconds. */
const markEveryMs = 60_000;

/**
 * Since when the executor has been running without a break. A break is the time between two programs, or the sleep of
 * the machine: what fell due in it was missed.
 */
export class Presence {
  private readonly clock: Clock;
  private lastSeen: number | null = null;
  private lastMarked = Number.NEGATIVE_INFINITY;
  private breakBegan: number | null = null;
  private since: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.since = clock.now();
  }

  /** The executor begins, or goes on after another program. */
  begin(db: Reader): void {
    const seen = db.get<{ seen_at: string | null }>(
      'SELECT seen_at FROM executor_lease WHERE id = 1',
    )?.seen_at;
    const at = seen === undefined || seen === null ? Number.NaN : Date.parse(seen);
    this.lastSeen = Number.isFinite(at) ? at : null;
    this.since = this.clock.now();
    this.notice();
  }

  /** Looks whether time jumped since the last call: the machine slept, or its clock was moved on. */
  notice(): void {
    const now = this.clock.now();
    const last = this.lastSeen;
    if (last !== null && now - last > toleranceMs) {
      this.since = now;
      this.breakBegan = last;
    }
    this.lastSeen = now;
  }

  /** Since when it has been running, in epoch milliseconds. */
  get awakeSince(): number {
    return this.since;
  }

  /** Whether the file should be told again. */
  get isMarkDue(): boolean {
    return Math.abs(this.clock.now() - this.lastMarked) >= markEveryMs;
  }

  /** Writes down that the executor runs now: the next one learns from it how long nothing ran. */
  mark(db: Writer, nowText: string): void {
    db.run('UPDATE executor_lease SET seen_at = ? WHERE id = 1', nowText);
    this.lastMarked = this.clock.now();
  }

  /** Counts what became of something that was missed, for the summary the user sees when back. */
  count(unit: UnitOfWork, workflowId: string, outcome: AwayOutcome): void {
    const began = this.breakBegan ?? this.since;
    countAway(unit.db, workflowId, outcome, new Date(began).toISOString(), unit.nowText);
    unit.touch('workflow', workflowId);
  }
}
