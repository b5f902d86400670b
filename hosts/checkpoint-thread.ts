import { Worker } from 'node:worker_threads';
import type { CheckpointThread } from '../src/main/db/checkpoints.ts';

/**
 * A worker thread that copies the write-ahead log of a file.
 *
 * @param entry path of the built `checkpoint-worker.js`; each host knows where its build put it
 * @param file path of `trellis.db`
 */
export function checkpointThread(entry: string, file: string): CheckpointThread {
  const worker = new Worker(entry, { name: 'trellis-checkpoints', workerData: file });
  // It serves others; alone it is no reason to stay.
  worker.unref();
  let isStopped = false;
  return {
    copy(done) {
      worker.once('message', (pages: unknown) => done(Number(pages)));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
      worker.postMessage(null);
    },
    onEnd(listener) {
      let told = false;
      const tell = (reason: string): void => {
        if (!told && !isStopped) listener(reason);
        told = true;
      };
      worker.on('error', (error) => tell(error instanceof Error ? error.message : String(error)));
      worker.on('exit', (code) => tell(`its thread left with the code ${code}`));
    },
    async stop() {
      isStopped = true;
      await worker.terminate();
    },
  };
}
