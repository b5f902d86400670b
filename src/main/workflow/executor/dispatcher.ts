import type { Committer, Emitted, UnitOfWork } from '../../db/unit-of-work.ts';
import type { Reader } from '../../db/handle.ts';
import type { Committed } from '../../events/event-bus.ts';
import { explainStorageFailure } from '../../db/storage-error.ts';
import { messageOf } from '../../errors.ts';
import {
  type EventRow,
  hasPendingEvents,
  markAllDispatched,
  markDispatched,
  newestEventSeq,
  pendingEvents,
  readEvent,
  type StoredEvent,
} from '../../events/event-store.ts';
import type { Cancel, Clock, Logger } from '../../ports.ts';
import { refuseLoop } from '../decide/refuse-loop.ts';
import { StartRate } from '../decide/start-rate.ts';
import { evaluateConditions } from '../../../shared/workflow/conditions/evaluate-conditions.ts';
import { explainRefusal } from '../../../shared/workflow/conditions/explain-refusal.ts';
import {
  failQueuedRun,
  findWorkflowOfRun,
  markBypassed,
  queuedRunId,
  refuseReEntry,
} from '../store/execution-store.ts';
import { hasOpenEnrolment } from '../store/enrolment-store.ts';
import { isPaused } from '../store/pause-store.ts';
import { recordRefusal } from '../store/refusal-store.ts';
import { dueWaits, isWaitedFor, nextDueAt, type Wait } from '../store/wait-store.ts';
import { conditionFacts } from './condition-facts.ts';
import { endWaitsByEvent, resumeDueRun } from './end-waits.ts';
import { enrolSlice } from './enrol-slice.ts';
import { executeRun, type RunRequest, skipRun } from './execute-run.ts';
import { pauseByTrellis } from './note-outcome.ts';
import { ReachableRecords } from './run-context.ts';
import type { Presence } from './presence.ts';
import type { TimedTriggers } from './timed-triggers.ts';
import { triggerErrorLine } from './trigger-error.ts';
import type { ListeningWorkflow, WorkflowCatalog } from './workflow-catalog.ts';
import { sliceMs } from '../../in-slices.ts';

const batchSize = 50;

const tooManyStarts =
  'more than 500 starts within 60 seconds by what runs caused. Look for the workflows that start each other.';

export interface DispatcherParts {
  readonly reader: Reader;
  readonly committer: Committer;
  readonly catalog: WorkflowCatalog;
  readonly timed: TimedTriggers;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly logger: Logger;
  /** False while nothing may be carried out: events and due waits stay where they are. */
  readonly mayRun: () => boolean;
  /** Called after each commit of the dispatcher with what it did. */
  readonly afterCommit: (committed: Committed) => void;
}

/**
 * Takes committed events in their order and carries out the runs they start. The mark on the event, the run and all
 * it wrote commit together, so a crash at any moment leaves the event either wholly dispatched or not at all.
 */
export class Dispatcher {
  private readonly parts: DispatcherParts;
  private readonly causedStarts = new StartRate();
  private scheduled = false;
  /** Whether the next slice will find something, so that it need not look first. */
  private expectsWork = false;
  /** What the log is told of a batch once it is committed: a batch that is done again says it once. */
  private lines: string[] = [];
  /** Why the last slice failed, until one succeeds. */
  private reported: string | null = null;
  /** Slices that had no time for both take turns: a stream of events must not keep due waits from their end. */
  private waitsFirst = false;
  /** Time went on since the timed triggers were looked at. */
  private timePassed = false;
  private running = false;
  private readonly idleWaiters: (() => void)[] = [];
  private cancelAlarm: Cancel = () => undefined;

  constructor(parts: DispatcherParts) {
    this.parts = parts;
  }

  start(): void {
    this.running = true;
    this.wake();
  }

  stop(): void {
    this.running = false;
    this.cancelAlarm();
  }

  /** Writes down that everything up to now was looked at, so that what comes next counts as missed. */
  leaveOff(unit: UnitOfWork): void {
    const { catalog, presence, timed } = this.parts;
    // A workflow that was switched on a moment ago is watched from now on, although nothing runs.
    catalog.refresh(unit);
    timed.follow(unit, catalog.listening(), catalog.revision);
    presence.mark(unit.db, unit.nowText);
    timed.saveAll(unit);
  }

