import {
  copyWithNewIds,
  insertStep,
  type ListPlace,
  placedSteps,
  removeStep,
} from './draft-tree.ts';
import { allSteps, type DraftStep, type WorkflowDraft } from './workflow-draft.ts';

/** Where a step stands now. */
export function placeOfStep(
  steps: readonly DraftStep[],
  id: string,
  place: ListPlace = { parent: null, list: 0 },
): { readonly place: ListPlace; readonly at: number } | null {
  const at = steps.findIndex((step) => step.id === id);
  if (at !== -1) return { place, at };
  for (const step of steps) {
    for (const [list, below] of step.lists.entries()) {
      const found = placeOfStep(below.steps, id, { parent: step.id, list });
      if (found) return found;
    }
  }
  return null;
}

/** Whether a step may be moved there: not into itself, and not to where it is. */
export function canMoveTo(
  draft: WorkflowDraft,
  id: string,
  { parent, list }: ListPlace,
  at: number,
): boolean {
  const step = placedSteps(draft.steps).find((one) => one.step.id === id)?.step;
  const from = placeOfStep(draft.steps, id);
  if (!step || !from) return false;
  if (parent !== null && allSteps([step]).some((one) => one.id === parent)) return false;
  const sameList = from.place.parent === parent && from.place.list === list;
  return !(sameList && (at === from.at || at === from.at + 1));
}

/** Moves a step with all that is below it; where it may not go, nothing happens. */
export function moveStepTo(
  draft: WorkflowDraft,
  id: string,
  place: ListPlace,
  at: number,
): WorkflowDraft {
  const step = placedSteps(draft.steps).find((one) => one.step.id === id)?.step;
  const from = placeOfStep(draft.steps, id);
  if (!step || !from || !canMoveTo(draft, id, place, at)) return draft;
  const sameList = from.place.parent === place.parent && from.place.list === place.list;
  // Taking it out moves up what stands behind it.
  const target = sameList && at > from.at ? at - 1 : at;
  return insertStep(removeStep(draft, id), step, place, target);
}

/** Puts in a copy of a step of this workflow or another, with all that is below it, under ids of their own. */
export function pasteStep(
  draft: WorkflowDraft,
  step: DraftStep,
  place: ListPlace,
  at: number,
): { readonly draft: WorkflowDraft; readonly id: string } {
  const copy = copyWithNewIds(step, draft.steps);
  return { draft: insertStep(draft, copy, place, at), id: copy.id };
}
