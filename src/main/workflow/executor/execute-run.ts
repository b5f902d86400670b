import type { StepResult } from '../../../shared/contract/workflows.ts';
import type { RecordReference } from '../../../shared/model/objects.ts';
import { endReasons } from '../../../shared/workflow/definition.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import type { Clock } from '../../ports.ts';
import { findDelivery } from '../../delivery/delivery-store.ts';
import { advance, type Cursor, enter, startCursor } from '../decide/cursor.ts';
import type { WaitRule } from '../decide/plan-wait.ts';
import { type SavedRun, saveRun } from '../store/execution-store.ts';
import type { PausedRun } from '../store/paused-run-store.ts';
import { cancelDeliveriesOf } from '../../delivery/outbox.ts';
import { externalEnd } from '../../delivery/external-end.ts';
import { claimWait, insertWait, moveWait } from '../store/wait-store.ts';
import { noteEnd, noteFailure } from './note-outcome.ts';
import {
  countSteps,
  type EndReason,
  type RunRequest,
  type Stretch,
  stepNumber,
  StepRunner,
} from './run-steps.ts';

export type { RunRequest } from './run-steps.ts';

/** What the log must say about a run; null when nothing went wrong. */
export interface RunReport {
  readonly error: string | null;
}

/** How a wait came to its end: by what it waited for, or by what ends the run. */
export type WaitEnd = 'time' | 'event' | 'condition' | EndReason;

function isEndReason(end: WaitEnd): end is EndReason {
  return endReasons.some((reason) => reason === end);
}

function subjectOf({ object, record_id: id }: StoredEvent): RecordReference | null {
  return object === null || id === null ? null : { object, id };
}

/**
 * Carries out a run inside the unit of work that dispatches its event: its steps, its history and the mark on the
 * event commit together. Each step has a savepoint, so a failing one keeps those before it.
 */
export function executeRun(unit: UnitOfWork, clock: Clock, request: RunRequest): RunReport {
  const startedAt = clock.elapsed();
  return runStretch(unit, request, {
    cursor: startCursor,
    isStart: true,
    earlier: [],
    onFile: request.is_queued ? 'queued' : 'nothing',
    startedAt: unit.nowText,
    lastEventSeq: () => request.event.seq,
    lastedMs: () => Math.max(0, clock.elapsed() - startedAt),
  });
}

/**
 * Goes on with a run whose wait ended. The wait's row is the claim: it is taken away in the same transaction.
 *
 * @param lastEventSeq tells that of the event that ended the wait, or of the newest one when time did
 * @returns null when somebody else already went on with it
 */
export function resumeRun(
  unit: UnitOfWork,
  paused: PausedRun,
  endedBy: WaitEnd,
  lastEventSeq: () => number,
): RunReport | null {
  const { request, cursor, results } = paused;
  if (paused.rule.kind === 'external' && !isEndReason(endedBy))
    return resumeExternal(unit, paused, lastEventSeq);
  if (!claimWait(unit.db, request.execution_id)) return null;
  // The run ends for a reason: what of it is not on its way yet is not sent any more.
  if (paused.rule.kind === 'external') cancelDeliveriesOf(unit, request.execution_id);
  const startedAt = paused.started_at ?? unit.nowText;
  const lastedMs = (): number => Math.max(0, unit.now - Date.parse(startedAt));
  if (paused.rule.kind === 'resume') {
    return runStretch(unit, request, {
      cursor,
      // A restart begins only now, and counts as any start does.
      isStart: paused.started_at === null,
      afterFailure: paused.after_failure,
      earlier: results,
      onFile: 'begun',
      startedAt,
      lastEventSeq,
      lastedMs,
    });
  }
  const waited = results.at(-1);
  const { rule } = paused;
  // A wait that has something to wait for besides time, and ended by time, has timed out.
  const timedOut = endedBy === 'time' && (rule.kind === 'event' || rule.kind === 'condition');
  const how = rule.kind === 'answered' && endedBy === 'time' ? rule.by : endedBy;
  const ending = isEndReason(endedBy) ? endedBy : null;
  const earlier = results.map(
    (result): StepResult =>
      result === waited
        ? {
            ...result,
            status: ending === null ? 'succeeded' : 'skipped',
            output: { ended_by: timedOut ? 'timeout' : how, ended_at: unit.nowText },
          }
        : result,
  );
  return runStretch(unit, request, {
    cursor: timedOut ? enter(cursor, 'on_timeout') : advance(cursor),
    afterFailure: paused.after_failure,
    earlier,
    onFile: 'begun',
    startedAt,
    lastEventSeq,
    lastedMs,
    ...(ending === null ? {} : { ending }),
  });
}

