import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { parseDateConfig, parseRelativeDate } from '../../../../shared/workflow/relative-date.ts';
import { conditionsInWords, fieldName, namedField } from './condition-words.ts';
import {
  plainText,
  shortened,
  stageName,
  type Translate,
  type WordsContext,
} from './trigger-words.ts';
import { waitKindOf } from './wait-config.ts';

type Config = Readonly<Record<string, unknown>>;

/** `3 days`, without its sign; what is no time span is given back as it is. */
function spanInWords(span: string, t: Translate): string {
  const relative = parseRelativeDate(span);
  if (!relative) return shortened(span);
  const key = relative.unit.replace(' ', '_');
  return t(`spans.${key}`, { count: Math.abs(relative.amount) });
}

function fieldEnd(config: Config, { t }: WordsContext): string {
  const named = namedField(plainText(config['until_field']));
  if (!named) return t('flow.words.something');
  const end = t('flow.words.the_field', {
    object: t(`objects.${named.object}`),
    field: fieldName(named, t).toLowerCase(),
  });
  const offset = plainText(config['offset']);
  const relative = parseRelativeDate(offset);
  if (!relative || relative.amount === 0) return end;
  return t(relative.amount < 0 ? 'flow.words.offset_before' : 'flow.words.offset_after', {
    span: spanInWords(offset, t),
    end,
  });
}

function timeEnd(config: Config, { t }: WordsContext): string {
  const time = plainText(config['until_time']);
  const days = Array.isArray(config['weekdays']) ? config['weekdays'] : [];
  if (days.length === 0) return time;
  const names = days.map((day: unknown) =>
    t(`flow.wait.days.${plainText(day)}`, { defaultValue: plainText(day) }),
  );
  return t('flow.words.time_on', { time, days: names.join(', ') });
}

function untilInWords(until: string, { t, formatDate }: WordsContext): string {
  const parsed = parseDateConfig(until);
  if (parsed?.kind === 'relative') return t('flow.words.wait', { span: spanInWords(until, t) });
  const ms = parsed?.kind === 'date' ? Date.parse(`${parsed.date}T00:00:00`) : parsed?.ms;
  return t('flow.words.wait_until', { end: ms === undefined ? shortened(until) : formatDate(ms) });
}

/** `wait 3 days`, `wait until the deal is won, 7 days at most`. */
export function waitInWords(config: Config, context: WordsContext): string {
  const { t } = context;
  const kind = waitKindOf(config);
  const value = plainText(config[kind]);
  let wait = t('flow.words.wait_incomplete');
  if (value !== '') {
    switch (kind) {
      case 'duration':
        wait = t('flow.words.wait', { span: spanInWords(value, t) });
        break;
      case 'until':
        wait = untilInWords(value, context);
        break;
      case 'until_field':
        wait = t('flow.words.wait_until', { end: fieldEnd(config, context) });
        break;
      case 'until_time':
        wait = t('flow.words.wait_until', { end: timeEnd(config, context) });
        break;
      case 'until_event':
        wait = t('flow.words.wait_until', {
          end: t(`flow.events.${value}`, { defaultValue: value }),
        });
        break;
      case 'until_condition':
        wait = t('flow.words.wait_until', {
          end: conditionsInWords(config['until_condition'], context),
        });
    }
  }
  if (config['business_hours'] === true) wait = t('flow.words.business_hours', { wait });
  const timeout = plainText(config['timeout']);
  return timeout === '' ? wait : t('flow.words.at_most', { wait, span: spanInWords(timeout, t) });
}

/** The value of a case as people know it: a stage by its name. */
export function caseName(value: unknown, equals: string, stages: readonly Stage[]): string {
  const isStage = /(^|[\s.{_])stage\b/.test(plainText(value));
  return isStage ? stageName(equals, stages) : shortened(equals);
}

export function sourceWords(over: unknown, t: Translate): string {
  const source = plainText(over);
  const label = t(`flow.sources.${source.replace('.', '_')}`, { defaultValue: source });
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/** What a control step does by itself, without the steps below it; null for any other step. */
export function controlInWords(type: string, config: Config, context: WordsContext): string | null {
  const { t } = context;
  switch (type) {
    case 'if': {
      const conditions = conditionsInWords(config['conditions'], context);
      return conditions === ''
        ? t('flow.words.if_incomplete')
        : t('flow.words.if_plain', { conditions });
    }
    case 'switch': {
      const value = shortened(config['value']);
      return value === ''
        ? t('flow.words.switch_incomplete')
        : t('flow.words.switch_plain', { value });
    }
    case 'for_each':
      return plainText(config['over']) === ''
        ? t('flow.words.for_each_incomplete')
        : t('flow.words.for_each_plain', { source: sourceWords(config['over'], t) });
    case 'wait':
      return waitInWords(config, context);
    case 'stop': {
      const reason = shortened(config['reason']);
      return reason === '' ? t('flow.words.stop') : t('flow.words.stop_reason', { reason });
    }
    default:
      return null;
  }
}
