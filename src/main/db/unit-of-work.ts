import type { Actor, CauseLink } from '../../shared/events/event-types.ts';
import type { Committed, EventBus, Topic, Touched } from '../events/event-bus.ts';
import { insertEvent, type NewEvent } from '../events/event-store.ts';
import { appendJournal, type JournalEntry } from '../journal/journal.ts';
import { UserError } from '../errors.ts';
import { openAction, type UserActionKind } from '../journal/user-actions.ts';
import type { Clock, CommitPoint, Failpoint, IdSource } from '../ports.ts';
import type { Holidays } from '../../shared/workflow/relative-date.ts';
import { type WorkingCalendar, workingCalendar } from '../crm/settings/working-calendar.ts';
import type { Connection, Writer } from './handle.ts';

/** Who writes, and which runs led to it. */
export interface Origin {
  readonly actor: Actor;
  readonly chain: readonly CauseLink[];
  /** IANA name; absent: the zone of Settings, else the machine's. */
  readonly timeZone?: string;
  /**
   * Which of the records written may start workflows; absent: all. An import and a bulk edit ask the user. The events
   * of the others are written all the same, and end waits.
   */
  readonly runWorkflows?: RunWorkflows;
}

export type RunWorkflows = 'none' | 'new' | 'all';

/**
 * What a person does in one go, over one commit or over many slices. Its row is made by the first write, so that doing
 * nothing leaves nothing to undo.
 */
export interface OpenAction {
  readonly kind: UserActionKind;
  /** Null until something was written. */
  seq: number | null;
}

/** What an event is known by, once it is written. */
export type Emitted = Pick<NewEvent, 'type' | 'record_id'>;

/**
 * One transaction: the changes, their journal rows and their events commit together or not at all.
 * Everything in it is synchronous, so nothing else can come between.
 */
export class UnitOfWork {
  readonly db: Writer;
  readonly ids: IdSource;
  private readonly clock: Clock;
  /** Instant of the transaction, in epoch milliseconds: all its rows bear the same time. */
  readonly now: number;
  readonly nowText: string;
  private origin: Origin;
  /** Made by the first row that bears it. */
  private originJson: { readonly actor: string; readonly chain: string | null } | null = null;
  private action: OpenAction;
  private readonly calendar: () => WorkingCalendar;
  /** Records made in this unit: what `runWorkflows: 'new'` is about. */
  private readonly made = new Set<string>();
  private readonly emitted: Emitted[] = [];
  private readonly touched: Touched[] = [];
  /** Workflows the engine paused in this transaction: what is known of them in memory still says active. */
  readonly pausedWorkflows = new Set<string>();

  constructor(db: Writer, clock: Clock, ids: IdSource, origin: Origin, action?: OpenAction) {
    this.db = db;
    this.action = action ?? { kind: 'edit', seq: null };
    this.ids = ids;
    this.clock = clock;
    this.now = clock.now();
    this.nowText = new Date(this.now).toISOString();
    this.origin = origin;
    // Read when first asked for: most units never count a day.
    let calendar: WorkingCalendar | null = null;
    this.calendar = () => (calendar ??= workingCalendar(db));
  }

  /** The zone that days and hours are meant in: the origin's, else that of Settings, else the machine's. */
  get timeZone(): string {
    return this.origin.timeZone ?? this.calendar().time_zone ?? this.clock.timeZone();
  }

  /** Days that are no business days, from Settings. */
  get holidays(): Holidays {
    return this.calendar().holidays;
  }

  /** The origin as rows bear it. */
  private get originText(): { readonly actor: string; readonly chain: string | null } {
    const { actor, chain } = this.origin;
    this.originJson ??= {
      actor: JSON.stringify(actor),
      chain: chain.length === 0 ? null : JSON.stringify(chain),
    };
    return this.originJson;
  }

  get actor(): Actor {
    return this.origin.actor;
  }

  emit(event: NewEvent): string {
    const id = this.ids.next();
    const data = this.starts(event) ? event.data : { ...event.data, starts: false as const };
    insertEvent(this.db, id, event, data, { ...this.originText, at: this.nowText });
    this.emitted.push(event);
    return id;
  }

  private starts({ type, record_id: id }: NewEvent): boolean {
    const { runWorkflows = 'all' } = this.origin;
    if (runWorkflows === 'all') return true;
    if (id !== null && type.endsWith('_created')) this.made.add(id);
    return runWorkflows === 'new' && id !== null && this.made.has(id);
  }