/** Goes on behind a mail or a webhook whose end is known. */
function resumeExternal(
  unit: UnitOfWork,
  paused: PausedRun,
  lastEventSeq: () => number,
): RunReport | null {
  const { request, cursor, results, rule } = paused;
  const startedAt = paused.started_at ?? unit.nowText;
  const id = request.execution_id;
  if (rule.kind !== 'external') return null;
  const end = externalEnd(findDelivery(unit.db, rule.delivery_id));
  if (!end) {
    // Rung too early, by SQL: the delivery itself makes the wait due when it ends.
    moveWait(unit.db, id, null);
    return null;
  }
  if (!claimWait(unit.db, id)) return null;
  const sent = results.at(-1);
  return runStretch(unit, request, {
    cursor,
    afterFailure: paused.after_failure,
    earlier: results.map((result) =>
      result === sent
        ? { ...result, ...end, warnings: [...result.warnings, ...end.warnings] }
        : result,
    ),
    behindStep: true,
    onFile: 'begun',
    startedAt,
    lastEventSeq,
    lastedMs: () => Math.max(0, unit.now - Date.parse(startedAt)),
  });
}

interface StretchStart {
  readonly cursor: Cursor;
  readonly earlier: readonly StepResult[];
  readonly onFile: SavedRun['on_file'];
  /** True: the run begins, which its workflow counts. */
  readonly isStart?: boolean;
  /** False where it is known that the run before did not fail. */
  readonly afterFailure?: boolean;
  /** True: the step at the cursor was carried out, and the last of the results is its own. */
  readonly behindStep?: true;
  /** ISO text. */
  readonly startedAt: string;
  readonly lastEventSeq: () => number;
  readonly lastedMs: () => number;
  /** The run is to end here, for this reason, without a further step. */
  readonly ending?: EndReason;
}

