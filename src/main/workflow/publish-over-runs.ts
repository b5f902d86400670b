import type { Actor } from '../../shared/events/event-types.ts';
import { allSteps } from '../../shared/workflow/definition.ts';
import type { Reader } from '../db/handle.ts';
import type { Committer, UnitOfWork } from '../db/unit-of-work.ts';
import { cancelDeliveriesOf } from '../delivery/outbox.ts';
import { inSlices } from '../in-slices.ts';
import type { Clock } from '../ports.ts';
import { type Cursor, settleCursor } from './decide/cursor.ts';
import { moveCursor } from './decide/move-cursor.ts';
import { cancelRun } from './store/execution-store.ts';
import {
  findWaitingPlace,
  moveRun,
  olderWaitingRuns,
  waitingStepsOnOlder,
} from './store/older-run-store.ts';
import { latestVersion, loadVersion, type Version } from './store/version-store.ts';
import { claimWait } from './store/wait-store.ts';

/** What a new version means for runs that wait on an older one. */
export interface OlderRuns {
  /** Runs that wait on an older version. */
  readonly waiting: number;
  /** Those of them whose step the newest version has. */
  readonly movable: number;
}

function newest(db: Reader, workflowId: string): Version | null {
  const latest = latestVersion(db, workflowId);
  return latest?.definition ? { ...latest, definition: latest.definition } : null;
}

/** Counts runs that wait on an older version than the newest. */
export function countOlderRuns(db: Reader, workflowId: string): OlderRuns {
  const latest = newest(db, workflowId);
  if (!latest) return { waiting: 0, movable: 0 };
  const ids = new Set(allSteps(latest.definition.actions).map((step) => step.id));
  const groups = waitingStepsOnOlder(db, workflowId, latest.id);
  const sum = (counted: typeof groups): number =>
    counted.reduce((total, { count }) => total + count, 0);
  return { waiting: sum(groups), movable: sum(groups.filter(({ step_id: id }) => ids.has(id))) };
}

export interface AppliedVersion {
  readonly moved: number;
  readonly cancelled: number;
  /** Runs that go on with their own version: its step is not in the newest one. */
  readonly kept: number;
}

/**
 * Moves the runs that wait on an older version to the step of the same id in the newest one, or cancels them, in
 * slices. What they wait for stays as it was; a run whose step the newest version does not have keeps its own.
 *
 * @param signal ends the work after the slice at hand; what was done stays
 */
export async function applyNewestVersion(
  parts: { readonly reader: Reader; readonly committer: Committer; readonly clock: Clock },
  actor: Actor,
  workflowId: string,
  how: 'move' | 'cancel',
  signal?: AbortSignal,
): Promise<AppliedVersion> {
  const counts = { moved: 0, cancelled: 0, kept: 0 };
  const version = newest(parts.reader, workflowId);
  if (!version) return counts;
  const runs = olderWaitingRuns(parts.reader, workflowId, version.id);
  await inSlices(parts, actor, runs, signal, (unit, id) => {
    if (how === 'cancel') {
      // Without its wait the run went on meanwhile, and is left alone.
      if (!claimWait(unit.db, id)) return;
      cancelRun(unit.db, id, unit.nowText);
      cancelDeliveriesOf(unit, id);
      counts.cancelled += 1;
    } else if (move(unit, id, version)) {
      counts.moved += 1;
    } else {
      counts.kept += 1;
    }
    unit.touch('execution', id);
  });
  return counts;
}

function move(unit: UnitOfWork, id: string, version: Version): boolean {
  const run = findWaitingPlace(unit.db, id);
  if (!run) return false;
  try {
    const own = loadVersion(unit.db, run.version_id).definition;
    // Written by the executor alone; one that was damaged throws, and its run keeps what it has.
    const cursor = JSON.parse(run.cursor) as Cursor;
    const place = moveCursor({ definition: own, cursor, step_id: run.step_id }, version.definition);
    const before = settleCursor(own, cursor)?.step.type;
    // A step of the same id that became something else does not wait as this run does.
    if (!place || settleCursor(version.definition, place)?.step.type !== before) return false;
    moveRun(unit.db, id, version.id, place);
    return true;
  } catch {
    return false;
  }
}
