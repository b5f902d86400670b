import { parentPort } from 'node:worker_threads';
import { serveReads } from '../src/main/readers/serve-reads.ts';

// The entry of a reader thread, built on its own: both hosts start it by its path.
const port = parentPort;
if (!port) throw new Error('reader-worker runs as a worker thread alone');
serveReads(
  (message) => port.postMessage(message),
  (listener) => port.on('message', listener),
);
