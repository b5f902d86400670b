import { useMemo } from 'react';
import type { InsertPlace } from '../model/canvas-layout.ts';
import {
  changeStep,
  duplicateStep,
  insertStep,
  moveStep,
  placedSteps,
  removeStep,
} from '../model/draft-tree.ts';
import { moveStepTo, pasteStep, placeOfStep } from '../model/move-step.ts';
import { clipboardTextOf, stepOfClipboard, useStepClipboard } from '../model/step-clipboard.ts';
import { allSteps, newStep, type WorkflowDraft } from '../model/workflow-draft.ts';

/** What can be done to the tree of steps, on the canvas and in the outline alike. */
export interface StepEdits {
  readonly add: (type: string, where: InsertPlace) => void;
  readonly moveTo: (id: string, where: InsertPlace) => void;
  readonly move: (id: string, by: -1 | 1) => void;
  readonly duplicate: (id: string) => void;
  /** @returns the text for the clipboard; null when there is no such step */
  readonly copy: (id: string) => string | null;
  /** @param text of the system's clipboard; without it, what was copied in this window */
  readonly paste: (where: InsertPlace, text?: string) => boolean;
  readonly pasteAfter: (id: string) => void;
  readonly toggle: (id: string) => void;
  readonly remove: (id: string) => void;
}

interface StepEditsInput {
  readonly draft: WorkflowDraft;
  readonly selected: string;
  readonly onSelect: (selected: string) => void;
  readonly onChange: (draft: WorkflowDraft) => void;
}

export function useStepEdits({ draft, selected, onSelect, onChange }: StepEditsInput): StepEdits {
  return useMemo(() => {
    const find = (id: string) => placedSteps(draft.steps).find(({ step }) => step.id === id)?.step;
    const paste: StepEdits['paste'] = ({ place, at }, text) => {
      const step = stepOfClipboard(text ?? useStepClipboard.getState().text ?? '');
      if (!step) return false;
      const pasted = pasteStep(draft, step, place, at);
      onChange(pasted.draft);
      onSelect(pasted.id);
      return true;
    };
    return {
      add: (type, { place, at }) => {
        const step = newStep(type, draft.steps);
        onChange(insertStep(draft, step, place, at));
        onSelect(step.id);
      },
      moveTo: (id, { place, at }) => onChange(moveStepTo(draft, id, place, at)),
      move: (id, by) => onChange(moveStep(draft, id, by)),
      duplicate: (id) => onChange(duplicateStep(draft, id)),
      copy: (id) => {
        const step = find(id);
        if (!step) return null;
        const text = clipboardTextOf(step);
        useStepClipboard.getState().keep(text);
        return text;
      },
      paste,
      pasteAfter: (id) => {
        const from = placeOfStep(draft.steps, id);
        if (from) paste({ place: from.place, at: from.at + 1 });
      },
      toggle: (id) => {
        const step = find(id);
        if (step) onChange(changeStep(draft, id, { enabled: !step.enabled }));
      },
      remove: (id) => {
        const placed = placedSteps(draft.steps);
        const index = placed.findIndex(({ step }) => step.id === id);
        const step = placed[index]?.step;
        if (!step) return;
        onChange(removeStep(draft, id));
        if (allSteps([step]).some((one) => one.id === selected)) {
          onSelect(placed[index - 1]?.step.id ?? 'trigger');
        }
      },
    };
  }, [draft, selected, onSelect, onChange]);
}
