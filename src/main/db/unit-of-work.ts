import type { Actor, CauseLink } from '../../shared/events/event-types.ts';
import type { Committed, EventBus, Topic, Touched } from '../events/event-bus.ts';
import { insertEvent, type NewEvent } from '../events/event-store.ts';
import { appendJournal, type JournalEntry } from '../journal/journal.ts';
import { UserError } from '../errors.ts';
import { isStorageFailure } from './storage-error.ts';
import type { Clock, IdSource } from '../ports.ts';
import type { Connection, Writer } from './handle.ts';

/** Who writes, and which runs led to it. */
export interface Origin {
  readonly actor: Actor;
  readonly chain: readonly CauseLink[];
  /** IANA name; absent: the machine's zone. */
  readonly timeZone?: string;
}

/**
 * One transaction: the changes, their journal rows and their events commit together or not at all.
 * Everything in it is synchronous, so nothing else can come between.
 */
export class UnitOfWork {
  readonly db: Writer;
  readonly ids: IdSource;
  private readonly machineZone: string;
  /** Instant of the transaction, in epoch milliseconds: all its rows bear the same time. */
  readonly now: number;
  readonly nowText: string;
  private origin: Origin;
  private eventCount = 0;
  private readonly touched: Touched[] = [];
  /** The disk failed in a part that was given up: whatever went on after that may not be committed. */
  private storageFailure: Error | null = null;

  constructor(db: Writer, clock: Clock, ids: IdSource, origin: Origin) {
    this.db = db;
    this.ids = ids;
    this.machineZone = clock.timeZone();
    this.now = clock.now();
    this.nowText = new Date(this.now).toISOString();
    this.origin = origin;
  }

  /** The zone that days and hours are meant in. */
  get timeZone(): string {
    return this.origin.timeZone ?? this.machineZone;
  }

  get actor(): Actor {
    return this.origin.actor;
  }

  emit(event: NewEvent): string {
    const id = this.ids.next();
    insertEvent(this.db, { ...event, id, ...this.origin, occurred_at: this.nowText });
    this.eventCount += 1;
    return id;
  }

  journal(entry: JournalEntry): void {
    appendJournal(this.db, entry, this.origin.actor, this.nowText);
    this.touch(entry.object, entry.record_id);
  }

  /** Notes what screens must read again after the commit. */
  touch(topic: Topic, id: string): void {
    this.touched.push({ topic, id });
  }

  /** Runs `work` with another origin: what a workflow writes is written in its name. */
  as<T>(origin: Origin, work: () => T): T {
    const outer = this.origin;
    this.origin = origin;
    try {
      return work();
    } finally {
      this.origin = outer;
    }
  }

  /** Runs `work` so that, when it throws, its writes are undone and the transaction goes on. */
  attempt<T>(work: () => T): T {
    this.db.run('SAVEPOINT attempt');
    try {
      const result = work();
      this.db.run('RELEASE attempt');
      return result;
    } catch (error) {
      if (error instanceof Error && isStorageFailure(error)) this.storageFailure ??= error;
      this.undoAttempt();
      throw error;
    }
  }

  private undoAttempt(): void {
    try {
      this.db.run('ROLLBACK TO attempt');
      this.db.run('RELEASE attempt');
    } catch (error) {
      if (this.storageFailure === null) throw error;
      // SQLite gave up the whole transaction. Another stands in, so that nothing that follows is committed by itself.
      this.db.run('BEGIN');
    }
  }

  /**
   * A step that failed for want of disk is not a failed step: a full disk would turn every run into a failed one.
   *
   * @throws Error what the disk or the file said when it failed within an attempt
   */
  refuseAfterStorageFailure(): void {
    if (this.storageFailure !== null) throw this.storageFailure;
  }

  summary(): Committed {
    return { events: this.eventCount, touched: this.touched };
  }
}

/** Opens units of work on one connection and tells the bus what they committed. */
export class Committer {
  private readonly connection: Connection;
  private readonly clock: Clock;
  private readonly ids: IdSource;
  private readonly bus: EventBus;
  private heldBecause: string | null = null;

  constructor(connection: Connection, clock: Clock, ids: IdSource, bus: EventBus) {
    this.connection = connection;
    this.clock = clock;
    this.ids = ids;
    this.bus = bus;
  }

  /** While the whole file is exchanged nobody writes. */
  get isHeld(): boolean {
    return this.heldBecause !== null;
  }

  /**
   * Refuses every unit of work from now on.
   *
   * @param because what the user is told meanwhile
   * @returns lets them through again
   */
  hold(because: string): () => void {
    this.heldBecause = because;
    return () => {
      this.heldBecause = null;
    };
  }

  /**
   * @param work must be synchronous; what it throws undoes all of it and is thrown on
   * @throws UserError `conflict` while held
   * @throws SqliteError `SQLITE_BUSY` when another program holds the file for longer than the busy time-out
   */
  commit<T>(actor: Actor, work: (unit: UnitOfWork) => T): T {
    if (this.heldBecause !== null) throw new UserError('conflict', this.heldBecause);
    const { writer } = this.connection;
    writer.run('BEGIN IMMEDIATE');
    let unit: UnitOfWork;
    let result: T;
    try {
      unit = new UnitOfWork(writer, this.clock, this.ids, { actor, chain: [] });
      result = work(unit);
      unit.refuseAfterStorageFailure();
      writer.run('COMMIT');
    } catch (error) {
      if (this.connection.sqlite.inTransaction) writer.run('ROLLBACK');
      throw error;
    }
    const summary = unit.summary();
    if (summary.events > 0 || summary.touched.length > 0) this.bus.emit('committed', summary);
    return result;
  }
}
