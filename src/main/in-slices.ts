import type { Actor } from '../shared/events/event-types.ts';
import type { Committer, UnitOfWork } from './db/unit-of-work.ts';
import type { Clock } from './ports.ts';

/** Longest time the main thread is held before pending input is served, in milliseconds. */
export const sliceMs = 8;

/** Lets pending input and output be served before the next slice. */
export function nextTurn(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.soon(() => resolve()));
}

/**
 * Works through a list in commits of at most 8 ms each, and yields between them.
 *
 * @param signal ends the work after the slice at hand; what was committed stays
 * @throws whatever `work` throws: the slice at hand is undone, those before it stay
 */
export async function inSlices<T>(
  { committer, clock }: { readonly committer: Committer; readonly clock: Clock },
  actor: Actor,
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (unit: UnitOfWork, item: T) => void,
): Promise<void> {
  for (let next = 0; next < items.length; ) {
    if (signal?.aborted) return;
    const deadline = clock.elapsed() + sliceMs;
    committer.commit(actor, (unit) => {
      do {
        const item = items[next];
        if (item === undefined) return;
        work(unit, item);
        next += 1;
      } while (next < items.length && clock.elapsed() < deadline);
    });
    if (next < items.length) await nextTurn(clock);
  }
}
