import type { Stage } from '../../../../shared/contract/pipelines.ts';
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

const longestQuote = 60;

/** `Follow up with {{deal_title}}` reads as `Follow up with [deal title]`. */
export function withoutBraces(text: string): string {
  return text.replaceAll(/\{\{\s*([^}|]*?)\s*(\|[^}]*)?\}\}/g, (_whole, path: string) => {
    return `[${path.replaceAll(/[._]+/g, ' ').trim()}]`;
  });
}

export function shortened(value: unknown): string {
  const text = withoutBraces(plainText(value)).replaceAll(/\s+/g, ' ').trim();
  return text.length > longestQuote ? `${text.slice(0, longestQuote - 1).trimEnd()}…` : text;
}

export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

export function stageName(slug: unknown, stages: readonly Stage[]): string {
  const text = plainText(slug);
  return stages.find((stage) => stage.slug === text)?.name ?? shortened(text);
}

/** "when" in a list or a sentence: `a deal moves to Won`. */
export function triggerInWords(
  type: string,
  config: Readonly<Record<string, unknown>>,
  { t, stages }: WordsContext,
): string {
  if (!isTriggerType(type)) return t('words.unknown_trigger', { type });
  const from = plainText(config['from_stage']);
  const to = plainText(config['to_stage']);
  if (type === 'deal_stage_changed' && (from !== '' || to !== '')) {
    const names = { from: stageName(from, stages), to: stageName(to, stages) };
    if (from === '') return t('words.stage_to', names);
    return t(to === '' ? 'words.stage_from' : 'words.stage_from_to', names);
  }
  return t(`triggers.${type}.words`, { defaultValue: triggerDescriptor(type).words });
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
