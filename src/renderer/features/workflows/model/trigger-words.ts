import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { findField } from '../../../../shared/model/fields/registry.ts';
import { customFields } from '../../records/known-custom-fields.ts';
import { isObjectName } from '../../../../shared/model/objects.ts';
import { parseDateConfig, parseRelativeDate } from '../../../../shared/workflow/relative-date.ts';
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

export interface WordedTrigger {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** `a deal is created or a deal moves to Won`. */
export function triggersInWords(triggers: readonly WordedTrigger[], context: WordsContext): string {
  return triggers
    .map(({ type, config }) => triggerInWords(type, config, context))
    .join(context.t('words.or'));
}

/** "when" in a list or a sentence: `a deal moves to Won`. */
function triggerInWords(
  type: string,
  config: Readonly<Record<string, unknown>>,
  context: WordsContext,
): string {
  const { t, stages } = context;
  if (!isTriggerType(type)) return t('words.unknown_trigger', { type });
  const from = plainText(config['from_stage']);
  const to = plainText(config['to_stage']);
  if (type === 'deal_stage_changed' && (from !== '' || to !== '')) {
    const names = { from: stageName(from, stages), to: stageName(to, stages) };
    if (from === '') return t('words.stage_to', names);
    return t(to === '' ? 'words.stage_from' : 'words.stage_from_to', names);
  }
  if (type === 'date_reached') return dateReachedInWords(config, t);
  if (type === 'schedule') return scheduleInWords(plainText(config['cron']), t);
  return t(`triggers.${type}.words`, { defaultValue: triggerDescriptor(type).words });
}

function dateReachedInWords(config: Readonly<Record<string, unknown>>, t: Translate): string {
  const [object = '', name = ''] = plainText(config['field']).split('.');
  const field = isObjectName(object) ? findField(object, name, customFields()) : undefined;
  if (!isObjectName(object) || !field) return t('triggers.date_reached.words');
  const date = t('words.date_of', {
    object: t(`objects.${object}`),
    field: t(`fields:${object}.${name}`, { defaultValue: field.label }).toLowerCase(),
  });
  const relative = parseRelativeDate(plainText(config['offset']));
  const at = plainText(config['at']);
  const span = relative
    ? t(`spans.${relative.unit.replace(' ', '_')}`, { count: Math.abs(relative.amount) })
    : '';
  let moment = t('words.date_comes', { date });
  if (relative && relative.amount !== 0)
    moment = t(relative.amount < 0 ? 'words.before_date' : 'words.after_date', { span, date });
  return at === '' ? moment : t('words.at_time', { moment, time: at });
}

const pad = (text: string): string => text.padStart(2, '0');

/** A schedule as the presets of the form write it; any other reads as its five parts. */
export function scheduleInWords(cron: string, t: Translate): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/);
  if (cron.trim() === '') return t('triggers.schedule.words');
  const raw = t('words.schedule.cron', { cron });
  if (month !== '*' || !/^\d{1,2}$/.test(minute)) return raw;
  if (hour === '*' && day === '*' && weekday === '*')
    return minute === '0' ? t('words.schedule.hourly') : t('words.schedule.hourly_at', { minute });
  if (!/^\d{1,2}$/.test(hour)) return raw;
  const time = `${pad(hour)}:${pad(minute)}`;
  if (day === '*' && weekday === '*') return t('words.schedule.daily', { time });
  if (day === '*' && weekday.toLowerCase() === '1-5') return t('words.schedule.workdays', { time });
  if (day === '*' && /^[0-7]$/.test(weekday)) {
    const name = t(`words.schedule.days.${Number(weekday) % 7}`);
    return t('words.schedule.weekly', { day: name, time });
  }
  if (weekday === '*' && /^\d{1,2}$/.test(day)) return t('words.schedule.monthly', { day, time });
  if (weekday === '*' && day.toUpperCase() === 'L') return t('words.schedule.last_day', { time });
  return raw;
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
