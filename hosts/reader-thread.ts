import { Worker } from 'node:worker_threads';
import type { ReaderThread } from '../src/main/readers/readers.ts';

/**
 * A worker thread that reads the file.
 *
 * @param entry path of the built `reader-worker.js`; each host knows where its build put it
 */
export function readerThread(entry: string): ReaderThread {
  return workerThread(entry, 'trellis-reader');
}

/** A worker thread that takes and gives plain data. */
export function workerThread(entry: string, name: string): ReaderThread {
  const worker = new Worker(entry, { name });
  // It serves others; alone it is no reason to stay.
  worker.unref();
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
    post: (message) => worker.postMessage(message),
    onMessage(listener) {
      worker.on('message', listener);
      return () => worker.off('message', listener);
    },
    onEnd(listener) {
      let told = false;
      const tell = (reason: string): void => {
        if (!told) listener(reason);
        told = true;
      };
      worker.on('error', (error) => tell(error instanceof Error ? error.message : String(error)));
      worker.on('exit', (code) => tell(`it left with the code ${code}`));
      return () => {
        told = true;
      };
    },
    async stop() {
      await worker.terminate();
    },
  };
}
