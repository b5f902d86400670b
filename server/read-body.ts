import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** Largest body accepted, in bytes. */
export const maximumBodyBytes = 1_048_576;

/** What is still read, and thrown away, of a body that is too large, so that its sender gets to see the answer. */
const maximumDrainBytes = 64 * maximumBodyBytes;

/**
 * @throws HttpError 413 once the sender is done, or has sent far too much: an answer while it still sends would be
 *   lost in a reset connection
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maximumBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > maximumDrainBytes) break;
  }
  if (size > maximumBodyBytes) {
    throw new HttpError(
      413,
      'payload_too_large',
      'The body is larger than 1 MB. Send less in one request.',
      { connection: 'close' },
    );
  }
  return Buffer.concat(chunks);
}
