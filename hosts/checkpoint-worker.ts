import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

// The entry of the thread that copies the write-ahead log, built on its own: both hosts start it by its path.
const port = parentPort;
if (!port) throw new Error('checkpoint-worker runs as a worker thread alone');
const sqlite = new Database(String(workerData), { fileMustExist: true });
// As the connection that writes: what was copied is on the disk before the log is begun anew.
sqlite.pragma('synchronous = FULL');
sqlite.pragma('fullfsync = ON');
const passive = sqlite.prepare<[], { log: number }>('PRAGMA wal_checkpoint(PASSIVE)');
port.on('message', () => {
  port.postMessage(passive.get()?.log ?? 0);
});
