import { allSteps, type Step } from '../../../shared/workflow/definition.ts';
import type { Reader } from '../../db/handle.ts';
import type { Committer, UnitOfWork } from '../../db/unit-of-work.ts';
import { cancelDeliveriesOf } from '../../delivery/outbox.ts';
import { dueAfterPause } from '../decide/thaw-wait.ts';
import { cancelRun } from '../store/execution-store.ts';
import {
  freezeWait,
  type FrozenRow,
  frozenWaitsAfter,
  heldWorkflows,
  openRunsAfter,
  type PausedWorkflow,
  readHold,
  thawWait,
} from '../store/pause-store.ts';
import { loadVersion } from '../store/version-store.ts';
import { claimWait } from '../store/wait-store.ts';

/** Runs written in one commit: few enough for a slice, many enough that 100,000 are done soon. */
const batchSize = 100;

export interface PauseKeeperParts {
  readonly reader: Reader;
  readonly committer: Committer;
  /** Called when waits were thawed, so that those that are due go on. */
  readonly thawed: () => void;
}

/**
 * Makes the runs of paused workflows stand as the pause says, in slices: freezes or cancels what waits, and thaws it
 * when the workflow is active again. It looks at the rows alone, so a pause or its end by SQL, or one that the end of
 * the program cut short, is carried out the same way. Until it has come to a run, the run's own guard holds it.
 */
export function* keepPauses(parts: PauseKeeperParts): Generator<void> {
  for (const workflow of heldWorkflows(parts.reader)) yield* holdRuns(parts, workflow);
  yield* thawWaits(parts);
}

function* holdRuns(
  { reader, committer }: PauseKeeperParts,
  { id, hold: how, paused_at: pausedAt }: PausedWorkflow,
): Generator<void> {
  // Frozen runs keep what they have; a parked one waits for nobody but the user, and is ended only on purpose.
  const states = how === 'cancel' ? allOpen : counting;
  for (const status of states) {
    let after = 0;
    for (;;) {
      const runs = openRunsAfter(reader, id, status, after, batchSize);
      const last = runs.at(-1);
      if (!last) break;
      after = last.seq;
      committer.commit(
        { kind: 'user' },
        (unit) => {
          for (const run of runs) holdOne(unit, run.id, how, pausedAt ?? unit.nowText);
        },
        { point: 'pause' },
      );
      yield;
    }
  }
}

const counting = ['waiting', 'queued'] as const;
const allOpen = ['waiting', 'queued', 'parked'] as const;

function* thawWaits({ reader, committer, thawed }: PauseKeeperParts): Generator<void> {
  const steps = new StepsOfVersions(reader);
  let any = false;
  let after = '';
  for (;;) {
    const rows = frozenWaitsAfter(reader, after, batchSize);
    const last = rows.at(-1);
    if (!last) break;
    after = last.execution_id;
    const due = rows.filter((row) => readHold(row) === null);
    if (due.length > 0) {
      any = true;
      committer.commit(
        { kind: 'user' },
        (unit) => {
          for (const row of due) thawOne(unit, row, steps);
        },
        { point: 'pause' },
      );
    }
    yield;
  }
  if (any) thawed();
}

function holdOne(
  unit: UnitOfWork,
  executionId: string,
  hold: PausedWorkflow['hold'],
  pausedAt: string,
): void {
  if (hold === 'cancel') {
    claimWait(unit.db, executionId);
    cancelRun(unit.db, executionId, unit.nowText);
    cancelDeliveriesOf(unit, executionId);
  } else if (!freezeWait(unit.db, executionId, pausedAt)) {
    return;
  }
  unit.touch('execution', executionId);
}

function thawOne(unit: UnitOfWork, row: FrozenRow, steps: StepsOfVersions): void {
  const frozen = {
    due: row.frozen_due_at === null ? null : Date.parse(row.frozen_due_at),
    frozenAt: Date.parse(row.frozen_at),
  };
  const { step, timeZone } = steps.find(row);
  const due = dueAfterPause(frozen, step, unit.now, timeZone ?? unit.timeZone);
  thawWait(unit.db, row.execution_id, due === null ? null : new Date(due).toISOString());
  unit.touch('execution', row.execution_id);
}

/** Steps by version: many frozen runs share one. */
class StepsOfVersions {
  private readonly db: Reader;
  private readonly known = new Map<
    string,
    { readonly steps: ReadonlyMap<string, Step>; readonly timeZone: string | null }
  >();

  constructor(db: Reader) {
    this.db = db;
  }

  find({ version_id: id, step_id: stepId }: FrozenRow): {
    readonly step: Step | undefined;
    readonly timeZone: string | null;
  } {
    const version = id === null ? null : (this.known.get(id) ?? this.load(id));
    return { step: version?.steps.get(stepId), timeZone: version?.timeZone ?? null };
  }

  private load(id: string) {
    try {
      const { definition } = loadVersion(this.db, id);
      const steps = new Map(allSteps(definition.actions).map((step) => [step.id, step]));
      const version = { steps, timeZone: definition.settings.time_zone };
      this.known.set(id, version);
      return version;
    } catch {
      // Its own run is parked with the reason when its time comes.
      return null;
    }
  }
}
