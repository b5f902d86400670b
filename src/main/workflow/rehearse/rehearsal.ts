import type { RehearsedRefusal } from '../../../shared/contract/rehearsal.ts';
import type { Connection } from '../../db/handle.ts';
import { type Origin, UnitOfWork } from '../../db/unit-of-work.ts';
import { findDelivery } from '../../delivery/delivery-store.ts';
import { settleSent } from '../../delivery/settle-delivery.ts';
import type { Touched } from '../../events/event-bus.ts';
import {
  type EventRow,
  markDispatched,
  newestEventSeq,
  readEvent,
  type StoredEvent,
} from '../../events/event-store.ts';
import type { IdSource } from '../../ports.ts';
import { matchesTrigger } from '../decide/matches-trigger.ts';
import { StartRate } from '../decide/start-rate.ts';
import { resumeDueRun } from '../executor/end-waits.ts';
import { Presence } from '../executor/presence.ts';
import { RunStarter } from '../executor/start-runs.ts';
import type { ListeningWorkflow } from '../executor/workflow-catalog.ts';
import { findRunOfEvent } from '../store/execution-store.ts';
import { findRefusal } from '../store/refusal-store.ts';
import { findRehearsedRun, forgetOtherWaits, newEventsAfter } from '../store/rehearsal-store.ts';
import { findWait, isWaitedFor } from '../store/wait-store.ts';
import { inWords } from '../why.ts';
import { Agenda, type Appointment } from './agenda.ts';
import { Findings } from './findings.ts';
import { OneListener, OtherListeners } from './other-listeners.ts';
import type { SimulatedClock } from './simulated-clock.ts';

/** Who writes where nobody's run does: as in the dispatcher. */
const outside: Origin = { actor: { kind: 'sql' }, chain: [] };

/** What the other side is taken to answer: it accepted the mail, or said 200 with an empty object. */
const assumedAnswers = {
  email: { response: 'rehearsed', refused: [] },
  webhook: { status: 200, body: '{}', json: {} },
} as const;

export interface Stage {
  /** With a transaction open, which whoever opened it undoes; or on a copy of the file that is thrown away. */
  readonly connection: Connection;
  readonly clock: SimulatedClock;
  readonly ids: IdSource;
  /** On a copy nobody else waits for anything. */
  readonly isCopy: boolean;
}

/**
 * One workflow on a simulated clock. Events are dispatched and runs resumed by the very code that does it for real; what
 * this adds is the order in time, and that nothing leaves this computer: each delivery counts as accepted at once.
 */
export class Rehearsal {
  readonly findings: Findings;
  readonly workflow: ListeningWorkflow;
  private readonly stage: Stage;
  private readonly listener: OneListener;
  private readonly others: OtherListeners;
  private readonly starts = new StartRate();
  private readonly starter: RunStarter;
  private readonly presence: Presence;
  private readonly agenda = new Agenda();
  /** Ids of runs that began in here. */
  private readonly runs = new Set<string>();
  /** Events of the rehearsal that stand for stored ones, by their id. */
  private readonly stored = new Map<string, string>();
  private lastSeq: number;

  constructor(stage: Stage, workflow: ListeningWorkflow) {
    const { connection, clock } = stage;
    const { reader } = connection;
    this.stage = stage;
    this.workflow = workflow;
    this.listener = new OneListener(workflow);
    this.others = new OtherListeners(reader, workflow.id);
    this.starter = new RunStarter(this.listener, clock, this.starts);
    this.presence = new Presence(clock);
    this.findings = new Findings(reader, this.others);
    this.lastSeq = newestEventSeq(reader);
  }

  /** When something is due on the simulated clock next, in epoch milliseconds. */
  get nextDue(): number | null {
    return this.agenda.next?.due ?? null;
  }

  get hasWaits(): boolean {
    return this.agenda.next !== undefined || this.runs.size > 0;
  }

  /**
   * Lets an event happen now, and all it causes.
   *
   * @param storedId the event on file that it stands for; null for one made up
   */
  happen(row: EventRow, storedId: string | null): void {
    this.lastSeq = Math.max(this.lastSeq, row.seq);
    if (storedId !== null) this.stored.set(row.id, storedId);
    this.findings.tally.events += 1;
    this.dispatch(row, readEvent(row));
    this.drain();
  }

  /** Takes up what is due next. @returns whether there was something */
  step(): boolean {
    const appointment = this.agenda.take();
    if (!appointment) return false;
    this.stage.clock.moveTo(appointment.due);
    this.keep(appointment);
    this.drain();
    return true;
  }

