/** Notes how long the event loop went without a turn, one gap after the other. */
export class LoopHolds {
  private readonly gaps: number[] = [];
  private last = performance.now();
  private handle: NodeJS.Immediate | null = null;

  start(): void {
    this.last = performance.now();
    const turn = (): void => {
      const now = performance.now();
      this.gaps.push(now - this.last);
      this.last = now;
      this.handle = setImmediate(turn);
    };
    this.handle = setImmediate(turn);
  }

  /** @returns every gap in milliseconds */
  stop(): readonly number[] {
    if (this.handle) clearImmediate(this.handle);
    return this.gaps;
  }
}