function runStretch(unit: UnitOfWork, request: RunRequest, start: StretchStart): RunReport {
  const { workflow, event, execution_id } = request;
  const { time_zone: zone } = workflow.definition.settings;
  const link = { workflow_id: workflow.id, record_id: event.record_id, execution_id };
  const origin = {
    actor: { kind: 'workflow', workflow_id: workflow.id, execution_id },
    chain: [...event.chain, link],
    ...(zone === null ? {} : { timeZone: zone }),
  } as const;
  const runner = new StepRunner(unit, request, start.cursor, start.earlier, start.lastEventSeq);
  const { ending } = start;
  const stretch =
    ending === undefined
      ? unit.as(origin, () => (start.behindStep ? runner.goOnBehind() : runner.run()))
      : ({ kind: 'ended', failed: false, reason: ending } as const);
  const { results } = runner;
  const first = results.find((result) => result.status === 'failed');
  const error = first
    ? `Step ${stepNumber(workflow.definition.actions, first.id)} ${first.type}: ${first.error}`
    : null;
  const lastedMs = start.lastedMs();
  const ended = stretch.kind === 'ended';
  saveRun(unit.db, {
    id: execution_id,
    on_file: start.onFile,
    workflow_id: workflow.id,
    version_id: workflow.version_id,
    event_id: event.id,
    record: subjectOf(event),
    status: statusOf(stretch, first !== undefined),
    success_count: countSteps(results, 'succeeded'),
    failure_count: countSteps(results, 'failed'),
    duration_seconds: ended ? Math.round(lastedMs * 1_000) / 1_000_000 : null,
    started_at: start.startedAt,
    finished_at: ended
      ? new Date(Date.parse(start.startedAt) + Math.round(lastedMs)).toISOString()
      : null,
    error_message: error,
    error_kind: first?.error_kind ?? null,
    end_reason: stretch.kind === 'ended' ? (stretch.reason ?? null) : null,
    cursor: positionOf(stretch, runner),
    restart_of: request.restart_of ?? null,
    steps: results,
    // The wait before this stretch is on file as waiting.
    saved_steps: start.earlier.length,
  });
  if (stretch.kind === 'waiting') {
    const { step_id, rule, due } = stretch.wait;
    const wait = {
      execution_id,
      step_id,
      rule,
      due_at: due === null ? null : new Date(due).toISOString(),
    };
    insertWait(unit.db, wait, heeds(request, rule) ? runner.records().ids() : [], unit.nowText);
  }
  const isFine = ended && !stretch.failed;
  if (start.isStart) countStart(unit, workflow.id, isFine);
  if (ended && stretch.failed) {
    noteFailure(unit, { workflow, execution_id, event, message: error ?? 'it failed' });
  } else if (isFine && !start.isStart && start.afterFailure) {
    noteEnd(unit, workflow.id);
  }
  unit.touch('execution', execution_id);
  unit.touch('workflow', workflow.id);
  return { error: ended ? error : null };
}

/** Where a run may go on later: at the wait, or at the step that failed. */
function positionOf(stretch: Stretch, runner: StepRunner): string | null {
  if (stretch.kind === 'waiting') return JSON.stringify(stretch.cursor);
  return stretch.failed ? JSON.stringify(runner.position) : null;
}

/** Whether events of its records matter to a waiting run: what they cannot end may still reach its goal. */
function heeds({ workflow }: RunRequest, rule: WaitRule): boolean {
  const { goal, exit_when: exit } = workflow.definition.settings;
  const endsByEvents = rule.kind !== 'instant' && rule.kind !== 'external';
  return endsByEvents || goal !== undefined || exit !== undefined;
}

function statusOf(stretch: Stretch, anyFailed: boolean): SavedRun['status'] {
  if (stretch.kind === 'waiting') return 'waiting';
  if (stretch.reason === 'goal') return 'succeeded';
  if (stretch.reason !== undefined) return 'cancelled';
  if (stretch.failed) return 'failed';
  return anyFailed ? 'partial' : 'succeeded';
}

/** @param isFine the run came to its end already, and did not fail: that ends the row of failures before it */
function countStart(unit: UnitOfWork, workflowId: string, isFine: boolean): void {
  unit.db.run(
    isFine
      ? 'UPDATE workflows SET execution_count = execution_count + 1, last_executed_at = ?, failures_in_row = 0 WHERE id = ?'
      : 'UPDATE workflows SET execution_count = execution_count + 1, last_executed_at = ? WHERE id = ?',
    unit.nowText,
    workflowId,
  );
}

/** Keeps a start that was refused in the history, with its reason; it does not count as executed. */
export function skipRun(
  unit: UnitOfWork,
  { workflow, event, execution_id, is_queued: isQueued }: RunRequest,
  reason: string,
): void {
  saveRun(unit.db, {
    id: execution_id,
    on_file: isQueued ? 'queued' : 'nothing',
    workflow_id: workflow.id,
    version_id: workflow.version_id,
    event_id: event.id,
    record: subjectOf(event),
    status: 'skipped',
    success_count: 0,
    failure_count: 0,
    duration_seconds: 0,
    started_at: unit.nowText,
    finished_at: unit.nowText,
    error_message: `skipped: ${reason}`,
    error_kind: 'fix_input',
    end_reason: null,
    cursor: null,
    restart_of: null,
    steps: [],
    saved_steps: 0,
  });
  unit.touch('execution', execution_id);
}
