import type { Cancel, Clock } from '../../src/main/ports.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** More turns than any test needs: work that asks for another turn for ever is a fault, not a wait. */
const maximumTurns = 100_000;

export interface FakeClockOptions {
  /** ISO text with its zone. */
  readonly start?: string;
  /** IANA name. */
  readonly timeZone?: string;
  /** Milliseconds that pass on `elapsed` with each reading of it, to make work look slow. */
  readonly elapsedPerReading?: number;
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  private ms: number;
  private zone: string;
  private readonly startMs: number;
  private readonly elapsedPerReading: number;
  /** How far the clock was set back, in milliseconds. */
  private offset = 0;
  private readings = 0;
  private order = 0;
  private readonly timers = new Set<Timer>();
  private readonly soonest = new Set<() => void>();

  constructor({
    start = '2026-03-02T09:00:00Z',
    timeZone = 'Europe/Berlin',
    elapsedPerReading = 0,
  }: FakeClockOptions = {}) {
    this.startMs = Date.parse(start);
    this.ms = this.startMs;
    this.zone = timeZone;
    this.elapsedPerReading = elapsedPerReading;
  }

  now(): number {
    return this.ms + this.offset;
  }

  nowText(): string {
    return new Date(this.now()).toISOString();
  }

  timeZone(): string {
    return this.zone;
  }

  elapsed(): number {
    this.readings += 1;
    return this.ms - this.startMs + this.readings * this.elapsedPerReading;
  }

  after(ms: number, run: () => void): Cancel {
    this.order += 1;
    const timer = { at: this.ms + Math.max(0, ms), order: this.order, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  soon(run: () => void): Cancel {
    // Wrapped, so that the same function asked for twice runs twice.
    const turn = (): void => run();
    this.soonest.add(turn);
    return () => this.soonest.delete(turn);
  }

  /** How many timers wait for a later instant. */
  get waitingTimers(): number {
    return this.timers.size;
  }

  /** Runs what was asked for `soon`, and what that asks for in turn; time does not move. */
  runToIdle(): void {
    for (let turns = 0; this.soonest.size > 0; turns += 1) {
      if (turns > maximumTurns) throw new Error('The work asks for another turn without end');
      this.runOneTurn();
    }
  }

  /** Runs the oldest thing asked for `soon`. @returns whether there was one */
  runOneTurn(): boolean {
    const [turn] = this.soonest;
    if (!turn) return false;
    this.soonest.delete(turn);
    turn();
    return true;
  }

  /** Moves time on; each timer on the way runs at its own instant, and the work it asks for with it. */
  advance(ms: number): void {
    const end = this.ms + ms;
    this.runToIdle();
    for (let timer = this.nextTimer(end); timer; timer = this.nextTimer(end)) {
      this.timers.delete(timer);
      this.ms = Math.max(this.ms, timer.at);
      timer.run();
      this.runToIdle();
    }
    this.ms = end;
  }

  /** Moves time on at once, as when the machine slept: what fell due meanwhile runs then, each timer once. */
  sleep(ms: number): void {
    this.runToIdle();
    this.ms += ms;
    this.advance(0);
  }

  /** Moves time on, and rings no timer: as when the machine was asleep and just woke. */
  jump(ms: number): void {
    this.ms += ms;
  }

  /** Sets the clock back, as people and time servers do; timers keep their distance. */
  setBack(ms: number): void {
    this.offset -= ms;
  }

  private nextTimer(end: number): Timer | undefined {
    return [...this.timers]
      .filter((timer) => timer.at <= end)
      .toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}
