import { evaluateConditions } from '../../../shared/workflow/conditions/evaluate-conditions.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { messageOf } from '../../errors.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import { fieldDue } from '../decide/plan-wait.ts';
import { cancelRun, failWaitingRun, findWorkflowOfRun } from '../store/execution-store.ts';
import { freezeWait, holdOfRun } from '../store/pause-store.ts';
import { loadEvent, newestEventSeq } from '../../events/event-store.ts';
import { loadPausedRun, type PausedRun } from '../store/paused-run-store.ts';
import { UnusableVersion } from '../store/version-store.ts';
import { parkRun } from '../stopped-runs.ts';
import {
  claimWait,
  endWaitNow,
  findWaitStep,
  hasWait,
  moveWait,
  readWaitRule,
  replaceWaitRecords,
  type Wait,
  waitsOnRecord,
} from '../store/wait-store.ts';
import { conditionFacts } from './condition-facts.ts';
import { resumeRun, type WaitEnd } from './execute-run.ts';
import { noteFailure } from './note-outcome.ts';
import { StepRunner } from './run-steps.ts';
import { triggerErrorLine } from './trigger-error.ts';

/** Goes on with a run whose time has come. @returns a line for the log, or null */
export function resumeDueRun(unit: UnitOfWork, executionId: string): string | null {
  return goOn(unit, executionId, 'time', 'time', newestEventSeq(unit.db));
}

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
  let end: WaitEnd | null;
  try {
    end = unit.attempt(() => {
      if (linkNames.some((name) => event.data.changes[name])) followLinks(unit, id);
      return endedBy(unit, wait, event);
    });
  } catch (error) {
    return failRun(unit, id, event.type, error);
  }
  return end === null ? null : goOn(unit, id, end, event.type, event.seq);
}

/** A waiting run writes nothing: what it wrote itself was before the wait, though it is dispatched after. */
function isOwn(wait: Wait, event: StoredEvent): boolean {
  return event.chain.at(-1)?.execution_id === wait.execution_id;
}

const linkNames = ['contact_id', 'company_id', 'deal_id'];

/** A changed link leads the run to other records: from now on theirs are the events it waits for. */
function followLinks(unit: UnitOfWork, executionId: string): void {
  const paused = loadPausedRun(unit.db, executionId);
  if (paused) replaceWaitRecords(unit.db, executionId, runnerAt(unit, paused).records().ids());
}

function endedBy(unit: UnitOfWork, wait: Wait, event: StoredEvent): WaitEnd | null {
  const rule = readWaitRule(wait);
  switch (rule.kind) {
    case 'instant':
    case 'external':
    case 'resume':
      return null;
    case 'event':
      return rule.event_type === event.type && event.seq > rule.after_seq && !isOwn(wait, event)
        ? 'event'
        : null;
    case 'condition': {
      const paused = loadPausedRun(unit.db, wait.execution_id);
      if (!paused) return null;
      const records = runnerAt(unit, paused).records();
      const facts = conditionFacts(unit, records, event);
      return evaluateConditions(rule.conditions, facts) ? 'condition' : null;
    }
    case 'field': {
      const paused = loadPausedRun(unit.db, wait.execution_id);
      if (!paused) return null;
      const { object, field } = rule.reference;
      const record: Readonly<Record<string, unknown>> | null = runnerAt(unit, paused)
        .records()
        .record(object);
      // A record in the bin moves nothing: at its time the run goes on, and says what is missing.
      if (!record) return null;
      const due = fieldDue(rule, record[field], zoneOf(unit, paused));
      const dueAt = due === null ? null : new Date(due).toISOString();
      if (dueAt !== (wait.due_at ?? wait.frozen_due_at)) {
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
  end: WaitEnd,
  what: string,
  lastEventSeq: number,
): string | null {
  const held = holdOfRun(unit.db, executionId);
  if (held) {
    holdRun(unit, executionId, held, end);
    return null;
  }
  const paused = loadPausedRunSafely(unit, executionId);
  try {
    if (paused instanceof Error) throw paused;
    if (!paused) return endOrphan(unit, executionId, what);
    const report = unit.attempt(() => resumeRun(unit, paused, end, lastEventSeq));
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
  } else {
    freezeWait(unit.db, executionId, pausedAt ?? unit.nowText);
    if (end !== 'time') endWaitNow(unit.db, executionId, unit.nowText);
  }
  unit.touch('execution', executionId);
}

/** A wait whose run or workflow somebody deleted by SQL is taken away: it would be due for ever. */
function endOrphan(unit: UnitOfWork, executionId: string, what: string): string | null {
  const gone = new Error('its workflow, version or event is not in the file any more');
  return hasWait(unit.db, executionId) ? failRun(unit, executionId, what, gone) : null;
}

function failRun(unit: UnitOfWork, executionId: string, what: string, error: unknown): string {
  const reason = messageOf(error);
  const stepId = findWaitStep(unit.db, executionId);
  if (error instanceof UnusableVersion && stepId !== null) {
    parkRun(unit, executionId, { id: stepId }, reason);
    return triggerErrorLine({
      event: { type: what, run: executionId },
      reason: `parked: ${reason}`,
    });
  }
  claimWait(unit.db, executionId);
  const message = `The run could not go on: ${reason}`;
  failWaitingRun(unit.db, executionId, message, unit.nowText);
  noteFailureOf(unit, executionId, message);
  unit.touch('execution', executionId);
  return triggerErrorLine({
    event: { type: what, run: executionId },
    reason: `the run could not go on: ${reason}`,
  });
}

function loadPausedRunSafely(unit: UnitOfWork, executionId: string): PausedRun | Error | null {
  try {
    return loadPausedRun(unit.db, executionId);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
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
