import type { Problem } from '../../../../shared/workflow/definition.ts';
import { placedSteps } from './draft-tree.ts';
import type { DraftStep, WorkflowDraft } from './workflow-draft.ts';

/** Whether a run that comes to this list never comes out of it. */
function endsHere(steps: readonly DraftStep[]): boolean {
  return steps.some((step) => {
    if (!step.enabled) return false;
    if (step.type === 'stop') return true;
    const lists = (...names: string[]) => step.lists.filter(({ name }) => names.includes(name));
    const ways =
      step.type === 'if'
        ? lists('then', 'else')
        : step.type === 'switch'
          ? lists('case', 'default')
          : [];
    return ways.length > 1 && ways.every((list) => endsHere(list.steps));
  });
}

/** Steps no run ever comes to, since each one ends before them; of a row of them the first. */
function unreachable(draft: WorkflowDraft): string[] {
  const placed = placedSteps(draft.steps);
  const pathOf = new Map(placed.map(({ step, path }) => [step.id, path]));
  const lists = [
    draft.steps,
    ...placed.flatMap(({ step }) => step.lists.map(({ steps }) => steps)),
  ];
  return lists.flatMap((steps) => {
    const last = steps.findIndex((_, index) => endsHere(steps.slice(0, index + 1)));
    const behind = last === -1 ? undefined : steps[last + 1];
    return behind ? [pathOf.get(behind.id) ?? ''] : [];
  });
}

/**
 * What is allowed and yet hardly meant.
 *
 * @param hasMailAccount null until it is known
 */
export function warningsOfDraft(draft: WorkflowDraft, hasMailAccount: boolean | null): Problem[] {
  const mail =
    hasMailAccount === false
      ? placedSteps(draft.steps).filter(({ step }) => step.enabled && step.type === 'send_email')
      : [];
  return [
    ...unreachable(draft).map((path) => ({ path, code: 'unreachable', message: '' })),
    ...mail.map(({ path }) => ({ path, code: 'no_mail_account', message: '' })),
  ];
}
