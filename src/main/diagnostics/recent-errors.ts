import type { Clock, Logger } from '../ports.ts';
import { type ErrorShape, errorShape } from './error-shape.ts';

interface RecentError extends ErrorShape {
  /** ISO 8601 UTC of the last time. */
  readonly at: string;
  /** How often in a row. */
  readonly times: number;
}

const mostKept = 20;

/** Remembers the shapes of the errors that are logged, for the diagnostics report. */
export class RecentErrors {
  private readonly clock: Clock;
  private readonly kept: RecentError[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** The same logger, with its errors noted. */
  noting(logger: Logger): Logger {
    return {
      info: (message) => logger.info(message),
      error: (message) => {
        this.note(message);
        logger.error(message);
      },
    };
  }

  /** Newest first. */
  list(): readonly RecentError[] {
    return this.kept.toReversed();
  }

  private note(message: string): void {
    const shape = errorShape(message);
    const last = this.kept.at(-1);
    const isSame =
      last !== undefined &&
      last.what === shape.what &&
      last.codes.join() === shape.codes.join() &&
      last.frames.join() === shape.frames.join();
    if (isSame) this.kept.pop();
    const at = new Date(this.clock.now()).toISOString();
    this.kept.push({ ...shape, at, times: isSame ? last.times + 1 : 1 });
    if (this.kept.length > mostKept) this.kept.shift();
  }
}
