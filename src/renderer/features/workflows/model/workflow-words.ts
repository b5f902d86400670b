import { findField } from '../../../../shared/model/fields/registry.ts';
import { isObjectName } from '../../../../shared/model/objects.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import { conditionsInWords } from './condition-words.ts';
import { caseName, controlInWords, sourceWords, waitInWords } from './flow-words.ts';
import {
  dueInWords,
  plainText,
  shortened,
  stageName,
  type Translate,
  triggersInWords,
  type WordedTrigger,
  type WordsContext,
} from './trigger-words.ts';
import { customFields } from '../../records/known-custom-fields.ts';

export interface WordedStep {
  readonly type: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly on_error?: string;
  readonly lists?: readonly WordedList[];
}

export interface WordedList {
  readonly name: string;
  readonly equals: string;
  readonly steps: readonly WordedStep[];
}

export interface WordedWorkflow {
  readonly trigger_type: string;
  readonly trigger_config: Readonly<Record<string, unknown>>;
  readonly further_triggers?: readonly WordedTrigger[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly conditions?: unknown;
  readonly steps: readonly WordedStep[];
}

export function objectLabel(object: string, t: Translate): string {
  return t(`objects.${object}`, { defaultValue: object });
}

function updateInWords(config: WordedStep['config'], context: WordsContext): string {
  const { t, stages } = context;
  const object = plainText(config['object']);
  const name = plainText(config['field']);
  const field = isObjectName(object) ? findField(object, name, customFields()) : undefined;
  if (object === '' || name === '') return t('words.update_incomplete');
  const words = {
    object: objectLabel(object, t),
    field: (field?.label ?? name).toLowerCase(),
    value:
      field?.type === 'stage' ? stageName(config['value'], stages) : shortened(config['value']),
  };
  return t(words.value === '' ? 'words.clear_field' : 'words.set_field', words);
}

function tagInWords(step: WordedStep, { t }: WordsContext): string {
  const object = plainText(step.config['object']);
  const tag = shortened(step.config['tag']);
  if (object === '' || tag === '') return t(`flow.words.${step.type}_incomplete`);
  return t(`flow.words.${step.type}`, { object: objectLabel(object, t), tag });
}

/** The host says enough of an address; one that begins with a variable is shown as it is. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? shortened(url);
}

/** What one step does by itself, lower case, to stand in a sentence. */
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
    case 'send_email': {
      const words = { to: shortened(config['to']), subject: shortened(config['subject']) };
      return t(
        words.to === '' || words.subject === '' ? 'words.email_incomplete' : 'words.email',
        words,
      );
    }
    case 'webhook': {
      const host = hostOf(plainText(config['url']));
      return host === '' ? t('words.call_incomplete') : t('words.call_url', { host });
    }
    case 'add_tag':
    case 'remove_tag':
      return tagInWords(step, context);
    default:
      if (isActionType(step.type)) return actionDescriptors[step.type].label.toLowerCase();
      return (
        controlInWords(step.type, config, context) ?? t('words.unknown_step', { type: step.type })
      );
  }
}

function stepsInWords(steps: readonly WordedStep[], context: WordsContext): string[] {
  return steps.filter((step) => step.enabled).map((step) => wholeStepInWords(step, context));
}

/** A branch in a sentence: `a, b and c`; in brackets where it branches again, so that it is clear where it ends. */
function branchInWords(
  lists: readonly WordedList[],
  name: string,
  context: WordsContext,
): string | null {
  const { t } = context;
  const list = lists.find((one) => one.name === name);
  const enabled = (list?.steps ?? []).filter((step) => step.enabled);
  const words = stepsInWords(enabled, context);
  const last = words.at(-1);
  if (last === undefined) return null;
  const before = words.slice(0, -1).join(t('flow.words.comma'));
  const steps = before === '' ? last : t('flow.words.both', { before, last });
  const branches = enabled.some(({ type }) => ['if', 'switch', 'for_each'].includes(type));
  return branches ? t('flow.words.several', { steps }) : steps;
}

function switchInWords(step: WordedStep, context: WordsContext): string {
  const { t } = context;
  const cases = (step.lists ?? [])
    .filter(({ name }) => name === 'case')
    .map((list) =>
      t('flow.words.case', {
        value: caseName(step.config['value'], list.equals, context.stages),
        steps: branchInWords([list], 'case', context) ?? t('flow.words.nothing'),
      }),
    );
  const rest = branchInWords(step.lists ?? [], 'default', context);
  const all = rest === null ? cases : [...cases, t('flow.words.default', { steps: rest })];
  const value = shortened(step.config['value']) || t('flow.words.something');
  return t('flow.words.switch', { value, cases: all.join(t('flow.words.joint')) });
}

/** What one step does with all that is below it. */
function wholeStepInWords(step: WordedStep, context: WordsContext): string {
  const { t } = context;
  const lists = step.lists ?? [];
  const own = stepInWords(step, context);
  switch (step.type) {
    case 'if': {
      const conditions =
        conditionsInWords(step.config['conditions'], context) || t('flow.words.something');
      const steps = branchInWords(lists, 'then', context) ?? t('flow.words.nothing');
      const otherwise = branchInWords(lists, 'else', context);
      return otherwise === null
        ? t('flow.words.if', { conditions, steps })
        : t('flow.words.if_else', { conditions, steps, otherwise });
    }
    case 'switch':
      return switchInWords(step, context);
    case 'for_each': {
      const steps = branchInWords(lists, 'do', context) ?? t('flow.words.nothing');
      const source = sourceWords(step.config['over'], t) || t('flow.words.something');
      return t('flow.words.for_each', { source, steps });
    }
    case 'wait': {
      const wait = waitInWords(step.config, context);
      const steps = branchInWords(lists, 'on_timeout', context);
      return steps === null ? wait : t('flow.words.on_timeout', { wait, steps });
    }
    default: {
      const steps =
        step.on_error === 'branch' ? branchInWords(lists, 'on_error_steps', context) : null;
      return steps === null ? own : t('flow.words.on_error', { action: own, steps });
    }
  }
}

/** What ends a run before its last step: `It ends when the deal status is won.` */
function endsInWords(settings: Readonly<Record<string, unknown>>, context: WordsContext): string {
  const { t } = context;
  const goal = conditionsInWords(settings['goal'], context, 'and');
  const exit = conditionsInWords(settings['exit_when'], context, 'and');
  return [
    goal === '' ? '' : t('words.goal', { conditions: goal }),
    exit === '' ? '' : t('words.exit_when', { conditions: exit }),
  ]
    .filter((words) => words !== '')
    .join(' ');
}

/** The whole workflow as one sentence. Steps that are switched off are left out. */
export function workflowInWords(workflow: WordedWorkflow, context: WordsContext): string {
  const { t } = context;
  const { trigger_type: type, trigger_config: config, further_triggers: further } = workflow;
  const event = triggersInWords([{ type, config }, ...(further ?? [])], context);
  const conditions = conditionsInWords(workflow.conditions, context, 'and');
  const trigger =
    conditions === '' ? event : t('flow.words.trigger_if', { trigger: event, conditions });
  const steps = stepsInWords(workflow.steps, context);
  const ends = endsInWords(workflow.settings ?? {}, context);
  const sentence =
    steps.length === 0
      ? t('words.nothing', { trigger })
      : t('words.sentence', { trigger, steps: steps.join(t('words.joint')) });
  return ends === '' ? sentence : t('words.with_ends', { sentence, ends });
}
