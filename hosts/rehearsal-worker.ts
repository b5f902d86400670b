import { parentPort } from 'node:worker_threads';
import { serveRehearsal } from '../src/main/workflow/rehearse/serve-rehearsal.ts';
import { systemClock } from './system-clock.ts';
import { uuidIds } from './uuid-ids.ts';

// The entry of a rehearsal thread, built on its own: both hosts start it by its path.
const port = parentPort;
if (!port) throw new Error('rehearsal-worker runs as a worker thread alone');
serveRehearsal(
  systemClock,
  uuidIds,
  (message) => port.postMessage(message),
  (listener) => port.on('message', listener),
);
