import type { Cancel, Clock } from '../src/main/ports.ts';

/** `setTimeout` fires at once beyond this, so a longer wait is made of several. */
const longestTimer = 2 ** 31 - 1;

/** How long the machine's zone is taken for granted, in milliseconds: asking costs as much as writing ten rows. */
const zoneKeptMs = 1_000;

class SystemClock implements Clock {
  private zone = '';
  private zoneReadAt = Number.NEGATIVE_INFINITY;
  readonly after = after;

  now(): number {
    return Date.now();
  }

  timeZone(): string {
    const at = performance.now();
    if (at - this.zoneReadAt >= zoneKeptMs) {
      this.zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      this.zoneReadAt = at;
    }
    return this.zone;
  }

  soon(run: () => void): Cancel {
    const handle = setImmediate(run);
    return () => clearImmediate(handle);
  }

  elapsed(): number {
    return performance.now();
  }
}

/** The machine's own time. */
export const systemClock: Clock = new SystemClock();

function after(ms: number, run: () => void): Cancel {
  let left = Math.max(0, ms);
  let handle = arm();
  return () => clearTimeout(handle);

  function arm(): NodeJS.Timeout {
    const step = Math.min(left, longestTimer);
    return setTimeout(() => {
      left -= step;
      if (left > 0) handle = arm();
      else run();
    }, step);
  }
}
