import type { Connection, Writer } from '../db/handle.ts';
import type { Committer } from '../db/unit-of-work.ts';
import type { Clock } from '../ports.ts';
import { historyBudget, historyCutoff } from './history-budget.ts';
import {
  deleteEnrolmentsBefore,
  deleteEvent,
  deleteJournalBefore,
  deleteRefusalsBefore,
  deleteRun,
  deleteTimedEventsBefore,
  eventsBefore,
  measureHistory,
  occurredAt,
  runsBefore,
} from './history-store.ts';

/** Rows looked at in one slice: few enough for 8 ms. */
const batchSize = 50;

/** Pages given back in one slice; free pages up to the second number are left for what comes next. */
const pagesAtATime = 64;
const pagesToKeep = 64;

/**
 * That a moment fired is remembered for at least so long, whatever the budget, in milliseconds: a clock that is set back
 * must not make it fire again.
 */
const keepFiredMs = 31 * 86_400_000;

export interface PruneParts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
}

/**
 * Takes away history that is beyond its budget, a slice at a time, then gives the room back to the disk. What waits,
 * and every event a run that is kept began with, stays.
 */
export function* pruneHistory(parts: PruneParts): Generator<void> {
  const { reader } = parts.connection;
  const cutoff = historyCutoff(
    historyBudget(reader),
    measureHistory(reader),
    parts.clock.now(),
    (seq) => occurredAt(reader, seq),
  );
  yield;
  yield* pruneRuns(parts, cutoff);
  yield* pruneEvents(parts, cutoff);
  for (const remove of [deleteJournalBefore, deleteRefusalsBefore, deleteEnrolmentsBefore])
    yield* pruneRows(parts, (db) => remove(db, cutoff, batchSize));
  const fired = new Date(parts.clock.now() - keepFiredMs).toISOString();
  const before = cutoff < fired ? cutoff : fired;
  yield* pruneRows(parts, (db) => deleteTimedEventsBefore(db, before, batchSize));
  yield* compact(parts);
}

/** @param remove takes away at most one batch, and answers how many rows went */
function* pruneRows({ committer }: PruneParts, remove: (db: Writer) => number): Generator<void> {
  let count = batchSize;
  while (count === batchSize) {
    count = committer.commit({ kind: 'user' }, ({ db }) => remove(db), { point: 'history' });
    yield;
  }
}

function* pruneRuns({ connection, committer }: PruneParts, cutoff: string): Generator<void> {
  let after = 0;
  for (;;) {
    const runs = runsBefore(connection.reader, after, cutoff, batchSize);
    const last = runs.at(-1);
    if (!last) return;
    after = last.seq;
    const old = runs.filter((run) => run.is_old === 1);
    if (old.length > 0) {
      committer.commit(
        { kind: 'user' },
        (unit) => {
          for (const { id } of old) deleteRun(unit.db, id);
        },
        { point: 'history' },
      );
    }
    yield;
  }
}

function* pruneEvents({ connection, committer }: PruneParts, cutoff: string): Generator<void> {
  let after = 0;
  for (;;) {
    const events = eventsBefore(connection.reader, after, cutoff, batchSize);
    const last = events.at(-1);
    if (!last) return;
    after = last.seq;
    const free = events.filter((event) => event.is_free === 1);
    if (free.length > 0) {
      // That no run is of them was asked with the indexes there are; SQLite itself would read every run for each.
      connection.sqlite.pragma('foreign_keys = OFF');
      try {
        committer.commit(
          { kind: 'user' },
          (unit) => {
            for (const { seq } of free) deleteEvent(unit.db, seq);
          },
          { point: 'history' },
        );
      } finally {
        connection.sqlite.pragma('foreign_keys = ON');
      }
    }
    yield;
  }
}

/** Gives free pages back to the disk, where the file was made so that it can. */
function* compact({ connection: { sqlite } }: PruneParts): Generator<void> {
  const free = (): number => Number(sqlite.pragma('freelist_count', { simple: true }));
  for (let before = Number.POSITIVE_INFINITY; free() > pagesToKeep && free() < before; ) {
    before = free();
    sqlite.pragma(`incremental_vacuum(${pagesAtATime})`);
    yield;
  }
}
