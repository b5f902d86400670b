import type { CustomFields } from '../../model/fields/custom-fields.ts';
import { findField } from '../../model/fields/registry.ts';
import { isObjectName, type ObjectName } from '../../model/objects.ts';
import { addRelativeDate, dateOf } from '../relative-date.ts';
import { type Comparison, comparisonOf, foldText, isDateText, toComparable } from './comparable.ts';
import { type ConditionRule, type PositiveOperator, positiveForm } from './condition-tree.ts';

/** A field a rule reads. */
export interface FieldReference {
  readonly object: ObjectName;
  readonly field: string;
}

/** How a field's value is brought into comparable form. `local_date`: its calendar day in the zone. */
export type Form = Comparison | 'local_date';

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | null }
  | { readonly kind: 'field'; readonly reference: FieldReference };

export type RuleTest =
  | { readonly kind: 'is_given' }
  | {
      readonly kind: 'compare';
      readonly operator: '=' | '<' | '>' | '<=' | '>=';
      readonly operand: Operand;
    }
  | {
      readonly kind: 'text';
      readonly place: 'anywhere' | 'start' | 'end';
      readonly operand: Operand;
    }
  | { readonly kind: 'one_of'; readonly values: readonly (string | number)[] }
  | {
      readonly kind: 'between';
      readonly from: string | number | null;
      readonly to: string | number | null;
    }
  | { readonly kind: 'has_tag'; readonly name: string }
  | {
      readonly kind: 'changed';
      readonly from: string | number | null;
      readonly to: string | number | null;
      readonly anyway: boolean;
    };

/** A rule made ready: the evaluator and the SQL builder both follow it, so that they cannot differ in meaning. */
export interface RulePlan {
  readonly reference: FieldReference;
  readonly form: Form;
  readonly test: RuleTest;
  readonly negated: boolean;
}

export interface PlanMoment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  /** The fields the file adds to the registry. */
  readonly custom?: CustomFields;
}

export function readFieldReference(path: string, custom?: CustomFields): FieldReference | null {
  const [object, field, ...rest] = path.split('.');
  if (object === undefined || field === undefined || rest.length > 0) return null;
  return isObjectName(object) && findField(object, field, custom) ? { object, field } : null;
}

/** @returns null for a rule on an unknown field, which is never true: it must not match everything */
export function planRule(rule: ConditionRule, moment: PlanMoment): RulePlan | null {
  const reference = readFieldReference(rule.field, moment.custom);
  const field = reference ? findField(reference.object, reference.field, moment.custom) : undefined;
  if (!reference || !field) return null;
  const { operator, negated } = positiveForm(rule.operator);
  const comparison = comparisonOf(field.type);
  if (!suits(operator, comparison)) return null;
  const plan = planTest(rule, operator, comparison, moment);
  return plan ? { reference, negated, ...plan } : null;
}

/** Tags are many values: they are had, not compared. */
export function suits(operator: PositiveOperator, comparison: Comparison): boolean {
  if (comparison !== 'tags') return operator !== 'hasTag';
  return operator === 'hasTag' || operator === 'notNull' || operator === 'changed';
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value];
}

function operandOf(rule: ConditionRule, form: Form, custom?: CustomFields): Operand {
  if (rule.valueSource === 'field') {
    const reference =
      typeof rule.value === 'string' ? readFieldReference(rule.value, custom) : null;
    // Tags are many values, so nothing compares with them but hasTag.
    const isPlain =
      reference && findField(reference.object, reference.field, custom)?.type !== 'tags';
    return isPlain ? { kind: 'field', reference } : { kind: 'literal', value: null };
  }
  return { kind: 'literal', value: literal(rule.value, form) };
}

function literal(value: unknown, form: Form): string | number | null {
  return toComparable(value, form === 'local_date' ? 'date' : form);
}

/** A day given for a field that holds an instant asks for the day of that instant. */
function formFor(comparison: Comparison, values: readonly unknown[]): Form {
  const byDay =
    comparison === 'instant' &&
    values.some((value) => typeof value === 'string' && isDateText(value));
  return byDay ? 'local_date' : comparison;
}

function planTest(
  rule: ConditionRule,
  operator: PositiveOperator,
  comparison: Comparison,
  moment: PlanMoment,
): { form: Form; test: RuleTest } | null {
  switch (operator) {
    case 'notNull':
      return { form: comparison, test: { kind: 'is_given' } };
    case '=':
    case '<':
    case '>':
    case '<=':
    case '>=': {
      const form = formFor(comparison, rule.valueSource === 'field' ? [] : [rule.value]);
      return {
        form,
        test: { kind: 'compare', operator, operand: operandOf(rule, form, moment.custom) },
      };
    }
    case 'contains':
      return {
        form: 'text',
        test: { kind: 'text', place: 'anywhere', operand: operandOf(rule, 'text', moment.custom) },
      };
    case 'beginsWith':
      return {
        form: 'text',
        test: { kind: 'text', place: 'start', operand: operandOf(rule, 'text', moment.custom) },
      };
    case 'endsWith':
      return {
        form: 'text',
        test: { kind: 'text', place: 'end', operand: operandOf(rule, 'text', moment.custom) },
      };
    case 'in': {
      const values = listOf(rule.value);
      const form = formFor(comparison, values);
      return {
        form,
        test: {
          kind: 'one_of',
          values: values.map((value) => literal(value, form)).filter((value) => value !== null),
        },
      };
    }
    case 'between': {
      const values = listOf(rule.value);
      const form = formFor(comparison, values);
      return {
        form,
        test: { kind: 'between', from: literal(values[0], form), to: literal(values[1], form) },
      };
    }
    case 'inNextDays':
    case 'inLastDays': {
      const days = Number(rule.value);
      if (!Number.isInteger(days)) return null;
      const today = dateOf(moment.now, moment.timeZone);
      const amount = operator === 'inNextDays' ? days : -days;
      const other = dateOf(
        addRelativeDate(moment.now, { amount, unit: 'day' }, moment.timeZone),
        moment.timeZone,
      );
      const [from, to] = operator === 'inNextDays' ? [today, other] : [other, today];
      return { form: 'local_date', test: { kind: 'between', from, to } };
    }
    case 'hasTag':
      return {
        form: 'tags',
        test: { kind: 'has_tag', name: foldText(textOf(rule.value).trim()) },
      };
    case 'changed':
      return { form: comparison, test: { kind: 'changed', from: null, to: null, anyway: true } };
    case 'changedFromTo': {
      const [from, to] = listOf(rule.value);
      return {
        form: comparison,
        test: {
          kind: 'changed',
          from: literal(from, comparison),
          to: literal(to, comparison),
          anyway: false,
        },
      };
    }
  }
}
