import { app } from 'electron';
import type { Logger } from '../src/main/ports.ts';

/** So long may the end take; then it is better to go than to hang. What was answered is on the disk. */
const longestStop = 10_000;

/**
 * Holds quitting back until everything in hand was finished. Electron asks again after the second
 * `app.quit()`, and is then let go.
 *
 * @param stop called once
 */
export function quitInOrder(stop: () => Promise<void>, logger: Logger): { started: () => boolean } {
  let state: 'running' | 'stopping' | 'stopped' = 'running';

  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    void inTime(stop())
      .catch((error: unknown) => logger.error(`Trellis did not end in order: ${String(error)}`))
      .finally(() => {
        state = 'stopped';
        app.quit();
      });
  });

  return { started: () => state !== 'running' };
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it took longer than ${longestStop / 1_000} seconds`));
    }, longestStop);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
