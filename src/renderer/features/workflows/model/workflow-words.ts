import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { findField } from '../../../../shared/model/fields/registry.ts';
import { isObjectName } from '../../../../shared/model/objects.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import { parseDateConfig } from '../../../../shared/workflow/relative-date.ts';
import { isTriggerType, triggerDescriptor } from '../../../../shared/workflow/triggers.ts';

/** The part of i18next this needs; the screens pass their own `t`. */
export type Translate = (key: string, options?: Record<string, unknown>) => string;

export interface WordsContext {
  readonly t: Translate;
  readonly stages: readonly Stage[];
  /** For dates that are no relative ones. */
  readonly formatDate: (ms: number) => string;
}

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

const longestQuote = 60;

/** `Follow up with {{deal_title}}` reads as `Follow up with [deal title]`. */
export function withoutBraces(text: string): string {
  return text.replaceAll(/\{\{\s*([^}|]*?)\s*(\|[^}]*)?\}\}/g, (_whole, path: string) => {
    return `[${path.replaceAll(/[._]+/g, ' ').trim()}]`;
  });
}

function shortened(value: unknown): string {
  const text = withoutBraces(plainText(value)).replaceAll(/\s+/g, ' ').trim();
  return text.length > longestQuote ? `${text.slice(0, longestQuote - 1).trimEnd()}…` : text;
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

function stageName(slug: unknown, stages: readonly Stage[]): string {
  const text = plainText(slug);
  return stages.find((stage) => stage.slug === text)?.name ?? shortened(text);
}

/** "when" in a list or a sentence: `a deal moves to Won`. */
export function triggerInWords(
  type: string,
  config: Readonly<Record<string, unknown>>,
  { t, stages }: WordsContext,
): string {
  if (!isTriggerType(type)) return t('workflows.words.unknown_trigger', { type });
  const from = plainText(config['from_stage']);
  const to = plainText(config['to_stage']);
  if (type === 'deal_stage_changed' && (from !== '' || to !== '')) {
    const names = { from: stageName(from, stages), to: stageName(to, stages) };
    if (from === '') return t('workflows.words.stage_to', names);
    return t(to === '' ? 'workflows.words.stage_from' : 'workflows.words.stage_from_to', names);
  }
  return t(`workflows.triggers.${type}.words`, { defaultValue: triggerDescriptor(type).words });
}

/** `in 3 days`, `on 31 December`, or the variable that will say. */
export function dueInWords(due: string, { t, formatDate }: WordsContext): string {
  const parsed = parseDateConfig(due);
  if (!parsed) return shortened(due);
  if (parsed.kind === 'date')
    return t('workflows.words.on_date', { date: formatDate(Date.parse(parsed.date)) });
  if (parsed.kind === 'instant')
    return t('workflows.words.on_date', { date: formatDate(parsed.ms) });
  const { amount, unit } = parsed.relative;
  if (amount === 0) return t('workflows.words.at_once');
  const key = unit.replace(' ', '_');
  const span = t(`workflows.spans.${key}`, { count: Math.abs(amount) });
  return t(amount > 0 ? 'workflows.words.in_span' : 'workflows.words.span_ago', { span });
}

export function objectLabel(object: string, t: Translate): string {
  return t(`workflows.objects.${object}`, { defaultValue: object });
}

function updateInWords(config: WordedStep['config'], context: WordsContext): string {
  const { t, stages } = context;
  const object = plainText(config['object']);
  const name = plainText(config['field']);
  const field = isObjectName(object) ? findField(object, name) : undefined;
  if (object === '' || name === '') return t('workflows.words.update_incomplete');
  const words = {
    object: objectLabel(object, t),
    field: (field?.label ?? name).toLowerCase(),
    value:
      field?.type === 'stage' ? stageName(config['value'], stages) : shortened(config['value']),
  };
  return t(words.value === '' ? 'workflows.words.clear_field' : 'workflows.words.set_field', words);
}

/** What one step does, lower case, to stand in a sentence. */
export function stepInWords(step: WordedStep, context: WordsContext): string {
  const { t, stages } = context;
  const { config } = step;
  const title = shortened(config['title']);
  switch (step.type) {
    case 'create_task': {
      const kind = plainText(config['activity_type']) || 'task';
      const words = { kind: t(`workflows.kinds.${kind}`, { defaultValue: kind }), title };
      const due = plainText(config['due_date']);
      if (title === '') return t('workflows.words.create_task_untitled', words);
      if (due === '') return t('workflows.words.create_task', words);
      return t('workflows.words.create_task_due', { ...words, due: dueInWords(due, context) });
    }
    case 'update_field':
      return updateInWords(config, context);
    case 'create_deal': {
      const stage = plainText(config['stage']);
      if (title === '') return t('workflows.words.create_deal_untitled');
      if (stage === '') return t('workflows.words.create_deal', { title });
      return t('workflows.words.create_deal_in', { title, stage: stageName(stage, stages) });
    }
    case 'send_notification':
      return title === ''
        ? t('workflows.words.notify_untitled')
        : t('workflows.words.notify', { title });
    default:
      return isActionType(step.type)
        ? actionDescriptors[step.type].label.toLowerCase()
        : t('workflows.words.unknown_step', { type: step.type });
  }
}

/** The whole workflow as one sentence. Steps that are switched off are left out. */
export function workflowInWords(workflow: WordedWorkflow, context: WordsContext): string {
  const { t } = context;
  const trigger = triggerInWords(workflow.trigger_type, workflow.trigger_config, context);
  const steps = workflow.steps
    .filter((step) => step.enabled)
    .map((step) => stepInWords(step, context));
  if (steps.length === 0) return t('workflows.words.nothing', { trigger });
  return t('workflows.words.sentence', { trigger, steps: steps.join(t('workflows.words.then')) });
}
