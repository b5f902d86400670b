import { explainStorageFailure } from '../../db/storage-error.ts';
import { UserError } from '../../errors.ts';
import type { Clock, IdSource } from '../../ports.ts';
import type { FromRehearsal, ToRehearsal } from './rehearsal-messages.ts';
import { rehearseCopy } from './rehearse-copy.ts';

/** The inside of a rehearsal thread: it rehearses once, tells what it finds as it goes, and is done. */
export function serveRehearsal(
  machine: Pick<Clock, 'timeZone' | 'elapsed'>,
  ids: IdSource,
  post: (message: FromRehearsal) => void,
  onMessage: (listener: (message: ToRehearsal) => void) => void,
): void {
  onMessage((order) => {
    try {
      for (const message of rehearseCopy(order, machine, ids))
        if (message !== null) post({ kind: 'message', message });
      post({ kind: 'ended' });
    } catch (error) {
      post(toAnswer(error));
    }
  });
}

function toAnswer(error: unknown): FromRehearsal {
  const known = error instanceof UserError ? error : explainStorageFailure(error);
  if (known) {
    const { code, message, field } = known;
    return { kind: 'refused', code, message, field };
  }
  return {
    kind: 'failed',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
