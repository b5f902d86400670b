import { findField } from '../../../../shared/model/fields/registry.ts';
import { isObjectName } from '../../../../shared/model/objects.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import { parseDateConfig } from '../../../../shared/workflow/relative-date.ts';
import {
  plainText,
  shortened,
  stageName,
  type Translate,
  triggerInWords,
  type WordsContext,
} from './trigger-words.ts';

export interface WordedStep {
  readonly type: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
}

export interface WordedWorkflow {
  readonly trigger_type: string;
  readonly trigger_config: Readonly<Record<string, unknown>>;
  readonly steps: readonly WordedStep[];
}

/** `in 3 days`, `on 31 December`, or the variable that will say. */
export function dueInWords(due: string, { t, formatDate }: WordsContext): string {
  const parsed = parseDateConfig(due);
  if (!parsed) return shortened(due);
  if (parsed.kind === 'date')
    return t('words.on_date', { date: formatDate(Date.parse(parsed.date)) });
  if (parsed.kind === 'instant') return t('words.on_date', { date: formatDate(parsed.ms) });
  const { amount, unit } = parsed.relative;
  if (amount === 0) return t('words.at_once');
  const key = unit.replace(' ', '_');
  const span = t(`spans.${key}`, { count: Math.abs(amount) });
  return t(amount > 0 ? 'words.in_span' : 'words.span_ago', { span });
}

export function objectLabel(object: string, t: Translate): string {
  return t(`objects.${object}`, { defaultValue: object });
}

function updateInWords(config: WordedStep['config'], context: WordsContext): string {
  const { t, stages } = context;
  const object = plainText(config['object']);
  const name = plainText(config['field']);
  const field = isObjectName(object) ? findField(object, name) : undefined;
  if (object === '' || name === '') return t('words.update_incomplete');
  const words = {
    object: objectLabel(object, t),
    field: (field?.label ?? name).toLowerCase(),
    value:
      field?.type === 'stage' ? stageName(config['value'], stages) : shortened(config['value']),
  };
  return t(words.value === '' ? 'words.clear_field' : 'words.set_field', words);
}

/** What one step does, lower case, to stand in a sentence. */
export function stepInWords(step: WordedStep, context: WordsContext): string {
  const { t, stages } = context;
  const { config } = step;
  const title = shortened(config['title']);
  switch (step.type) {
    case 'create_task': {
      const kind = plainText(config['activity_type']) || 'task';
      const words = { kind: t(`kinds.${kind}`, { defaultValue: kind }), title };
      const due = plainText(config['due_date']);
      if (title === '') return t('words.create_task_untitled', words);
      if (due === '') return t('words.create_task', words);
      return t('words.create_task_due', { ...words, due: dueInWords(due, context) });
    }
    case 'update_field':
      return updateInWords(config, context);
    case 'create_deal': {
      const stage = plainText(config['stage']);
      if (title === '') return t('words.create_deal_untitled');
      if (stage === '') return t('words.create_deal', { title });
      return t('words.create_deal_in', { title, stage: stageName(stage, stages) });
    }
    case 'send_notification':
      return title === '' ? t('words.notify_untitled') : t('words.notify', { title });
    default:
      return isActionType(step.type)
        ? actionDescriptors[step.type].label.toLowerCase()
        : t('words.unknown_step', { type: step.type });
  }
}

/** The whole workflow as one sentence. Steps that are switched off are left out. */
export function workflowInWords(workflow: WordedWorkflow, context: WordsContext): string {
  const { t } = context;
  const trigger = triggerInWords(workflow.trigger_type, workflow.trigger_config, context);
  const steps = workflow.steps
    .filter((step) => step.enabled)
    .map((step) => stepInWords(step, context));
  if (steps.length === 0) return t('words.nothing', { trigger });
  return t('words.sentence', { trigger, steps: steps.join(t('words.joint')) });
}
