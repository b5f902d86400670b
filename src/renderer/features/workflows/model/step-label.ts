import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import { isControlType } from '../../../../shared/workflow/definition.ts';
import { caseName } from './flow-words.ts';
import { plainText, type Translate } from './trigger-words.ts';
import type { DraftList, DraftStep } from './workflow-draft.ts';

export function isKnownStep(type: string): boolean {
  return isActionType(type) || isControlType(type);
}

/** What a step type is called; one that is not known goes by the name it was written with. */
export function stepLabel(type: string, text: Translate): string {
  const defaultValue = isActionType(type) ? actionDescriptors[type].label : type;
  return isKnownStep(type) ? text(`actions.${type}.label`, { defaultValue }) : type;
}

/** What a step type does, in one sentence. */
export function stepDescription(type: string, text: Translate): string {
  const defaultValue = isActionType(type) ? actionDescriptors[type].description : '';
  return text(`actions.${type}.description`, { defaultValue });
}

/** When a list of steps is taken: "Then", "Otherwise", "If it is “Won”", "For each task". */
export function listLabel(
  step: DraftStep,
  list: DraftList,
  stages: readonly Stage[],
  text: Translate,
): string {
  switch (list.name) {
    case 'case': {
      if (list.equals === '') return text('flow.lists.case_empty');
      return text('flow.lists.case', {
        value: caseName(step.config['value'], list.equals, stages),
      });
    }
    case 'do': {
      const [, many = ''] = plainText(step.config['over']).split('.');
      const key = many === '' ? 'do' : `do_${many.replace(/s$/, '')}`;
      return text(`flow.lists.${key}`, { defaultValue: text('flow.lists.do') });
    }
    case 'then':
    case 'else':
      return text(`flow.lists.if_${list.name}`);
    default:
      return text(`flow.lists.${list.name}`);
  }
}
