import { messageOf } from './errors.ts';
import type { Cancel, Clock, Logger } from './ports.ts';

export interface BackgroundWorkParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** For the log: what could not be done. */
  readonly name: string;
  /** Whether there may be something to do: asked at each waking, so that idleness costs no turn. */
  readonly hasWork: () => boolean;
  /** One slice up to each `yield`: no commit, and no query, may hold the thread for longer than about 8 ms. */
  readonly work: () => Generator<void>;
}

/** Work that may take long, done a slice at a time between everything else. The rows say what is left to do. */
export class BackgroundWork {
  private readonly parts: BackgroundWorkParts;
  private current: Generator<void> | null = null;
  private again = false;
  private running = false;
  private cancelTurn: Cancel = () => undefined;
  private readonly idleWaiters: (() => void)[] = [];

  constructor(parts: BackgroundWorkParts) {
    this.parts = parts;
  }

  start(): void {
    this.running = true;
    this.wake();
  }

  /** Ends between two slices; the next start goes on. */
  stop(): void {
    this.running = false;
    this.current = null;
    this.cancelTurn();
    this.settle();
  }

  /** Looks for work soon; while there is some at hand, once more after it. */
  wake(): void {
    if (!this.running) return;
    if (this.current) {
      this.again = true;
      return;
    }
    if (!this.parts.hasWork()) return;
    this.current = this.parts.work();
    this.askForTurn();
  }

  /** Resolves when nothing is at hand. */
  async idle(): Promise<void> {
    if (!this.current) return;
    await new Promise<void>((resolve) => void this.idleWaiters.push(resolve));
  }

  private askForTurn(): void {
    this.cancelTurn = this.parts.clock.soon(() => this.turn());
  }

  private turn(): void {
    try {
      if (this.current?.next().done === false) {
        this.askForTurn();
        return;
      }
    } catch (error) {
      this.parts.logger.error(`${this.parts.name}: ${messageOf(error)}`);
    }
    this.current = null;
    if (this.again) {
      this.again = false;
      this.wake();
    }
    if (!this.current) this.settle();
  }

  private settle(): void {
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }
}