  /**
   * Looks for events soon; calling it often costs nothing.
   *
   * @param found the caller knows that there are some
   */
  wake(found = false): void {
    if (found) this.expectsWork = true;
    if (this.scheduled || !this.running) return;
    this.scheduled = true;
    this.parts.clock.soon(() => this.slice());
  }

  /** As {@link wake}, and looks for what time alone brings about. */
  lookAtTime(): void {
    this.timePassed = true;
    this.wake();
  }

  /** Resolves when no committed event waits to be dispatched, or none may be. */
  async idle(): Promise<void> {
    if (!this.running || !this.parts.mayRun()) return;
    if (!this.scheduled && !this.hasWork()) return;
    await new Promise<void>((resolve) => {
      this.idleWaiters.push(resolve);
      this.wake();
    });
  }

  private slice(): void {
    this.scheduled = false;
    if (!this.running || !this.parts.mayRun()) {
      this.settle();
      return;
    }
    const expectsWork = this.expectsWork;
    this.expectsWork = false;
    let more = false;
    try {
      more = this.dispatchBatch(expectsWork);
      this.reported = null;
    } catch (error) {
      // Nothing was committed, the events wait; the slow poll tries again.
      this.report(messageOf(explainStorageFailure(error) ?? error));
    }
    if (more) {
      this.wake(true);
    } else {
      this.setAlarm();
      this.settle();
    }
  }

  /** Said once, not with each try: on a full disk the log would make it worse. */
  private report(reason: string): void {
    if (this.reported === reason) return;
    this.reported = reason;
    this.parts.logger.error(
      `Workflow trigger error: the events could not be dispatched and wait: ${reason}`,
    );
  }

  private settle(): void {
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }

  /** One commit: as many events and due waits as fit into a slice. @returns whether there may be more */
  private dispatchBatch(expectsWork: boolean): boolean {
    const { committer, catalog, clock } = this.parts;
    const { timed, presence, reader } = this.parts;
    presence.notice();
    const look =
      this.timePassed && (presence.isMarkDue || timed.isDue(reader) || hasOpenEnrolment(reader));
    this.timePassed = false;
    if (!expectsWork && !catalog.isStale && !look && !this.hasWork()) return false;
    const deadline = clock.elapsed() + sliceMs;
    const { more, committed } = committer.commit(
      { kind: 'sql' },
      (unit) => {
        catalog.refresh(unit);
        timed.follow(unit, catalog.listening(), catalog.revision);
        if (look) {
          // What does not fit into this slice is looked for in the next.
          this.timePassed = !(
            timed.fire(unit, deadline) && enrolSlice(unit, catalog, clock, deadline)
          );
          if (presence.isMarkDue) presence.mark(unit.db, unit.nowText);
        }
        const { inTime, rest } = unit.attemptAll(() => {
          this.lines = [];
          this.causedStarts.begin();
          // Done again, it may follow on what another program wrote in between.
          catalog.refresh(unit);
          const isDone = this.waitsFirst
            ? this.resumeDue(unit, deadline) && this.dispatchEvents(unit, deadline)
            : this.dispatchEvents(unit, deadline) && this.resumeDue(unit, deadline);
          return { inTime: isDone, rest: isDone && !this.passOver(unit) };
        });
        this.waitsFirst = inTime ? false : !this.waitsFirst;
        if (unit.pausedWorkflows.size > 0) catalog.invalidate(unit.pausedWorkflows);
        return { more: !inTime || rest || this.timePassed, committed: unit.summary() };
      },
      { point: 'dispatch' },
    );
    this.causedStarts.keep();
    for (const line of this.lines) this.parts.logger.error(line);
    this.parts.afterCommit(committed);
    return more;
  }

  /** @returns whether there is time left in the slice: then nothing is left but what was written meanwhile */
  private dispatchEvents(unit: UnitOfWork, deadline: number): boolean {
    const last = newestEventSeq(unit.db);
    for (;;) {
      const events = pendingEvents(unit.db, last, batchSize);
      for (const event of events) {
        this.dispatch(unit, event);
        if (this.parts.clock.elapsed() >= deadline) return false;
      }
      if (events.length < batchSize) return true;
    }
  }

