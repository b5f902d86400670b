import { openReader } from '../db/open-database.ts';
import type { Connection } from '../db/handle.ts';
import { UserError } from '../errors.ts';
import type { FromReader, ToReader } from './messages.ts';
import { performRead } from './perform-read.ts';
import { ReadCancelled } from './readers.ts';

/** The inside of a reader thread: one connection that can only read, one request at a time. */
export function serveReads(
  post: (message: FromReader) => void,
  onMessage: (listener: (message: ToReader) => void) => void,
): void {
  let connection: Connection | null = null;
  let cancelled = new Int32Array(new SharedArrayBuffer(4));
  let current = 0;

  const refuseCancelled = (): void => {
    if (Atomics.load(cancelled, 0) === current) throw new ReadCancelled();
  };

  onMessage((message) => {
    if (message.kind === 'open') {
      cancelled = new Int32Array(message.cancelled);
      connection = openReader(message.dataDir, refuseCancelled);
      post({ kind: 'ready' });
      return;
    }
    const { id, name, input } = message;
    current = id;
    try {
      if (!connection) throw new Error('The reader has no file yet');
      refuseCancelled();
      // The input was typed by whoever asked; threads carry it as plain data.
      const output = performRead(connection.reader, name, input as never, { refuseCancelled });
      post({ kind: 'done', id, output });
    } catch (error) {
      post(toAnswer(id, error, Atomics.load(cancelled, 0) === id));
    }
  });
}

function toAnswer(id: number, error: unknown, wasCancelled: boolean): FromReader {
  // What a function throws inside a statement arrives as SQLite's own error.
  if (wasCancelled || error instanceof ReadCancelled) return { kind: 'cancelled', id };
  if (error instanceof UserError) {
    const { code, message, field } = error;
    return { kind: 'refused', id, code, message, field };
  }
  return {
    kind: 'failed',
    id,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
