import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import type { ActionDescriptor } from '../../../../shared/workflow/actions/descriptor.ts';
import { conditionsInWords } from './condition-words.ts';
import { isShownList } from './draft-tree.ts';
import { listLabel, stepLabel } from './step-label.ts';
import { plainText, shortened, triggersInWords, type WordsContext } from './trigger-words.ts';
import { type DraftStep, draftTriggers, storedStep, type WorkflowDraft } from './workflow-draft.ts';
import { stepInWords } from './workflow-words.ts';

/** One line of a workflow in words, and what lies behind the words. */
interface Line {
  /** What it is about, so that a changed line stands beside what it was. */
  readonly key: string;
  readonly depth: number;
  readonly text: string;
  /** Single settings by their labels; compared where the words alone are the same. */
  readonly details: Readonly<Record<string, string>>;
}

export interface DiffSide {
  readonly text: string;
  readonly details: readonly string[];
}

export interface DiffRow {
  readonly key: string;
  readonly depth: number;
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly before: DiffSide | null;
  readonly after: DiffSide | null;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : plainText(value);
}

function settingLines(draft: WorkflowDraft, context: WordsContext): Line[] {
  const { t } = context;
  const { settings } = draft;
  const inWords: Readonly<Record<string, (value: unknown) => string>> = {
    goal: (value) => conditionsInWords(value, context),
    exit_when: (value) => conditionsInWords(value, context),
    re_entry: (value) => t(`settings.re_entry_choices.${plainText(value)}`),
    missed: (value) => t(`settings.missed_choices.${plainText(value)}`),
  };
  const always: Readonly<Record<string, string>> = {
    re_entry: 'after_exit',
    missed: 'run',
    priority: '0',
    time_zone: '',
  };
  const names = [
    're_entry',
    'goal',
    'exit_when',
    'missed',
    'max_lateness',
    'time_zone',
    'priority',
  ];
  return names.flatMap((name): Line[] => {
    const value = settings[name];
    if (valueText(value) === '' || valueText(value) === always[name]) return [];
    const words = inWords[name]?.(value) ?? plainText(value);
    if (words === '') return [];
    const text = t('versions.setting', { name: t(`settings.${name}`), value: words });
    return [{ key: `setting ${name}`, depth: 0, text, details: {} }];
  });
}

function detailsOf(step: DraftStep, { t }: WordsContext): Record<string, string> {
  const descriptor: ActionDescriptor | null = isActionType(step.type)
    ? actionDescriptors[step.type]
    : null;
  const { config, on_error: onError } = storedStep(step);
  const entries = typeof config === 'object' && config !== null ? Object.entries(config) : [];
  return {
    ...Object.fromEntries(
      entries.map(([name, value]) => {
        const label = descriptor?.config.find((field) => field.name === name)?.label ?? name;
        return [t(`config.${name}`, { defaultValue: label }), valueText(value)];
      }),
    ),
    ...(onError === undefined
      ? {}
      : { [t('editor.on_error')]: t(`editor.on_error_${plainText(onError)}`) }),
  };
}

function stepLines(steps: readonly DraftStep[], depth: number, context: WordsContext): Line[] {
  const { t, stages } = context;
  return steps.flatMap((step) => {
    const words = capitalized(stepInWords(step, context));
    const named = step.name === '' ? words : t('versions.named', { name: step.name, words });
    const text = step.enabled ? named : t('versions.off', { words: named });
    const own: Line = { key: `step ${step.id}`, depth, text, details: detailsOf(step, context) };
    const lists = step.lists.flatMap((list, place): Line[] => {
      if (!isShownList(step, list) || list.steps.length === 0) return [];
      const label: Line = {
        key: `list ${step.id} ${list.name} ${list.name === 'case' ? list.equals : place}`,
        depth: depth + 1,
        text: listLabel(step, list, stages, t),
        details: {},
      };
      return [label, ...stepLines(list.steps, depth + 2, context)];
    });
    return [own, ...lists];
  });
}

/** A whole workflow in words, one line for each thing it is made of. */
function linesOf(draft: WorkflowDraft, context: WordsContext): Line[] {
  const { t } = context;
  const conditions = conditionsInWords(draft.conditions, context);
  const trigger: Line = {
    key: 'trigger',
    depth: 0,
    text: t('words.when', { trigger: triggersInWords(draftTriggers(draft), context) }),
    details: Object.fromEntries(
      draftTriggers(draft).flatMap(({ type, config }) =>
        Object.entries(config).map(([name, value]) => [
          `${stepLabel(type, t)} ${name}`,
          valueText(value),
        ]),
      ),
    ),
  };
  const only: Line = {
    key: 'conditions',
    depth: 0,
    text: t('flow.words.only_when', { conditions }),
    details: {},
  };
  return [
    trigger,
    ...(conditions === '' ? [] : [only]),
    ...stepLines(draft.steps, 0, context),
    ...settingLines(draft, context),
  ];
}

/** The longest common run of keys, as pairs of indexes: what stays in its order. */
function alignment(before: readonly Line[], after: readonly Line[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  );
  const at = (one: number, other: number): number => lengths[one]?.[other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1) {
    for (let other = after.length - 1; other >= 0; other -= 1) {
      const row = lengths[one];
      if (!row) continue;
      row[other] =
        before[one]?.key === after[other]?.key
          ? at(one + 1, other + 1) + 1
          : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let one = 0;
  let other = 0;
  while (one < before.length && other < after.length) {
    if (before[one]?.key === after[other]?.key) {
      pairs.push([one, other]);
      one += 1;
      other += 1;
    } else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return pairs;
}

function compared(before: Line, after: Line): DiffRow {
  const { key, depth } = after;
  const labels = [...new Set([...Object.keys(before.details), ...Object.keys(after.details)])];
  const differing = labels.filter((label) => before.details[label] !== after.details[label]);
  const kind = before.text === after.text && differing.length === 0 ? 'same' : 'changed';
  const side = ({ text, details }: Line): DiffSide => ({
    text,
    details:
      before.text === after.text
        ? differing.map((label) => `${label}: ${shortened(details[label]) || '–'}`)
        : [],
  });
  return { key, depth, kind, before: side(before), after: side(after) };
}

/** What is different between two definitions of a workflow, in words, in the order of reading. */
export function diffInWords(
  before: WorkflowDraft,
  after: WorkflowDraft,
  context: WordsContext,
): DiffRow[] {
  const old = linesOf(before, context);
  const now = linesOf(after, context);
  const rows: DiffRow[] = [];
  const removed = ({ key, depth, text }: Line): DiffRow => ({
    key: `- ${key}`,
    depth,
    kind: 'removed',
    before: { text, details: [] },
    after: null,
  });
  const added = ({ key, depth, text }: Line): DiffRow => ({
    key: `+ ${key}`,
    depth,
    kind: 'added',
    before: null,
    after: { text, details: [] },
  });
  let [oldAt, nowAt] = [0, 0];
  for (const [one, other] of alignment(old, now)) {
    rows.push(...old.slice(oldAt, one).map(removed), ...now.slice(nowAt, other).map(added));
    const [left, right] = [old[one], now[other]];
    if (left && right) rows.push(compared(left, right));
    [oldAt, nowAt] = [one + 1, other + 1];
  }
  return [...rows, ...old.slice(oldAt).map(removed), ...now.slice(nowAt).map(added)];
}
