import { objectOfEvent } from '../../../shared/workflow/check-control.ts';
import { toBusinessHours } from '../../../shared/workflow/relative-date.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { errorKindOf, messageOf, UserError } from '../../errors.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import { cancelDeliveriesOf } from '../../delivery/outbox.ts';
import { decideMissed, isMissed } from '../decide/decide-missed.ts';
import { fieldDue } from '../decide/plan-wait.ts';
import { cancelRun, failWaitingRun, findWorkflowOfRun } from '../store/execution-store.ts';
import { freezeWait, holdOfRun } from '../store/pause-store.ts';
import { loadEvent, newestEventSeq } from '../../events/event-store.ts';
import { loadPausedRun, type PausedRun } from '../store/paused-run-store.ts';
import { UnusableVersion } from '../store/version-store.ts';
import { parkRun } from '../stopped-runs.ts';
import {
  answerWait,
  askAboutWait,
  claimWait,
  endWaitNow,
  findWaitStep,
  findWait,
  hasWait,
  moveWait,
  readWaitRule,
  replaceWaitRecords,
  type Wait,
  waitsOnRecord,
} from '../store/wait-store.ts';
import { resumeRun, type WaitEnd } from './execute-run.ts';
import { noteFailure } from './note-outcome.ts';
import type { Presence } from './presence.ts';
import { StepRunner } from './run-steps.ts';
import { triggerErrorLine } from './trigger-error.ts';

/** Goes on with a run whose time has come, or was missed. @returns a line for the log, or null */
export function resumeDueRun(unit: UnitOfWork, wait: Wait, presence: Presence): string | null {
  const { execution_id: executionId } = wait;
  const held = holdOfRun(unit.db, executionId);
  if (held) {
    holdRun(unit, executionId, held, 'time');
    return null;
  }
  const load = lazily(() => loadPausedRun(unit.db, executionId));
  let end: WaitEnd | 'ask';
  try {
    end = unit.attempt(() => lateEnd(unit, wait, load(), presence));
  } catch (error) {
    return failRun(unit, executionId, 'time', error);
  }
  if (end !== 'ask')
    return resume(unit, executionId, load(), end, 'time', () => newestEventSeq(unit.db));
  askAboutWait(unit.db, executionId);
  unit.touch('execution', executionId);
  return null;
}

/** How a wait that is due ends, considering that its time may have passed while nothing was running. */
function lateEnd(
  unit: UnitOfWork,
  { due_at: dueAt }: Wait,
  paused: PausedRun | null,
  presence: Presence,
): WaitEnd | 'ask' {
  if (!paused) return 'time';
  const due = dueAt === null ? Number.NaN : Date.parse(dueAt);
  const { rule } = paused;
  if (rule.kind === 'let_go') return 'missed';
  // Somebody asked for the run to go on: nothing can be too late for that.
  if (rule.kind === 'resume') return 'time';
  if (!isMissed(due, presence.awakeSince)) return 'time';
  if (rule.kind === 'instant' && rule.by_hand) return 'time';
  const { workflow } = paused.request;
  const { settings } = workflow.definition;
  // A time-out, and a beginning of business hours, is no moment that could be missed: what it is for lies ahead.
  const isMoment = rule.kind === 'instant' || rule.kind === 'field';
  const decision = isMoment
    ? decideMissed(settings, due, presence.awakeSince, unit.now, zoneOf(unit, paused))
    : 'run';
  if (decision === 'ask') return 'ask';
  presence.count(unit, workflow.id, decision === 'run' ? 'resumed' : 'skipped');
  return decision === 'run' ? 'time' : 'missed';
}

/** What is read when first asked for, once. */
function lazily<T>(read: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => (known ??= { value: read() }).value;
}

type LoadRun = () => PausedRun | null;

/** Ends or moves the waits that an event decides. @returns lines for the log */
export function endWaitsByEvent(unit: UnitOfWork, event: StoredEvent): string[] {
  if (event.record_id === null) return [];
  return waitsOnRecord(unit.db, event.record_id).flatMap((wait) => {
    const line = answerEvent(unit, wait, event);
    return line === null ? [] : [line];
  });
}

