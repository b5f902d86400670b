import { isDeepStrictEqual } from 'node:util';
import type { RehearsalResult, RehearsedRun } from '../../../shared/contract/rehearsal.ts';
import type { WorkflowTestResult } from '../../../shared/contract/workflow-tests.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';

/** What a workflow did, free of ids, which are others each time. */
export interface Outcome {
  /** The run's status, or the rule that refused it. */
  readonly taken: string;
  readonly steps: readonly StepOutcome[];
}

interface StepOutcome {
  readonly step_id: string;
  readonly status: string;
  readonly error: string | null;
  readonly sends: unknown;
  /** `deal.stage` → what was written. */
  readonly writes: Readonly<Record<string, unknown>>;
}

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export function outcomeOf(
  { runs, refusals }: RehearsalResult,
  records: ReadonlyMap<ObjectName, string>,
): Outcome {
  const [run] = runs;
  const outcome: Outcome = {
    taken: run?.status ?? refusals[0]?.rule ?? 'not started',
    steps: run?.steps.map(stepOutcome) ?? [],
  };
  let text = JSON.stringify(outcome);
  for (const [object, id] of records) text = text.replaceAll(id, `(${object})`);
  return JSON.parse(text.replaceAll(anyId, '(id)')) as Outcome;
}

function stepOutcome({ step, sends }: RehearsedRun['steps'][number]): StepOutcome {
  const writes = step.changes.flatMap(({ object, fields }) =>
    Object.entries(fields).map(([name, change]) => [`${object}.${name}`, change.new] as const),
  );
  return {
    step_id: step.id,
    status: step.status,
    error: step.error,
    sends: sends?.content ?? null,
    writes: Object.fromEntries(writes),
  };
}

type Difference = WorkflowTestResult['differences'][number];

/** Where one outcome differs from another, step by step. */
export function compareOutcomes(expected: Outcome, found: Outcome): Difference[] {
  const differences: Difference[] = [];
  const look = (step: string | null, what: string, wanted: unknown, seen: unknown): void => {
    if (isDeepStrictEqual(wanted ?? null, seen ?? null)) return;
    differences.push({ step_id: step, what, expected: wanted ?? null, found: seen ?? null });
  };
  look(null, 'taken', expected.taken, found.taken);
  const count = Math.max(expected.steps.length, found.steps.length);
  for (let index = 0; index < count; index += 1) {
    const wanted = expected.steps[index];
    const seen = found.steps[index];
    const id = wanted?.step_id ?? seen?.step_id ?? null;
    if (wanted?.step_id !== seen?.step_id) {
      look(id, 'taken', wanted?.step_id, seen?.step_id);
      continue;
    }
    look(id, 'status', wanted?.status, seen?.status);
    look(id, 'error', wanted?.error, seen?.error);
    look(id, 'sends', wanted?.sends, seen?.sends);
    const names = new Set([
      ...Object.keys(wanted?.writes ?? {}),
      ...Object.keys(seen?.writes ?? {}),
    ]);
    for (const name of names) look(id, name, wanted?.writes[name], seen?.writes[name]);
  }
  return differences;
}
