import type { FieldType } from '../../../../shared/model/fields/field.ts';
import type { ConditionOperator } from '../../../../shared/workflow/conditions/condition-tree.ts';

const textOperators = [
  '=',
  '!=',
  'contains',
  'doesNotContain',
  'beginsWith',
  'doesNotBeginWith',
  'endsWith',
  'doesNotEndWith',
  'in',
  'notIn',
  'null',
  'notNull',
  'changed',
  'changedFromTo',
] as const satisfies readonly ConditionOperator[];

const choiceOperators = [
  '=',
  '!=',
  'in',
  'notIn',
  'changed',
  'changedFromTo',
  'null',
  'notNull',
] as const satisfies readonly ConditionOperator[];

const numberOperators = [
  '>',
  '>=',
  '<',
  '<=',
  '=',
  '!=',
  'between',
  'notBetween',
  'null',
  'notNull',
  'changed',
] as const satisfies readonly ConditionOperator[];

const dateOperators = [
  'inNextDays',
  'inLastDays',
  '<',
  '<=',
  '>',
  '>=',
  '=',
  '!=',
  'between',
  'null',
  'notNull',
  'changed',
] as const satisfies readonly ConditionOperator[];

/** What can sensibly be asked of a field, the likeliest first. */
export function operatorsFor(type: FieldType): readonly ConditionOperator[] {
  switch (type) {
    case 'money':
    case 'number':
      return numberOperators;
    case 'boolean':
      return ['=', '!=', 'null', 'notNull', 'changed'];
    case 'multi_choice':
      return ['contains', 'doesNotContain', 'null', 'notNull', 'changed'];
    case 'date':
    case 'datetime':
      return dateOperators;
    case 'choice':
    case 'stage':
    case 'pipeline':
    case 'currency':
      return choiceOperators;
    case 'tags':
      return ['hasTag', 'hasNotTag', 'null', 'notNull', 'changed'];
    case 'link':
    case 'id':
      return ['notNull', 'null', 'changed', '=', '!='];
    case 'text':
    case 'long_text':
    case 'email':
    case 'phone':
    case 'domain':
      return textOperators;
  }
}

const comparisons: Readonly<Record<string, readonly [number: string, date: string]>> = {
  '>': ['more', 'after'],
  '>=': ['at_least', 'from'],
  '<': ['less', 'before'],
  '<=': ['at_most', 'until'],
};

/** The key of an operator's words: dates are "after", numbers "more than". */
export function operatorKey(operator: string, type: FieldType | undefined): string {
  if (operator === '=') return 'is';
  if (operator === '!=') return 'is_not';
  const [number, date] = comparisons[operator] ?? [operator, operator];
  return type === 'date' || type === 'datetime' ? date : number;
}

/** What the value of a rule looks like; a change of it makes the value that was typed useless. */
export type ValueShape = 'none' | 'days' | 'pair' | 'list' | 'one';

export function valueShape(operator: string): ValueShape {
  switch (operator) {
    case 'null':
    case 'notNull':
    case 'changed':
      return 'none';
    case 'inNextDays':
    case 'inLastDays':
      return 'days';
    case 'between':
    case 'notBetween':
    case 'changedFromTo':
      return 'pair';
    case 'in':
    case 'notIn':
      return 'list';
    default:
      return 'one';
  }
}
