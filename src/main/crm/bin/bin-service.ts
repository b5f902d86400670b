import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { Connection } from '../../db/handle.ts';
import type { Committer, UnitOfWork } from '../../db/unit-of-work.ts';
import { dropEmptyActions } from '../../journal/user-actions.ts';
import type { Clock } from '../../ports.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { restoreRecord } from '../records/record-store.ts';
import { deletedBefore, hasDeletedNotes, keptSince, purgeNotes, purgeRecord } from './bin-store.ts';
import { nextTurn, sliceMs } from '../../in-slices.ts';

const batchSize = 100;
/** How often what is too old is looked for, in milliseconds. */
const tidyEveryMs = 3_600_000;

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
}

/** Takes records out of the bin, back or for good. Large work goes in slices. */
export class BinService {
  private readonly parts: Parts;
  /** When what is too old is looked for next, in epoch milliseconds. */
  private nextTidyAt = 0;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /**
   * Removes for good some of what has been in the bin too long. Meant to be called again and again: it works once an
   * hour, and each time until nothing is left.
   */
  tidy(): void {
    const { connection, clock } = this.parts;
    const now = clock.now();
    if (now < this.nextTidyAt) return;
    const until = keptSince(now);
    const records = deletedBefore(connection.reader, until, batchSize);
    if (records.length > 0) this.purgeSlice(records);
    else if (hasDeletedNotes(connection.reader, until)) this.purgeNotes(until);
    else this.nextTidyAt = now + tidyEveryMs;
  }

  /** One action of the user, however many records. @returns how many came back */
  restore(unit: UnitOfWork, records: readonly RecordReference[]): number {
    for (const { object, id } of records) restoreOne(unit, object, id);
    return records.length;
  }

  /** @returns how many were removed for good */
  remove(unit: UnitOfWork, records: readonly RecordReference[]): number {
    const count = records.filter((record) => purgeRecord(unit, record)).length;
    dropEmptyActions(unit.db);
    return count;
  }

  /** Removes everything that is in the bin now. @returns how many records */
  async empty(): Promise<number> {
    const { connection, clock } = this.parts;
    const until = new Date(clock.now()).toISOString();
    let count = 0;
    for (;;) {
      const records = deletedBefore(connection.reader, until, batchSize);
      if (records.length === 0) {
        while (hasDeletedNotes(connection.reader, until)) this.purgeNotes(until);
        return count;
      }
      count += this.purgeSlice(records);
      await nextTurn(clock);
    }
  }

  private purgeNotes(until: string): void {
    this.parts.committer.commit({ kind: 'user' }, (unit) => {
      purgeNotes(unit, until, batchSize);
      dropEmptyActions(unit.db);
    });
  }

  private purgeSlice(records: readonly RecordReference[]): number {
    const { committer, clock } = this.parts;
    const deadline = clock.elapsed() + sliceMs;
    return committer.commit({ kind: 'user' }, (unit) => {
      let count = 0;
      for (const record of records) {
        if (purgeRecord(unit, record)) count += 1;
        if (clock.elapsed() >= deadline) break;
      }
      dropEmptyActions(unit.db);
      return count;
    });
  }
}

function restoreOne<O extends ObjectName>(unit: UnitOfWork, object: O, id: string): void {
  const kind: RecordKind<O> = recordKinds[object];
  restoreRecord(unit, kind, id);
}
