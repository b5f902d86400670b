import { powerMonitor } from 'electron';

/** How often the clock is compared with one nobody can set, in milliseconds. */
const compareEvery = 30_000;

/** Less than this is the clock being set right by the network, and moves no wait that matters, in milliseconds. */
const leastJump = 2_000;

/**
 * Tells when time may have moved on in a leap: the computer woke, or somebody set its clock.
 *
 * @returns stops watching
 */
export function watchTime(timeMayHaveMoved: () => void): () => void {
  powerMonitor.on('resume', timeMayHaveMoved);
  powerMonitor.on('unlock-screen', timeMayHaveMoved);
  let ahead = Date.now() - performance.now();
  const timer = setInterval(() => {
    const now = Date.now() - performance.now();
    if (Math.abs(now - ahead) >= leastJump) timeMayHaveMoved();
    ahead = now;
  }, compareEvery);
  // No reason of its own to keep a program alive.
  timer.unref();
  return () => {
    clearInterval(timer);
    powerMonitor.off('resume', timeMayHaveMoved);
    powerMonitor.off('unlock-screen', timeMayHaveMoved);
  };
}
