import type { RehearsalInput, RehearsalMessage } from '../../../shared/contract/rehearsal.ts';
import type { Clock, IdSource } from '../../ports.ts';
import { rehearsePast } from './rehearse-past.ts';
import { rehearseRecord } from './rehearse-record.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { openCopy, removeCopy } from './snapshot-copy.ts';

/** What a thread needs to rehearse by itself. */
export interface CopyOrder {
  readonly dataDir: string;
  /** Where the copy is made. */
  readonly path: string;
  readonly input: RehearsalInput;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Rehearses on a copy of the file, which is removed at the end, however that comes about.
 *
 * @returns messages, and null where nothing is to be told but the thread may be given to others
 */
export function* rehearseCopy(
  { dataDir, path, input, now }: CopyOrder,
  machine: Pick<Clock, 'timeZone' | 'elapsed'>,
  ids: IdSource,
): Generator<RehearsalMessage | null> {
  yield { kind: 'progress', phase: 'copying', done: 0, total: 1, at: null };
  const { on } = input;
  try {
    const connection = openCopy(dataDir, path);
    try {
      const begin = on.kind === 'past' ? Date.parse(on.from) : now;
      const stage = { connection, clock: new SimulatedClock(begin, machine), ids, isCopy: true };
      if (on.kind === 'record') {
        connection.begin();
        yield { kind: 'found', ...rehearseRecord(stage, input, on, () => undefined) };
        connection.rollback();
      } else {
        const to = new Date(on.to === undefined ? now : Math.min(now, Date.parse(on.to)));
        const from = new Date(begin).toISOString();
        yield* rehearsePast(stage, input, { from, to: to.toISOString() });
      }
    } finally {
      connection.sqlite.close();
    }
  } finally {
    removeCopy(path);
  }
}
