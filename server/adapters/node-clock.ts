import type { Clock } from '../../src/main/ports.ts';

/** Longer timers fire at once in Node, so they are cut; whoever waits looks at the clock again. */
const longestTimerMs = 2 ** 31 - 1;

export const nodeClock: Clock = {
  now: () => Date.now(),
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), longestTimerMs));
    return () => clearTimeout(timer);
  },
  soon(run) {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  },
  elapsed: () => performance.now(),
};