function answerEvent(unit: UnitOfWork, wait: Wait, event: StoredEvent): string | null {
  const { execution_id: id } = wait;
  const load = lazily(() => loadPausedRun(unit.db, id));
  let end: WaitEnd | null;
  try {
    end = unit.attempt(() => {
      if (linkNames.some((name) => event.data.changes[name])) followLinks(unit, id, load);
      const ending = leaves(unit, load, event) ?? endedBy(unit, wait, load, event);
      if (ending === 'event' || ending === 'condition')
        return holdForBusinessHours(unit, wait, load, ending) ? null : ending;
      return ending ?? (cannotEnd(unit, id, load, event) ? 'record_deleted' : null);
    });
    return end === null ? null : goOn(unit, id, load, end, event);
  } catch (error) {
    return failRun(unit, id, event.type, error);
  }
}

/** A waiting run writes nothing: what it wrote itself was before the wait, though it is dispatched after. */
function isOwn(wait: Wait, event: StoredEvent): boolean {
  return event.chain.at(-1)?.execution_id === wait.execution_id;
}

const linkNames = ['contact_id', 'company_id', 'deal_id'];

/** A changed link leads the run to other records: from now on theirs are the events it waits for. */
function followLinks(unit: UnitOfWork, executionId: string, load: LoadRun): void {
  const paused = load();
  if (paused) replaceWaitRecords(unit.db, executionId, runnerAt(unit, paused).records().ids());
}

/** Whether what the event did to the run's records is its goal, or its exit. */
function leaves(unit: UnitOfWork, load: LoadRun, event: StoredEvent): WaitEnd | null {
  const paused = load();
  return paused && heedsEnds(paused) ? runnerAt(unit, paused).leaves(event) : null;
}

function heedsEnds({ request }: PausedRun): boolean {
  const { goal, exit_when: exit } = request.workflow.definition.settings;
  return goal !== undefined || exit !== undefined;
}

/** What is waited for may come at night; with `business_hours` the run goes on when work begins. */
function holdForBusinessHours(
  unit: UnitOfWork,
  wait: Wait,
  load: LoadRun,
  by: 'event' | 'condition',
): boolean {
  const rule = readWaitRule(wait);
  if ((rule.kind !== 'event' && rule.kind !== 'condition') || !rule.business_hours) return false;
  const paused = load();
  if (!paused) return false;
  const start = toBusinessHours(unit.now, zoneOf(unit, paused), unit.holidays);
  if (start <= unit.now) return false;
  answerWait(unit.db, wait.execution_id, by, new Date(start).toISOString());
  unit.touch('execution', wait.execution_id);
  return true;
}

/**
 * Whether nothing can end a wait any more because its record went to the bin. One with a time-out, or with a time to
 * wait for, ends by itself.
 */
function cannotEnd(
  unit: UnitOfWork,
  executionId: string,
  load: LoadRun,
  event: StoredEvent,
): boolean {
  if (!event.type.endsWith('_deleted')) return false;
  const wait = findWait(unit.db, executionId);
  if (!wait || wait.due_at !== null || wait.missed_at !== null) return false;
  const rule = readWaitRule(wait);
  switch (rule.kind) {
    case 'instant':
    case 'answered':
    case 'let_go':
    case 'resume':
    case 'external':
      return false;
    case 'field':
      return rule.reference.object === event.object;
    case 'event':
      return (objectOfEvent(rule.event_type) ?? event.object) === event.object;
    case 'condition':
      return load()?.request.event.record_id === event.record_id;
  }
}

function endedBy(unit: UnitOfWork, wait: Wait, load: LoadRun, event: StoredEvent): WaitEnd | null {
  const rule = readWaitRule(wait);
  switch (rule.kind) {
    case 'instant':
    case 'external':
    case 'resume':
    case 'answered':
    case 'let_go':
      return null;
    case 'event':
      return rule.event_type === event.type && event.seq > rule.after_seq && !isOwn(wait, event)
        ? 'event'
        : null;
    case 'condition': {
      const paused = load();
      if (!paused) return null;
      return runnerAt(unit, paused).holds(rule.conditions, event) ? 'condition' : null;
    }
    case 'field': {
      const paused = load();
      if (!paused) return null;
      const { object, field } = rule.reference;
      const record: Readonly<Record<string, unknown>> | null = runnerAt(unit, paused)
        .records()
        .record(object);
      // A record in the bin moves nothing: at its time the run goes on, and says what is missing.
      if (!record) return null;
      const due = fieldDue(rule, record[field], zoneOf(unit, paused), unit.holidays);
      const dueAt = due === null ? null : new Date(due).toISOString();
      // A new date is a new time: what was missed of the old one is no longer asked about.
      if (dueAt !== (wait.missed_at ?? wait.due_at ?? wait.frozen_due_at)) {
        moveWait(unit.db, wait.execution_id, dueAt);
        unit.touch('execution', wait.execution_id);
      }
      return null;
    }
  }
}

