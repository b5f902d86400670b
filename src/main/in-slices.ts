import type { Actor } from '../shared/events/event-types.ts';
import type { CommitOptions, Committer, UnitOfWork } from './db/unit-of-work.ts';
import type { Clock } from './ports.ts';

/** Longest time the main thread is held before pending input is served, in milliseconds. */
export const sliceMs = 8;

/** Lets pending input and output be served before the next slice. */
export function nextTurn(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.soon(() => resolve()));
}

interface Parts {
  readonly committer: Committer;
  readonly clock: Clock;
}

/**
 * One slice of a list: as much of it as fits into one commit of at most 8 ms, and one item at least.
 *
 * @param from the place in the list to begin at
 * @returns the place to go on at
 * @throws whatever `work` throws: the slice is undone
 */
export function commitSlice<T>(
  { committer, clock }: Parts,
  actor: Actor,
  items: readonly T[],
  from: number,
  work: (unit: UnitOfWork, item: T) => void,
  options?: CommitOptions,
): number {
  const deadline = clock.elapsed() + sliceMs;
  return committer.commit(
    actor,
    (unit) => {
      let next = from;
      do {
        const item = items[next];
        if (item === undefined) return items.length;
        work(unit, item);
        next += 1;
      } while (next < items.length && clock.elapsed() < deadline);
      return next;
    },
    options,
  );
}

/**
 * Works through a list in commits of at most 8 ms each, and yields between them.
 *
 * @param signal ends the work after the slice at hand; what was committed stays
 * @throws whatever `work` throws: the slice at hand is undone, those before it stay
 */
export async function inSlices<T>(
  parts: Parts,
  actor: Actor,
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (unit: UnitOfWork, item: T) => void,
): Promise<void> {
  for (let next = 0; next < items.length; ) {
    if (signal?.aborted) return;
    next = commitSlice(parts, actor, items, next, work);
    if (next < items.length) await nextTurn(parts.clock);
  }
}
