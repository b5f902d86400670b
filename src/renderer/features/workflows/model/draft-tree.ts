import { type DraftList, type DraftStep, newStep, type WorkflowDraft } from './workflow-draft.ts';

type Steps = readonly DraftStep[];

/** A list of steps: the workflow's own, or one below a step. */
export interface ListPlace {
  /** The id of the step it is below; null for the workflow's own list. */
  readonly parent: string | null;
  /** Its place among the lists of that step. */
  readonly list: number;
}

export const rootList: ListPlace = { parent: null, list: 0 };

/** A step with where it stands. */
export interface PlacedStep {
  readonly step: DraftStep;
  /** As problems name it: `actions[0].then[1]`. */
  readonly path: string;
  /** The sources of the `for_each` steps around it, outermost first. */
  readonly loops: readonly string[];
}

/** The path of a list below a step, as problems name it. */
function pathOfList(stepPath: string, step: DraftStep, list: number): string {
  const name = step.lists[list]?.name;
  return name === 'case' ? `${stepPath}.cases[${list}].steps` : `${stepPath}.${name ?? ''}`;
}

/** Every step of a tree in the order steps are counted: a step's number is its index here + 1. */
export function placedSteps(
  steps: Steps,
  path = 'actions',
  loops: readonly string[] = [],
): PlacedStep[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}]`;
    const { over } = step.config;
    const inner = step.type === 'for_each' && typeof over === 'string' ? [...loops, over] : loops;
    return [
      { step, path: at, loops },
      ...step.lists.flatMap((list, place) =>
        placedSteps(list.steps, pathOfList(at, step, place), inner),
      ),
    ];
  });
}

/** Lists an editor shows: one that could never be taken is left out while it is empty. */
export function isShownList(step: DraftStep, list: DraftList): boolean {
  if (list.steps.length > 0) return true;
  if (list.name === 'on_error_steps') return step.on_error === 'branch';
  if (list.name !== 'on_timeout') return true;
  const { timeout } = step.config;
  return timeout !== undefined && timeout !== null && timeout !== '';
}

function mapLists(steps: Steps, change: (steps: Steps) => Steps): Steps {
  return change(
    steps.map((step) => {
      if (step.lists.length === 0) return step;
      const lists = step.lists.map((list) => ({ ...list, steps: mapLists(list.steps, change) }));
      return { ...step, lists };
    }),
  );
}

export function insertStep(
  draft: WorkflowDraft,
  step: DraftStep,
  { parent, list: place }: ListPlace,
  at: number,
): WorkflowDraft {
  if (parent === null) return { ...draft, steps: draft.steps.toSpliced(at, 0, step) };
  const insert = (list: DraftList, index: number): DraftList =>
    index === place ? { ...list, steps: list.steps.toSpliced(at, 0, step) } : list;
  return {
    ...draft,
    steps: mapLists(draft.steps, (steps) =>
      steps.map((one) => (one.id === parent ? { ...one, lists: one.lists.map(insert) } : one)),
    ),
  };
}

export type StepChange = Partial<Omit<DraftStep, 'id' | 'type'>>;

export function changeStep(draft: WorkflowDraft, id: string, change: StepChange): WorkflowDraft {
  const steps = mapLists(draft.steps, (list) =>
    list.map((step) => (step.id === id ? { ...step, ...change } : step)),
  );
  return { ...draft, steps };
}

/** A step goes with all that is below it. */
export function removeStep(draft: WorkflowDraft, id: string): WorkflowDraft {
  const steps = mapLists(draft.steps, (list) => list.filter((step) => step.id !== id));
  return { ...draft, steps };
}

/** A copy of a step with all that is below it, each under an id that is not taken yet. */
export function copyWithNewIds(original: DraftStep, taken: Steps): DraftStep {
  let known = taken;
  const copyOf = (step: DraftStep): DraftStep => {
    const copy = { ...step, id: newStep(step.type, known).id, lists: [] };
    known = [...known, copy];
    const lists = step.lists.map((list) => ({ ...list, steps: list.steps.map(copyOf) }));
    return { ...copy, lists };
  };
  return copyOf(original);
}

/** A copy with all that is below it, right behind it. */
export function duplicateStep(draft: WorkflowDraft, id: string): WorkflowDraft {
  const steps = mapLists(draft.steps, (list) => {
    const index = list.findIndex((step) => step.id === id);
    const original = list[index];
    return original ? list.toSpliced(index + 1, 0, copyWithNewIds(original, draft.steps)) : list;
  });
  return { ...draft, steps };
}

/** @param by -1 up, 1 down; at either end of its list nothing happens */
export function moveStep(draft: WorkflowDraft, id: string, by: -1 | 1): WorkflowDraft {
  const steps = mapLists(draft.steps, (list) => {
    const index = list.findIndex((step) => step.id === id);
    const step = list[index];
    const target = index + by;
    if (!step || target < 0 || target >= list.length) return list;
    return list.toSpliced(index, 1).toSpliced(target, 0, step);
  });
  return { ...draft, steps };
}
