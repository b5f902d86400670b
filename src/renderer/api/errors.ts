import { ORPCError } from '@orpc/client';
import { type ErrorKind, errorKindOfStatus, errorKinds } from '../../shared/model/error-kind.ts';

/** The server did not answer: not the user's fault, and worth trying again. */
export class ConnectionLostError extends Error {
  override name = 'ConnectionLostError';
}

/** The message of a failed call, fit to be shown, and the dotted path of the input to blame. */
export interface CallFailure {
  readonly message: string;
  readonly field: string | null;
  readonly code: string;
  readonly kind: ErrorKind;
}

function fieldOf(data: unknown): string | null {
  if (!data || typeof data !== 'object' || !('field' in data)) return null;
  return typeof data.field === 'string' ? data.field : null;
}

function kindOf(data: unknown): ErrorKind | null {
  if (!data || typeof data !== 'object' || !('kind' in data)) return null;
  return errorKinds.find((kind) => kind === data.kind) ?? null;
}

/** `message` is empty when nothing was said that the user could use; screens then say it in their words. */
export function describeFailure(error: unknown): CallFailure {
  if (error instanceof ORPCError) {
    // Of a fault of ours the server tells its log, not the user: the screens have better words.
    const message = error.status >= 500 ? '' : error.message;
    const kind = kindOf(error.data) ?? errorKindOfStatus(error.status);
    return { message, field: fieldOf(error.data), code: String(error.code), kind };
  }
  if (error instanceof ConnectionLostError) {
    return { message: '', field: null, code: 'connection_lost', kind: 'try_again' };
  }
  const message = error instanceof Error ? error.message : '';
  return { message, field: null, code: 'unknown', kind: 'our_bug' };
}

/** An error that answers a question (not found, conflict, …): asking again gives the same. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ORPCError && error.status < 500;
}
