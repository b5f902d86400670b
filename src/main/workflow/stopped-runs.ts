import type { ErrorKind } from '../../shared/model/error-kind.ts';
import type { Definition } from '../../shared/workflow/definition.ts';
import { readWorkflowStatus } from '../../shared/workflow/definition.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { messageOf, notFound, UserError } from '../errors.ts';
import { advance, type Cursor, settleCursor } from './decide/cursor.ts';
import { moveCursor } from './decide/move-cursor.ts';
import { refuseFrozen } from './pause-workflow.ts';
import { decideRecovery } from './decide/recover-run.ts';
import {
  countRecovery,
  findStoppedRun,
  insertRestart,
  lastStep,
  markStoppedStep,
  putBackToWaiting,
  queueAgain,
  readRecoveries,
  type StoppedRun,
  writeParked,
} from './store/stopped-run-store.ts';
import { latestVersion, loadVersion } from './store/version-store.ts';
import { claimWait } from './store/wait-store.ts';
import { getWorkflowRow } from './store/workflow-store.ts';

/** Which version a run goes on with: the one it began with, or the newest. */
export type VersionChoice = 'own' | 'latest';

/**
 * Stops a run at the step it is in until the user decides: retry, skip or cancel. It waits for nothing any more.
 * The step's record, if it is `waiting`, becomes `parked`.
 *
 * @param reason what the user must know, as a sentence without its full stop
 * @param kind of the error; null where nothing went wrong and only a decision is asked for
 */
export function parkRun(
  unit: UnitOfWork,
  executionId: string,
  step: { readonly id: string },
  reason: string,
  kind: ErrorKind | null,
): void {
  claimWait(unit.db, executionId);
  writeParked(unit.db, executionId, step.id, reason, kind);
  unit.touch('execution', executionId);
}

/**
 * Counts that the step in flight of a run is taken up again after the program ended in the middle of it, and parks the
 * run when that happened too often in a row. To be called once for each step that is found in flight at a start.
 *
 * @returns whether the step may be taken up again
 */
export function recoverStep(
  unit: UnitOfWork,
  executionId: string,
  step: { readonly id: string },
): boolean {
  const decision = decideRecovery(readRecoveries(unit.db, executionId));
  if (decision.kind === 'park') {
    parkRun(unit, executionId, step, decision.reason, 'our_bug');
    return false;
  }
  countRecovery(unit.db, executionId);
  return true;
}

function findRun(db: Reader, id: string): StoppedRun {
  const run = findStoppedRun(db, id);
  if (!run) throw notFound('run', id);
  return run;
}

interface ChosenVersion {
  readonly id: string;
  readonly definition: Definition;
}

/** @throws UserError `conflict` when that version cannot be had */
function chooseVersion(db: Reader, run: StoppedRun, choice: VersionChoice): ChosenVersion {
  if (choice === 'latest' || run.version_id === null) {
    const latest = latestVersion(db, run.workflow_id);
    if (latest?.definition) return { id: latest.id, definition: latest.definition };
    throw new UserError('conflict', 'The workflow has no version that can run. Save it first.', {
      field: 'version',
    });
  }
  try {
    return loadVersion(db, run.version_id);
  } catch (error) {
    throw new UserError(
      'conflict',
      `${messageOf(error)}. Use the latest version, or cancel the run.`,
      { field: 'version' },
    );
  }
}

function readCursor(run: StoppedRun): Cursor {
  if (run.cursor !== null) {
    try {
      const cursor: unknown = JSON.parse(run.cursor);
      // Written by the executor alone; anything else was put there by SQL.
      if (Array.isArray(cursor)) return cursor as Cursor;
    } catch {
      // Said below.
    }
  }
  throw new UserError(
    'conflict',
    'It is not on file where this run stopped, so it cannot go on there. Restart it instead.',
  );
}

/**
 * Has a failed or parked run go on at the step it stopped at.
 *
 * @param take `again`: the step is taken once more; `skip`: it is left out
 * @throws UserError `not_found`, or `conflict` when the run did not stop, or the version does not have the step
 */
