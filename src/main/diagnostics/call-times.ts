import type { Clock } from '../ports.ts';

interface CallTime {
  /** Name of the procedure, such as `contacts.list`. */
  readonly name: string;
  readonly calls: number;
  /** In milliseconds. */
  readonly longest: number;
  readonly mean: number;
}

/** How long the calls of the API took since the start. */
export class CallTimes {
  private readonly clock: Clock;
  private readonly seen = new Map<string, { calls: number; longest: number; total: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async measure<T>(name: string, call: () => Promise<T>): Promise<T> {
    const start = this.clock.elapsed();
    try {
      return await call();
    } finally {
      const took = this.clock.elapsed() - start;
      const times = this.seen.get(name) ?? { calls: 0, longest: 0, total: 0 };
      times.calls += 1;
      times.total += took;
      times.longest = Math.max(times.longest, took);
      this.seen.set(name, times);
    }
  }

  /** Those whose longest call was the longest, the longest first. */
  slowest(count: number): CallTime[] {
    return [...this.seen]
      .map(([name, { calls, longest, total }]) => ({ name, calls, longest, mean: total / calls }))
      .toSorted((a, b) => b.longest - a.longest)
      .slice(0, count);
  }
}