  /**
   * What runs wrote is dispatched after their commit. Events that start nothing and that nothing waits for need no
   * commit of their own to say so: nobody could tell the difference.
   *
   * @returns whether none is left
   */
  private passOver(unit: UnitOfWork): boolean {
    if (unit.events.length === 0) return true;
    if (!unit.events.every((event) => this.isUnheard(unit, event))) return false;
    markAllDispatched(unit.db, unit.nowText);
    unit.settleEvents();
    return true;
  }

  private isUnheard({ db }: UnitOfWork, { type, record_id: id }: Emitted): boolean {
    if (type === 'manual' || this.parts.catalog.hears(type)) return false;
    return id === null || !isWaitedFor(db, id);
  }

  /** @returns whether there is time left in the slice: then nothing is due any more */
  private resumeDue(unit: UnitOfWork, deadline: number): boolean {
    for (;;) {
      const waits = dueWaits(unit.db, unit.nowText, batchSize);
      for (const wait of waits) {
        this.resume(unit, wait);
        if (this.parts.clock.elapsed() >= deadline) return false;
      }
      if (waits.length < batchSize) return true;
    }
  }

  private hasWork(): boolean {
    const { reader, clock } = this.parts;
    return (
      this.timePassed ||
      hasPendingEvents(reader) ||
      dueWaits(reader, new Date(clock.now()).toISOString(), 1).length > 0
    );
  }

  /** Sets the alarm for the next wait that ends by the clock. The row is the truth: a lost alarm costs one poll. */
  private setAlarm(): void {
    const { reader, clock } = this.parts;
    this.cancelAlarm();
    const wait = nextDueAt(reader);
    // An instant that SQL made unreadable is not an alarm that rings at once, again and again.
    const times = [
      wait === null ? Number.NaN : Date.parse(wait),
      this.parts.timed.nextDueAt(reader),
    ];
    const due = Math.min(
      ...times.filter((time) => time !== null && Number.isFinite(time)).map(Number),
    );
    if (Number.isFinite(due)) {
      this.cancelAlarm = clock.after(due - clock.now(), () => this.lookAtTime());
    }
  }

  private resume(unit: UnitOfWork, wait: Wait): void {
    const line = resumeDueRun(unit, wait, this.parts.presence);
    if (line !== null) this.lines.push(line);
  }

  private dispatch(unit: UnitOfWork, row: EventRow): void {
    if (this.isUnheard(unit, row)) {
      markDispatched(unit.db, row.seq, unit.nowText, null);
      return;
    }
    try {
      const event = readEvent(row);
      const reports = unit.attemptAll(() => [
        ...this.startRuns(unit, event),
        ...endWaitsByEvent(unit, event),
      ]);
      markDispatched(unit.db, row.seq, unit.nowText, null);
      this.lines.push(...reports);
    } catch (error) {
      // One event we cannot handle must not stand before all the others.
      const reason = messageOf(error);
      markDispatched(unit.db, row.seq, unit.nowText, reason);
      this.lines.push(triggerErrorLine({ event: row, reason }));
    }
  }

  /** @returns lines for the log */
  private startRuns(unit: UnitOfWork, event: StoredEvent): string[] {
    if (event.type === 'manual') return this.startManualRun(unit, event);
    // Taking something back is no new fact to act on; a run that waits still hears of it.
    if (event.actor.kind === 'undo') return [];
    if (event.data.starts === false) return [];
    const lines: string[] = [];
    for (const workflow of this.parts.catalog.restingListenersOf(event)) {
      recordRefusal(unit, { workflow, event }, { rule: 'paused', seen: {} });
    }
    for (const workflow of this.parts.catalog.listenersOf(event)) {
      try {
        const error = unit.attempt(() => this.startRun(unit, event, workflow));
        if (error !== null) lines.push(triggerErrorLine({ workflow, event, reason: error }));
      } catch (error) {
        // A run that cannot even be written down must not undo those of the other workflows.
        lines.push(triggerErrorLine({ workflow, event, reason: messageOf(error) }));
      }
    }
    return lines;
  }

