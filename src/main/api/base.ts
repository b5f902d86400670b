import { ORPCError, ValidationError } from '@orpc/server';
import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/index.ts';
import { errorKindOfStatus } from '../../shared/model/error-kind.ts';
import type { Actor } from '../../shared/events/event-types.ts';
import { explainStorageFailure } from '../db/storage-error.ts';
import type { CallTimes } from '../diagnostics/call-times.ts';
import { messageOf, UserError } from '../errors.ts';
import type { Logger } from '../ports.ts';
import { ReadCancelled } from '../readers/readers.ts';
import { describeIssues } from './describe-issues.ts';

/** What a transport says of a call. */
export interface CallContext {
  /** `user`: one of our own screens. `api`: anything else that holds a token. */
  readonly actor: Extract<Actor, { kind: 'user' | 'api' }>;
}

const statusOf = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  validation_failed: 422,
} as const;

function toApiError(error: UserError): ORPCError<string, unknown> {
  const { code, message, field, problems, kind } = error;
  const data =
    code === 'not_found' || code === 'forbidden'
      ? undefined
      : {
          ...(field === undefined ? {} : { field }),
          ...(kind === errorKindOfStatus(statusOf[code]) ? {} : { kind }),
          ...(problems === undefined ? {} : { problems }),
        };
  return new ORPCError(code, { status: statusOf[code], message, data, cause: error });
}

/**
 * Errors as the contract declares them, over every transport; what is our fault is logged and told without details.
 *
 * @param noteStorageFailure told of each failure of the disk or the file, as SQLite said it
 * @param times where it is noted how long calls take; null: nowhere
 */
export function createBase(
  logger: Logger,
  noteStorageFailure: (error: unknown) => void,
  times: CallTimes | null,
) {
  return implement(contract)
    .$context<CallContext>()
    .use(async ({ next, path, procedure }) => {
      try {
        if (times === null) return await next();
        return await times.measure(path.join('.'), async () => await next());
      } catch (error) {
        if (error instanceof UserError) throw toApiError(error);
        const storage = explainStorageFailure(error);
        if (storage !== null) {
          noteStorageFailure(error);
          logger.error(`The file could not be used in ${path.join('.')}: ${messageOf(error)}`);
          throw toApiError(storage);
        }
        if (
          error instanceof ORPCError &&
          error.cause instanceof ValidationError &&
          error.code === 'BAD_REQUEST'
        ) {
          const issue = describeIssues(error.cause.issues, error.cause.data);
          // Wrong in a query string is a malformed request, not an invalid record.
          const inQuery = procedure['~orpc'].route.method === 'GET';
          throw toApiError(
            new UserError(
              inQuery ? 'bad_request' : 'validation_failed',
              issue.message,
              // Without a name it is the whole input that is to blame.
              issue.field === '' ? {} : { field: issue.field },
            ),
          );
        }
        if (error instanceof ORPCError) throw error;
        if (error instanceof ReadCancelled) {
          // Whoever asked has gone on: no fault, and nobody reads the answer.
          throw new ORPCError('cancelled', { status: 499, message: error.message, cause: error });
        }
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        logger.error(`Unexpected fault in ${path.join('.')}: ${reason}`);
        throw new ORPCError('internal', {
          status: 500,
          message: 'Something went wrong in Trellis. Nothing was changed; the log has the details.',
          cause: error,
        });
      }
    });
}
