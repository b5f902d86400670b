import { fieldsOf, findField } from '../../../../shared/model/fields/registry.ts';
import type { Field } from '../../../../shared/model/fields/field.ts';
import { isObjectName, type ObjectName } from '../../../../shared/model/objects.ts';
import { operatorKey } from './condition-operators.ts';
import { type EditGroup, type EditRule, isEditGroup, readGroup } from './condition-draft.ts';
import {
  plainText,
  shortened,
  stageName,
  type Translate,
  type WordsContext,
} from './trigger-words.ts';
import { customFields } from '../../records/known-custom-fields.ts';

export interface NamedField {
  readonly object: ObjectName;
  readonly field: Field;
}

/** @param path `deal.value` */
export function namedField(path: string): NamedField | null {
  const [object = '', name = ''] = path.split('.');
  const field = isObjectName(object) ? findField(object, name, customFields()) : undefined;
  return isObjectName(object) && field ? { object, field } : null;
}

/** `deal value`: a field as it stands in a sentence. */
export function fieldWords(path: string, t: Translate): string {
  const named = namedField(path);
  if (!named) return path === '' ? t('flow.words.something') : path;
  return t('flow.words.rule_field', {
    object: t(`objects.${named.object}`),
    field: fieldName(named, t).toLowerCase(),
  });
}

export function fieldName({ object, field }: NamedField, t: Translate): string {
  return t(`fields:${object}.${field.name}`, { defaultValue: field.label });
}

/** The fields of objects for a list to choose from, under the object's name. */
export function fieldGroups(
  objects: readonly ObjectName[],
  t: Translate,
  wanted: (field: Field) => boolean = isAskable,
) {
  return objects.map((object) => ({
    group: t(`objects_title.${object}`),
    items: fieldsOf(object, customFields())
      .filter(wanted)
      .map((field) => ({
        value: `${object}.${field.name}`,
        label: t('flow.conditions.field_label', {
          object: t(`objects_title.${object}`),
          field: fieldName({ object, field }, t).toLowerCase(),
        }),
      })),
  }));
}

/** An id says nothing to a person, and the owner is always the same one. */
function isAskable(field: Field): boolean {
  return field.type !== 'id' && field.links_to !== 'user';
}

function valueWords(value: unknown, field: Field | undefined, context: WordsContext): string {
  const { t, stages, formatDate } = context;
  const text = plainText(value);
  if (text === '') return t('flow.words.something');
  switch (field?.type) {
    case 'stage':
      return stageName(text, stages);
    case 'choice':
      return t(`choices.${text}`, { defaultValue: text });
    case 'currency':
      return text;
    case 'money': {
      const number = Number(text);
      return Number.isFinite(number) ? new Intl.NumberFormat('en').format(number) : text;
    }
    case 'date':
    case 'datetime': {
      const ms = Date.parse(text.length === 10 ? `${text}T00:00:00` : text);
      return Number.isFinite(ms) ? formatDate(ms) : text;
    }
    default:
      return t('flow.words.quoted', { value: shortened(text) });
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value];
}

function ruleWords(rule: EditRule, context: WordsContext): string {
  const { t } = context;
  const named = namedField(rule.field);
  const field = fieldWords(rule.field, t);
  if (named && (rule.operator === 'hasTag' || rule.operator === 'hasNotTag')) {
    const words = { object: t(`objects.${named.object}`), tag: shortened(rule.value) };
    return t(rule.operator === 'hasTag' ? 'flow.words.has_tag' : 'flow.words.has_not_tag', words);
  }
  const operator = t(`flow.operators.${operatorKey(rule.operator, named?.field.type)}`, {
    defaultValue: rule.operator,
  });
  const one = (value: unknown): string => valueWords(value, named?.field, context);
  const value = (): string => {
    if (rule.valueSource === 'field') return fieldWords(plainText(rule.value), t);
    const [from, to] = listOf(rule.value);
    switch (rule.operator) {
      case 'between':
      case 'notBetween':
        return t('flow.words.pair', { from: one(from), to: one(to) });
      case 'in':
      case 'notIn':
        return listOf(rule.value).map(one).join(', ');
      case 'inNextDays':
      case 'inLastDays':
        return t('flow.words.days', { count: Number(rule.value) });
      default:
        return one(rule.value);
    }
  };
  switch (rule.operator) {
    case 'null':
    case 'notNull':
    case 'changed':
      return t('flow.words.rule_plain', { field, operator });
    case 'changedFromTo': {
      const [from, to] = listOf(rule.value);
      const orAny = (part: unknown): string =>
        plainText(part) === '' ? t('flow.words.any_value') : one(part);
      return t('flow.words.from_to', { field, from: orAny(from), to: orAny(to) });
    }
    default:
      return t('flow.words.rule', { field, operator, value: value() });
  }
}

/** @param around how the group stands with what is beside it; null where it stands alone */
function groupWords(
  { combinator, not, rules }: EditGroup,
  context: WordsContext,
  around: 'and' | 'or' | null,
): string {
  const { t } = context;
  const parts = rules
    .map((node) =>
      isEditGroup(node) ? groupWords(node, context, combinator) : ruleWords(node, context),
    )
    .filter((part) => part !== '');
  const joined = parts.join(t(combinator === 'or' ? 'flow.words.or' : 'flow.words.and'));
  if (joined === '') return '';
  // Without brackets nobody could tell what belongs together.
  const mixed = around !== null && around !== combinator;
  const conditions =
    parts.length > 1 && (not || mixed) ? t('flow.words.bracket', { conditions: joined }) : joined;
  return not ? t('flow.words.not', { conditions }) : conditions;
}

/**
 * `deal value is more than 5,000 and deal stage is Proposal`; '' when nothing is asked.
 *
 * @param around how it goes on from what stands before it
 */
export function conditionsInWords(
  conditions: unknown,
  context: WordsContext,
  around: 'and' | null = null,
): string {
  const group = readGroup(conditions);
  return group ? groupWords(group, context, around) : '';
}
