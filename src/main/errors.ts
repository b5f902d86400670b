import type { ErrorKind } from '../shared/model/error-kind.ts';
import type { Problem } from '../shared/workflow/definition.ts';

export type UserErrorCode =
  | 'bad_request'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'validation_failed';

interface UserErrorDetails {
  /** Dotted path of the input that is to blame. */
  readonly field?: string;
  readonly problems?: readonly Problem[];
  /** Default: the input is to be mended. Never `our_bug`: that is what any other error is. */
  readonly kind?: Exclude<ErrorKind, 'our_bug'>;
  /** What it was told from; for the log. */
  readonly cause?: unknown;
}

/** Something the user can put right; its message says how. Anything else thrown is a fault of ours. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;
  readonly field: string | undefined;
  readonly problems: readonly Problem[] | undefined;
  readonly kind: Exclude<ErrorKind, 'our_bug'>;

  constructor(code: UserErrorCode, message: string, details: UserErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.field = details.field;
    this.problems = details.problems;
    this.kind = details.kind ?? 'fix_input';
  }
}

export function invalid(field: string, message: string): UserError {
  return new UserError('validation_failed', message, { field });
}

export function notFound(what: string, id: string): UserError {
  return new UserError('not_found', `There is no ${what} with the id "${id}".`);
}

/** Which of the three kinds anything thrown is. */
export function errorKindOf(error: unknown): ErrorKind {
  return error instanceof UserError ? error.kind : 'our_bug';
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