export function resumeStoppedRun(
  unit: UnitOfWork,
  id: string,
  take: 'again' | 'skip',
  choice: VersionChoice,
): void {
  const { db } = unit;
  const run = findRun(db, id);
  if (run.status !== 'failed' && run.status !== 'parked') {
    throw new UserError(
      'conflict',
      `The run did not stop at a step (${run.status}); only a failed or parked run can go on.`,
    );
  }
  refuseFrozen(unit, id);
  const cursor = readCursor(run);
  const version = chooseVersion(db, run, choice);
  const place = version.id === run.version_id ? cursor : placeIn(db, run, cursor, version);
  const step = place && settleCursor(version.definition, place)?.step;
  if (!place || !step) {
    throw new UserError(
      'conflict',
      'That version of the workflow does not have the step this run stopped at. Go on with its own version, or restart it.',
      { field: 'version' },
    );
  }
  markStoppedStep(db, id, take === 'again' ? 'retried' : 'skipped');
  const next = take === 'again' ? place : advance(place);
  queueAgain(db, { id, version_id: version.id, step_id: step.id }, next, unit.nowText);
  unit.touch('execution', id);
}

/**
 * Has a run that failed at a step which sends something wait for that once more, on its own version: it goes on when
 * the delivery, which is tried again, ends.
 *
 * @throws UserError `not_found`, or `conflict` while its workflow freezes its runs
 */
export function waitForAgain(unit: UnitOfWork, id: string, deliveryId: string): void {
  const { db } = unit;
  refuseFrozen(unit, id);
  readCursor(findRun(db, id));
  const stepId = lastStep(db, id);
  if (stepId === null) return;
  markStoppedStep(db, id, 'retried');
  const rule = { kind: 'external', delivery_id: deliveryId } as const;
  putBackToWaiting(db, { id, step_id: stepId }, rule, unit.nowText);
  unit.touch('execution', id);
}

/** The place of the step in another version. A version of its own that cannot be read is no hindrance. */
function placeIn(
  db: Reader,
  run: StoppedRun,
  cursor: Cursor,
  version: ChosenVersion,
): Cursor | null {
  const definition = readableVersion(db, run.version_id);
  const stepId = (definition && settleCursor(definition, cursor)?.step.id) ?? lastStep(db, run.id);
  if (stepId === null) return null;
  return moveCursor({ definition, cursor, step_id: stepId }, version.definition);
}

function readableVersion(db: Reader, id: string | null): Definition | null {
  try {
    return id === null ? null : loadVersion(db, id).definition;
  } catch {
    return null;
  }
}

const endedStates: ReadonlySet<string> = new Set(['succeeded', 'partial', 'failed', 'cancelled']);

/**
 * Starts a run that is over once more, as a new run of the same event on the same record.
 *
 * @returns id of the new run
 * @throws UserError `not_found`, or `conflict` when the run is not over or its workflow takes no new starts
 */
export function restartRun(unit: UnitOfWork, id: string, choice: VersionChoice): string {
  const { db } = unit;
  const run = findRun(db, id);
  if (!endedStates.has(run.status)) {
    throw new UserError(
      'conflict',
      `The run is ${run.status}; only one that ended can be restarted.`,
    );
  }
  const workflow = getWorkflowRow(db, run.workflow_id);
  if (readWorkflowStatus(workflow.status) !== 'active') {
    throw new UserError(
      'conflict',
      `The workflow "${workflow.name}" is not active, so it takes no new starts. Turn it on, then restart the run.`,
    );
  }
  const version = chooseVersion(db, run, choice);
  const restart = {
    id: unit.ids.next(),
    version_id: version.id,
    step_id: version.definition.actions[0]?.id ?? '',
  };
  insertRestart(db, run, restart, unit.nowText);
  unit.touch('execution', restart.id);
  return restart.id;
}
