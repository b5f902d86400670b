import type { Reader } from '../db/handle.ts';
import { ReadCancelled, type Readers } from './readers.ts';
import { performRead } from './perform-read.ts';

/** Answers in the caller's own thread: for a host without threads, and for tests. Nothing can interrupt it there. */
export function inlineReaders(db: Reader): Readers {
  let stopped = false;
  return {
    async run(name, input, signal) {
      // A turn later, as from a thread, so that an abort in the same turn counts.
      await Promise.resolve();
      if (stopped || signal?.aborted) throw new ReadCancelled();
      return performRead(db, name, input, { refuseCancelled: () => undefined });
    },
    async stop() {
      stopped = true;
      await Promise.resolve();
    },
  };
}