/** The zone the workflow of a run counts its days in. */
function zoneOf(unit: UnitOfWork, { request }: PausedRun): string {
  return request.workflow.definition.settings.time_zone ?? unit.timeZone;
}

function runnerAt(unit: UnitOfWork, { request, cursor, results }: PausedRun): StepRunner {
  return new StepRunner(unit, request, cursor, results);
}

/** One run that cannot go on must not stand before all the others: it fails, with its reason. */
function goOn(
  unit: UnitOfWork,
  executionId: string,
  load: LoadRun,
  end: WaitEnd,
  event: StoredEvent,
): string | null {
  const held = holdOfRun(unit.db, executionId);
  if (held) {
    holdRun(unit, executionId, held, end);
    return null;
  }
  return resume(unit, executionId, load(), end, event.type, () => event.seq);
}

function resume(
  unit: UnitOfWork,
  executionId: string,
  paused: PausedRun | null,
  end: WaitEnd,
  what: string,
  lastEventSeq: () => number,
): string | null {
  try {
    if (!paused) return endOrphan(unit, executionId, what);
    const report = unit.attemptAll(() => resumeRun(unit, paused, end, lastEventSeq));
    if (!report || report.error === null) return null;
    const { workflow } = paused.request;
    return triggerErrorLine({
      workflow,
      event: { type: what, run: executionId },
      reason: report.error,
    });
  } catch (error) {
    return failRun(unit, executionId, what, error);
  }
}

/** The pause of its workflow came first: the wait is frozen, and what ended it counts when the workflow goes on. */
function holdRun(
  unit: UnitOfWork,
  executionId: string,
  { hold, paused_at: pausedAt }: { hold: 'freeze' | 'cancel'; paused_at: string | null },
  end: WaitEnd,
): void {
  if (hold === 'cancel') {
    claimWait(unit.db, executionId);
    cancelRun(unit.db, executionId, unit.nowText);
    cancelDeliveriesOf(unit, executionId);
  } else {
    freezeWait(unit.db, executionId, pausedAt ?? unit.nowText);
    // A run that sends something waits for how that ends, whatever else came.
    if (end !== 'time' && !isSending(unit, executionId))
      endWaitNow(unit.db, executionId, unit.nowText);
  }
  unit.touch('execution', executionId);
}

function isSending({ db }: UnitOfWork, executionId: string): boolean {
  const wait = findWait(db, executionId);
  return wait !== undefined && readWaitRule(wait).kind === 'external';
}

/** A wait whose run or workflow somebody deleted by SQL is taken away: it would be due for ever. */
function endOrphan(unit: UnitOfWork, executionId: string, what: string): string | null {
  const gone = new UserError(
    'conflict',
    'its workflow, version or event is not in the file any more',
  );
  return hasWait(unit.db, executionId) ? failRun(unit, executionId, what, gone) : null;
}

function failRun(unit: UnitOfWork, executionId: string, what: string, error: unknown): string {
  const reason = messageOf(error);
  const stepId = findWaitStep(unit.db, executionId);
  if (error instanceof UnusableVersion && stepId !== null) {
    parkRun(unit, executionId, { id: stepId }, reason, 'fix_input');
    return triggerErrorLine({
      event: { type: what, run: executionId },
      reason: `parked: ${reason}`,
    });
  }
  claimWait(unit.db, executionId);
  const message = `The run could not go on: ${reason}`;
  failWaitingRun(unit.db, executionId, { message, kind: errorKindOf(error) }, unit.nowText);
  noteFailureOf(unit, executionId, message);
  unit.touch('execution', executionId);
  return triggerErrorLine({
    event: { type: what, run: executionId },
    reason: `the run could not go on: ${reason}`,
  });
}

/** As for any failed run, as far as its rows can still be read: a damaged event tells nobody. */
function noteFailureOf(unit: UnitOfWork, executionId: string, message: string): void {
  const workflow = findWorkflowOfRun(unit.db, executionId);
  if (!workflow) return;
  try {
    const event = loadEvent(unit.db, workflow.event_id);
    unit.attempt(() => noteFailure(unit, { workflow, execution_id: executionId, event, message }));
  } catch {
    // The run itself says why it failed; there is no event to tell of it by.
  }
}
