import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** Largest body accepted, in bytes. */
const maximumBodyBytes = 1_048_576;

/**
 * @throws HttpError 413 as soon as the body is too large. What its sender still sends is read and thrown away, on a
 *   connection that stays open: closing it now would reset it, and the answer would be lost. The server's
 *   `requestTimeout` ends a sender who never stops.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maximumBodyBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      const message = 'The body is larger than 1 MB. Send less in one request.';
      reject(new HttpError(413, 'payload_too_large', message));
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}
