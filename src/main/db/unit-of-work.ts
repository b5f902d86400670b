import type { Actor, CauseLink } from '../../shared/events/event-types.ts';
import type { Committed, EventBus, Topic, Touched } from '../events/event-bus.ts';
import { insertEvent, type NewEvent } from '../events/event-store.ts';
import { appendJournal, type JournalEntry } from '../journal/journal.ts';
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
  /** Workflows the engine paused in this transaction: what is known of them in memory still says active. */
  readonly pausedWorkflows = new Set<string>();

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
      this.db.run('ROLLBACK TO attempt');
      this.db.run('RELEASE attempt');
      throw error;
    }
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

  constructor(connection: Connection, clock: Clock, ids: IdSource, bus: EventBus) {
    this.connection = connection;
    this.clock = clock;
    this.ids = ids;
    this.bus = bus;
  }

  /**
   * @param work must be synchronous; what it throws undoes all of it and is thrown on
   * @throws SqliteError `SQLITE_BUSY` when another program holds the file for longer than the busy time-out
   */
  commit<T>(actor: Actor, work: (unit: UnitOfWork) => T): T {
    const { writer } = this.connection;
    writer.run('BEGIN IMMEDIATE');
    let unit: UnitOfWork;
    let result: T;
    try {
      unit = new UnitOfWork(writer, this.clock, this.ids, { actor, chain: [] });
      result = work(unit);
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