  /** What of the workflow's entry conditions the record does not meet; null when it is what they ask for. */
  private unmetConditions(unit: UnitOfWork, { workflow, event }: RunRequest) {
    const { conditions } = workflow.definition;
    if (conditions === null) return null;
    const { object, record_id: id } = event;
    const records = new ReachableRecords(
      unit.db,
      object === null || id === null ? null : { object, id },
    );
    const timeZone = workflow.definition.settings.time_zone ?? unit.timeZone;
    const facts = conditionFacts({ now: unit.now, db: unit.db, timeZone }, records, event);
    return evaluateConditions(conditions, facts) ? null : explainRefusal(conditions, facts);
  }

  /** @returns what went wrong, or null */
  private startRun(unit: UnitOfWork, event: StoredEvent, workflow: ListeningWorkflow) {
    const request = { execution_id: unit.ids.next(), workflow, event };
    if (this.isPausedNow(unit, workflow.id)) {
      recordRefusal(unit, request, { rule: 'paused', seen: {} });
      return null;
    }
    const unmet = this.unmetConditions(unit, request);
    if (unmet !== null) {
      recordRefusal(unit, request, { rule: 'conditions', seen: { rules: unmet } });
      return null;
    }
    const { re_entry: reEntry } = workflow.definition.settings;
    const refused = refuseReEntry(unit.db, workflow.id, event.record_id, reEntry);
    if (refused !== null) {
      recordRefusal(unit, request, {
        rule: 're_entry',
        seen: { re_entry: reEntry, reason: refused },
      });
      return null;
    }
    const loop = this.refuseLoop(unit, request);
    if (loop === null) return executeRun(unit, this.parts.clock, request).error;
    skipRun(unit, request, loop);
    return loop;
  }

  /** A loop by the chain of causes, or by the number of starts that runs caused: that pauses the workflow. */
  private refuseLoop(unit: UnitOfWork, { workflow, event }: RunRequest): string | null {
    const loop = refuseLoop(event.chain, workflow.id, event.record_id);
    if (loop !== null || event.chain.length === 0) return loop;
    if (!this.causedStarts.exceeds(workflow.id, unit.now)) return null;
    pauseByTrellis(unit, workflow, tooManyStarts);
    return `loop: ${tooManyStarts}`;
  }

  /** Paused by the engine earlier in this slice; the catalog learns of it after the commit. */
  private isPausedNow(unit: UnitOfWork, workflowId: string): boolean {
    // Asked of the row, for the pause may have been undone with the run that led to it.
    return unit.pausedWorkflows.has(workflowId) && isPaused(unit.db, workflowId);
  }

  /** A start by hand is meant for one workflow, and its run is already on file as queued. */
  private startManualRun(unit: UnitOfWork, event: StoredEvent): string[] {
    const { catalog, clock } = this.parts;
    const workflowId = String(event.data.keys['workflow_id']);
    const executionId = queuedRunId(unit.db, workflowId, event.id);
    if (executionId === null) return [];
    const workflow = catalog.find(workflowId);
    if (!workflow || this.isPausedNow(unit, workflowId)) {
      const message =
        'The workflow was switched off or became invalid before the run could start. Switch it on and start it again.';
      failQueuedRun(unit.db, executionId, message, unit.nowText);
      unit.touch('execution', executionId);
      const idle = findWorkflowOfRun(unit.db, executionId);
      return [triggerErrorLine({ workflow: idle, event, reason: message })];
    }
    const request = { execution_id: executionId, workflow, event, is_queued: true } as const;
    // A start by a step is part of a chain; one by hand begins its own.
    const loop = this.refuseLoop(unit, request);
    if (loop !== null) skipRun(unit, request, loop);
    // By hand a run starts whatever the entry conditions say; it is to be seen that it did.
    if (!event.data.enrolled && this.unmetConditions(unit, request) !== null)
      markBypassed(unit.db, executionId);
    const error = loop ?? executeRun(unit, clock, request).error;
    return error === null ? [] : [triggerErrorLine({ workflow, event, reason: error })];
  }
}