  journal(entry: JournalEntry): void {
    appendJournal(this.db, entry, this.originText.actor, this.nowText, this.actionSeq());
    this.touch(entry.object, entry.record_id);
  }

  /** The action this write is part of: what a person does in one go is undone in one go. */
  private actionSeq(): number | null {
    if (this.origin.actor.kind !== 'user') return null;
    this.action.seq ??= openAction(this.db, this.ids.next(), this.action.kind, this.nowText);
    return this.action.seq;
  }

  /** Notes what screens must read again after the commit. */
  touch(topic: Topic, id: string): void {
    this.touched.push({ topic, id });
  }

  /** Runs `work` with another origin: what a workflow writes is written in its name. */
  as<T>(origin: Origin, work: () => T): T {
    const outer = this.origin;
    const outerJson = this.originJson;
    this.origin = origin;
    this.originJson = null;
    try {
      return work();
    } finally {
      this.origin = outer;
      this.originJson = outerJson;
    }
  }

  /** Runs `work` so that, when it throws, its writes are undone and the transaction goes on. */
  attempt<T>(work: () => T): T {
    return this.db.savepoints.attempt(work);
  }

  /**
   * As `attempt`, with one savepoint for `work` and all attempts in it. When one of those fails after it wrote, the
   * whole is undone and done again with a savepoint each: so steps that succeed, as nearly all do, pay for none.
   *
   * @param work may run twice: it leaves nothing behind but what it writes
   */
  attemptAll<T>(work: () => T): T {
    const { length: emitted } = this.emitted;
    const { length: touched } = this.touched;
    return this.db.savepoints.attemptAll(work, () => {
      this.emitted.length = emitted;
      this.touched.length = touched;
    });
  }

  /**
   * A step that failed for want of disk is not a failed step: a full disk would turn every run into a failed one.
   *
   * @throws Error what the disk or the file said when it failed within an attempt
   */
  refuseAfterStorageFailure(): void {
    const { failure } = this.db.savepoints;
    if (failure !== null) throw failure;
  }

  /** The events written and not yet dispatched. */
  get events(): readonly Emitted[] {
    return this.emitted;
  }

  /** They were dispatched in here: nobody need look for them after the commit. */
  settleEvents(): void {
    this.emitted.length = 0;
  }

  summary(): Committed {
    return { events: this.emitted.length, touched: this.touched };
  }
}

/** What a commit is part of, and what may follow from it. */
export interface CommitOptions {
  /** Given by work in slices: all commits with the same one are undone together. */
  readonly action?: OpenAction | undefined;
  /** Which of the records written may start workflows; absent: all. An import and a bulk edit ask the user. */
  readonly runWorkflows?: RunWorkflows;
  /** Which commit of the program it is, for whoever ends the program there to see what is left. */
  readonly point?: CommitPoint;
}

/** Opens units of work on one connection and tells the bus what they committed. */
export class Committer {
  private readonly connection: Connection;
  private readonly clock: Clock;
  private readonly ids: IdSource;
  private readonly bus: EventBus;
  private heldBecause: string | null = null;
  private readonly failpoint: Failpoint | undefined;

  constructor(
    connection: Connection,
    clock: Clock,
    ids: IdSource,
    bus: EventBus,
    failpoint?: Failpoint,
  ) {
    this.failpoint = failpoint;
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
  commit<T>(actor: Actor, work: (unit: UnitOfWork) => T, options: CommitOptions = {}): T {
    if (this.heldBecause !== null) throw new UserError('conflict', this.heldBecause);
    const { action, runWorkflows = 'all' } = options;
    const { writer } = this.connection;
    const seqBefore = action?.seq;
    this.connection.begin();
    let unit: UnitOfWork;
    let result: T;
    try {
      const origin = { actor, chain: [], runWorkflows };
      unit = new UnitOfWork(writer, this.clock, this.ids, origin, action);
      result = work(unit);
      unit.refuseAfterStorageFailure();
      this.failpoint?.(options.point ?? 'call', 'before');
      this.connection.commit();
    } catch (error) {
      this.connection.rollback();
      // The row of an action begun in here is gone with the rest.
      if (action) action.seq = seqBefore ?? null;
      throw error;
    }
    this.failpoint?.(options.point ?? 'call', 'after');
    const summary = unit.summary();
    if (summary.events > 0 || summary.touched.length > 0) this.bus.emit('committed', summary);
    return result;
  }
}