  /** Runs `work` in a unit of work at the simulated moment, and follows what it wrote. */
  inUnit<T>(work: (unit: UnitOfWork) => T): T {
    const { connection, clock, ids } = this.stage;
    const unit = new UnitOfWork(connection.writer, clock, ids, outside);
    const result = work(unit);
    unit.refuseAfterStorageFailure();
    if (unit.pausedWorkflows.has(this.workflow.id)) this.listener.pause();
    for (const touched of unit.summary().touched) this.follow(touched, unit.nowText);
    return result;
  }

  /** Dispatches what was written meanwhile, breadth-first. */
  drain(): void {
    for (;;) {
      const rows = newEventsAfter(this.stage.connection.reader, this.lastSeq);
      if (rows.length === 0) return;
      for (const row of rows) {
        this.lastSeq = row.seq;
        const event = readEvent(row);
        this.others.hear(event);
        const isOfOther =
          event.type === 'manual' && event.data.keys['workflow_id'] !== this.workflow.id;
        if (!isOfOther) this.dispatch(row, event);
      }
    }
  }

  private dispatch(row: EventRow, event: StoredEvent): void {
    const { connection, isCopy } = this.stage;
    const id = event.record_id;
    const isHeard = event.type === 'manual' || matchesTrigger(this.workflow, event);
    // Of all that happened in a month most concerns the workflow in no way.
    if (!isHeard && (id === null || !isWaitedFor(connection.reader, id))) {
      markDispatched(connection.writer, row.seq, row.occurred_at, null);
      return;
    }
    this.starts.begin();
    this.inUnit((unit) => {
      if (!isCopy && id !== null) forgetOtherWaits(unit.db, id, [...this.runs]);
      this.starter.dispatch(unit, row);
    });
    this.starts.keep();
    if (isHeard && event.type !== 'manual') this.judge(event, connection);
  }

  /** Notes why an event that a trigger heard started nothing. */
  private judge(event: StoredEvent, { reader }: Connection): void {
    this.findings.tally.matching += 1;
    const run = findRunOfEvent(reader, this.workflow.id, event.id);
    if (run && run.status !== 'skipped') return;
    this.findings.noteRefusal(event, this.stored.get(event.id) ?? null, this.refusalOf(event, run));
  }

  private refusalOf(
    event: StoredEvent,
    run: ReturnType<typeof findRunOfEvent>,
  ): Pick<RehearsedRefusal, 'rule' | 'message' | 'seen'> {
    if (run) return { rule: 'loop', message: `${run.error_message ?? 'skipped: loop'}.`, seen: [] };
    const refusal = findRefusal(this.stage.connection.reader, this.workflow.id, event.id);
    if (!refusal) {
      const message = 'Whoever made this change asked that it starts no workflow.';
      return { rule: 'silent', message, seen: [] };
    }
    const { rule, message, seen } = inWords(refusal);
    return { rule: rule ?? 'error', message, seen: seen ?? [] };
  }

  private keep({ kind, id }: Appointment): void {
    const { reader } = this.stage.connection;
    const { clock } = this.stage;
    if (kind === 'run') {
      const wait = findWait(reader, id);
      const due = dueOf(wait?.due_at);
      // Moved or taken away since: then it has another appointment, or none.
      if (!wait || due === null || due > clock.now()) return;
      this.inUnit((unit) => resumeDueRun(unit, wait, this.presence));
      return;
    }
    const row = findDelivery(reader, id);
    if (!row || (row.state !== 'held' && row.state !== 'queued')) return;
    this.inUnit((unit) => settleSent(unit, row, assumedAnswers[row.kind]));
    if (row.execution_id !== null) this.expect(row.execution_id);
  }

  private follow({ topic, id }: Touched, nowText: string): void {
    const { reader } = this.stage.connection;
    if (topic === 'delivery') {
      const row = findDelivery(reader, id);
      const due = dueOf(row?.next_attempt_at);
      if (row && due !== null && (row.state === 'held' || row.state === 'queued'))
        this.agenda.add({ due, kind: 'delivery', id });
      return;
    }
    if (topic !== 'execution') return;
    const row = findRehearsedRun(reader, id, this.workflow.id);
    if (!row || row.status === 'queued') return;
    // A start that was refused as a loop is told among the refusals.
    if (row.status === 'skipped') return;
    this.runs.add(id);
    this.findings.noteRun(row, this.stored.get(row.event_id) ?? null, nowText);
    this.expect(id);
  }

  private expect(executionId: string): void {
    const due = dueOf(findWait(this.stage.connection.reader, executionId)?.due_at);
    if (due !== null) this.agenda.add({ due, kind: 'run', id: executionId });
  }
}

function dueOf(text: string | null | undefined): number | null {
  const ms = text === null || text === undefined ? Number.NaN : Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
}
