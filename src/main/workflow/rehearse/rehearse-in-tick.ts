import type { RehearsalInput, RehearsalResult } from '../../../shared/contract/rehearsal.ts';
import type { Connection } from '../../db/handle.ts';
import { sliceMs } from '../../in-slices.ts';
import type { Clock, IdSource } from '../../ports.ts';
import { rehearseRecord } from './rehearse-record.ts';
import { SimulatedClock } from './simulated-clock.ts';

/** It takes longer than the main thread may be held. */
class TookTooLong extends Error {}

/**
 * Rehearses a workflow on one record in a transaction on the file itself, which is rolled back before anything else
 * happens on this thread.
 *
 * @returns null when that would take longer than a slice
 * @throws UserError as the definition or the record is at fault
 */
export function rehearseInTick(
  { connection, clock, ids }: { connection: Connection; clock: Clock; ids: IdSource },
  input: RehearsalInput,
): RehearsalResult | null {
  const { on } = input;
  if (on.kind !== 'record') return null;
  const deadline = clock.elapsed() + sliceMs;
  const stage = {
    connection,
    clock: new SimulatedClock(clock.now(), clock),
    ids,
    isCopy: false,
  };
  connection.begin();
  try {
    return rehearseRecord(stage, input, on, () => {
      if (clock.elapsed() > deadline) throw new TookTooLong();
    });
  } catch (error) {
    if (error instanceof TookTooLong) return null;
    throw error;
  } finally {
    connection.rollback();
  }
}
