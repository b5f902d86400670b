import type { RehearsalInput, RehearsalMessage } from '../../../shared/contract/rehearsal.ts';
import type { Actor, CauseLink, EventData } from '../../../shared/events/event-types.ts';
import { UnitOfWork } from '../../db/unit-of-work.ts';
import type { EventRow } from '../../events/event-store.ts';
import { sliceMs } from '../../in-slices.ts';
import {
  clearPast,
  countPastEvents,
  insertPastEvent,
  type PastEvent,
  pastEvents,
} from '../store/past-store.ts';
import { PastRecords } from './past-records.ts';
import { switchOn } from './prepare-workflow.ts';
import { Rehearsal, type Stage } from './rehearsal.ts';
import { TimedMoments } from './timed-moments.ts';

/** How often whoever watches is told, in milliseconds; the first run at once. */
const tellEveryMs = 120;

const partSize = 200;

/** So many moments make a transaction: its journal is in memory. */
const momentsAtOnce = 2_000;

/**
 * Lets a past period happen again on a copy of the file with the workflow switched on from its beginning: the records
 * are taken back, and every change and event of the time comes at its own moment, between them what the runs wait for.
 * Then the clock goes on until nothing waits for a time any more.
 *
 * @returns messages, and null where nothing is to be told but the thread may be given to others
 * @throws UserError as the definition is at fault
 */
export function* rehearsePast(
  stage: Stage,
  input: RehearsalInput,
  { from, to }: { from: string; to: string },
): Generator<RehearsalMessage | null> {
  const { connection, clock } = stage;
  const { writer } = connection;
  connection.begin();
  const unit = new UnitOfWork(writer, clock, stage.ids, { actor: { kind: 'user' }, chain: [] });
  const workflow = switchOn(unit, input);
  clearPast(writer, workflow.id, from);
  const records = new PastRecords(writer, workflow.id);
  for (const done of records.rewind())
    yield { kind: 'progress', phase: 'rewinding', done, total: records.length, at: null };
  const rehearsal = new Rehearsal(stage, workflow);
  const replay = new Replay(stage, rehearsal, records);
  yield* replay.run(to);
  connection.commit();
  do yield rehearsal.findings.tell();
  while (rehearsal.findings.hasNews);
}

class Replay {
  private readonly stage: Stage;
  private readonly rehearsal: Rehearsal;
  private readonly records: PastRecords;
  private readonly timed: TimedMoments;
  private slice: number;
  private told = Number.NEGATIVE_INFINITY;
  private hasTold = false;
  private moments = 0;
  private done = 0;

  constructor(stage: Stage, rehearsal: Rehearsal, records: PastRecords) {
    this.stage = stage;
    this.rehearsal = rehearsal;
    this.records = records;
    this.timed = new TimedMoments(stage.clock, rehearsal);
    this.slice = stage.clock.elapsed();
  }

  *run(to: string): Generator<RehearsalMessage | null> {
    const { connection } = this.stage;
    const total = countPastEvents(connection.reader, to);
    for (let after = 0; ; ) {
      const part = pastEvents(connection.reader, after, to, partSize);
      for (const event of part) {
        yield* this.until(Date.parse(event.occurred_at), total);
        this.happen(event);
        this.done += 1;
        after = event.place;
        yield* this.tell('replaying', total);
      }
      if (part.length < partSize) break;
    }
    yield* this.until(Date.parse(to), total);
    while (this.rehearsal.step()) yield* this.tell('waiting', total);
  }

  /** Everything that comes before a moment, in its order. */
  private *until(limit: number, total: number): Generator<RehearsalMessage | null> {
    const { clock, connection } = this.stage;
    for (;;) {
      const change = this.records.nextAt;
      const due = this.rehearsal.nextDue;
      const upTo = Math.min(limit, change ?? limit, due ?? limit);
      const moment = this.timed.next(connection.reader, upTo);
      if (moment !== null) {
        clock.moveTo(moment);
        this.timed.fire(this.rehearsal);
      } else if (change !== null && change <= upTo) {
        clock.moveTo(change);
        this.records.redo(this.rehearsal.findings);
      } else if (due !== null && due <= upTo) {
        this.rehearsal.step();
      } else {
        clock.moveTo(limit);
        return;
      }
      yield* this.tell('replaying', total);
    }
  }

  private happen(event: PastEvent): void {
    if (isOfWorkflow(event, this.rehearsal.workflow.id)) return;
    const seq = insertPastEvent(this.stage.connection.writer, event);
    const row: EventRow = { ...event, seq };
    this.rehearsal.happen(row, event.id);
  }

  private *tell(phase: 'replaying' | 'waiting', total: number): Generator<RehearsalMessage | null> {
    const { clock, connection } = this.stage;
    this.moments += 1;
    const now = clock.elapsed();
    const { findings } = this.rehearsal;
    const isFirst = !this.hasTold && findings.hasNews;
    if (isFirst || now - this.told >= tellEveryMs) {
      this.told = now;
      this.hasTold ||= findings.hasNews;
      const at = new Date(clock.now()).toISOString();
      yield { kind: 'progress', phase, done: this.done, total, at };
      yield findings.tell();
    } else if (now - this.slice >= sliceMs) {
      yield null;
    } else {
      return;
    }
    if (this.moments >= momentsAtOnce) {
      this.moments = 0;
      connection.commit();
      connection.begin();
    }
    this.slice = clock.elapsed();
  }
}

/** What a run of the workflow once wrote, or was meant for it alone, does not happen again: its runs are made anew. */
function isOfWorkflow(event: PastEvent, workflowId: string): boolean {
  if (
    !event.data.includes(workflowId) &&
    !event.actor.includes(workflowId) &&
    !event.chain?.includes(workflowId)
  )
    return false;
  try {
    // Written by insertEvent alone, unless somebody edits history by SQL.
    const data = JSON.parse(event.data) as EventData;
    const actor = JSON.parse(event.actor) as Actor;
    const chain = JSON.parse(event.chain ?? '[]') as CauseLink[];
    return (
      data.target?.workflow_id === workflowId ||
      (event.type === 'manual' && data.keys['workflow_id'] === workflowId) ||
      (actor.kind === 'workflow' && actor.workflow_id === workflowId) ||
      chain.some((link) => link.workflow_id === workflowId)
    );
  } catch {
    return false;
  }
}
