import type { Execution, StepResult } from '../../../../shared/contract/workflows.ts';
import type { CanvasLayout } from './canvas-layout.ts';
import { plainText } from './trigger-words.ts';
import { allSteps, type DraftStep } from './workflow-draft.ts';

type Run = Pick<Execution, 'status' | 'end_reason'> & {
  readonly actions_executed: readonly StepResult[];
};

/** What a step did, each attempt and each turn of a loop in order. */
export function resultsByStep(
  results: readonly StepResult[],
): ReadonlyMap<string, readonly StepResult[]> {
  const byStep = new Map<string, StepResult[]>();
  for (const result of results) {
    byStep.set(result.id, [...(byStep.get(result.id) ?? []), result]);
  }
  return byStep;
}

/** Whether a run took a list of a step: it says so, or a step of it was reached. */
function tookList(
  step: DraftStep,
  list: number,
  results: readonly StepResult[],
  reached: ReadonlySet<string>,
): boolean {
  const below = step.lists[list];
  if (!below) return false;
  if (allSteps(below.steps).some(({ id }) => reached.has(id))) return true;
  return results.some(({ output }) => {
    const branch = plainText(output?.['branch']);
    if (branch === '') return false;
    return below.name === 'case' ? branch === below.equals : branch === below.name;
  });
}

/** Ids of the nodes and lines of a canvas that a run came by. */
export function pathOfRun(layout: CanvasLayout, run: Run): ReadonlySet<string> {
  const results = resultsByStep(run.actions_executed);
  const reached = new Set<string>(['trigger', ...results.keys()]);
  const whole = (run.status === 'succeeded' || run.status === 'partial') && run.end_reason === null;
  for (const node of layout.nodes) {
    if (node.kind !== 'branch' || !results.has(node.step.id)) continue;
    const own = results.get(node.step.id) ?? [];
    if (node.list !== null) {
      if (tookList(node.step, node.list, own, reached)) reached.add(node.id);
      continue;
    }
    const aside = node.step.lists.some((_, list) => tookList(node.step, list, own, reached));
    const over = own.at(-1)?.status === 'succeeded' || own.at(-1)?.status === 'skipped';
    if (over && !aside) reached.add(node.id);
  }
  if (whole && !run.actions_executed.some(({ type }) => type === 'stop')) reached.add('end');
  // From the end upwards: where branches join again is reached when what follows is.
  for (const { id } of layout.lines.toReversed()) {
    const [from = '', to = ''] = id.split('>');
    if (from.endsWith('/join') && reached.has(to) && reached.has(from.slice(0, -'/join'.length))) {
      reached.add(from);
    }
  }
  for (const { id } of layout.lines) {
    const [from = '', to = ''] = id.split('>');
    if (reached.has(from) && reached.has(to)) reached.add(id);
  }
  return reached;
}
