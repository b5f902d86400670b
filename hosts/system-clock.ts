import type { Cancel, Clock } from '../src/main/ports.ts';

/** `setTimeout` fires at once beyond this, so a longer wait is made of several. */
const longestTimer = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  after,
  soon(run) {
    const handle = setImmediate(run);
    return () => clearImmediate(handle);
  },
  elapsed: () => performance.now(),
};

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
