import { systemClock } from '../../hosts/system-clock.ts';
import type { Clock } from '../../src/main/ports.ts';

/** Real time, but what asks for its turn `soon` gets it when told to: so one commit can be told from the next. */
export class SteppedClock implements Clock {
  private readonly turns: (() => void)[] = [];

  now(): number {
    return systemClock.now();
  }

  timeZone(): string {
    return systemClock.timeZone();
  }

  elapsed(): number {
    return systemClock.elapsed();
  }

  /** Nothing is due by the clock while a run is taken apart. */
  after(): () => void {
    return () => undefined;
  }

  soon(run: () => void): () => void {
    this.turns.push(run);
    return () => {
      const at = this.turns.indexOf(run);
      if (at !== -1) this.turns.splice(at, 1);
    };
  }

  /** @returns whether something had asked for a turn */
  step(): boolean {
    const turn = this.turns.shift();
    turn?.();
    return turn !== undefined;
  }
}
