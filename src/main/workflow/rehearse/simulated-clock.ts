import type { Cancel, Clock } from '../../ports.ts';

/** A clock that a rehearsal moves from one moment at which something happens to the next. It never goes back. */
export class SimulatedClock implements Clock {
  private ms: number;
  private readonly machine: Pick<Clock, 'timeZone' | 'elapsed'>;

  constructor(startMs: number, machine: Pick<Clock, 'timeZone' | 'elapsed'>) {
    this.ms = startMs;
    this.machine = machine;
  }

  now(): number {
    return this.ms;
  }

  moveTo(ms: number): void {
    this.ms = Math.max(this.ms, ms);
  }

  timeZone(): string {
    return this.machine.timeZone();
  }

  elapsed(): number {
    return this.machine.elapsed();
  }

  /** Nothing rings by itself: who rehearses asks what is due. */
  after(): Cancel {
    return () => undefined;
  }

  soon(): Cancel {
    return () => undefined;
  }
}
