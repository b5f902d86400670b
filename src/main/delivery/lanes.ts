/** How many may be on their way at once: in all, and to one host or account. */
const mostInAll = 8;
const mostInLane = 2;

/** What is on its way, and how fast each lane may go. Kept in memory: after a start a lane begins with a full allowance. */
export class Lanes {
  private readonly inFlight = new Map<string, number>();
  /** Epoch milliseconds before which a lane takes no more. */
  private readonly notBefore = new Map<string, number>();
  private count = 0;

  get free(): number {
    return mostInAll - this.count;
  }

  get isIdle(): boolean {
    return this.count === 0;
  }

  mayTake(lane: string, now: number): boolean {
    return (this.inFlight.get(lane) ?? 0) < mostInLane && now >= (this.notBefore.get(lane) ?? 0);
  }

  /** @param perMinute how many the lane may take in a minute */
  take(lane: string, now: number, perMinute: number): void {
    this.count += 1;
    this.inFlight.set(lane, (this.inFlight.get(lane) ?? 0) + 1);
    this.notBefore.set(lane, now + 60_000 / perMinute);
  }

  giveBack(lane: string): void {
    this.count -= 1;
    const left = (this.inFlight.get(lane) ?? 1) - 1;
    if (left === 0) this.inFlight.delete(lane);
    else this.inFlight.set(lane, left);
  }

  /** Lanes that take no more at this instant. */
  busy(now: number): string[] {
    for (const [lane, at] of this.notBefore) if (at <= now) this.notBefore.delete(lane);
    const names = new Set([...this.inFlight.keys(), ...this.notBefore.keys()]);
    return [...names].filter((lane) => !this.mayTake(lane, now));
  }

  /** The next instant a lane that waits for its rate alone takes one more; null when none does. */
  nextFreeAt(now: number): number | null {
    const times = [...this.notBefore.values()].filter((at) => at > now);
    return times.length === 0 ? null : Math.min(...times);
  }
}
