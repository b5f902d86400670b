import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import type { NodeMark } from '../canvas/canvas-view.ts';
import { placedSteps } from '../model/draft-tree.ts';
import { placeOf, problemsOfStep } from '../model/problem-place.ts';
import type { WorkflowDraft } from '../model/workflow-draft.ts';

/** What is wrong with each part, by the id of its node. */
export function useNodeMarks(
  draft: WorkflowDraft,
  faults: readonly Problem[],
  gaps: readonly Problem[],
): ReadonlyMap<string, NodeMark> {
  const { t } = useTranslation('workflows');
  return useMemo(() => {
    const marks = new Map<string, NodeMark>();
    const mark = (id: string, faulty: boolean, missing: number): void => {
      if (faulty) marks.set(id, { tone: 'red', text: t('editor.faulty') });
      else if (missing > 0) {
        marks.set(id, { tone: 'amber', text: t('editor.missing', { count: missing }) });
      }
    };
    const atTrigger = ({ path }: Problem): boolean => placeOf(path).part === 'trigger';
    mark('trigger', faults.some(atTrigger), gaps.filter(atTrigger).length);
    for (const { step, path } of placedSteps(draft.steps)) {
      mark(step.id, problemsOfStep(faults, path).size > 0, problemsOfStep(gaps, path).size);
    }
    return marks;
  }, [draft.steps, faults, gaps, t]);
}
