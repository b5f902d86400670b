import type { ObjectName } from '../../model/objects.ts';
import { foldText, toComparable, toLocalDate } from './comparable.ts';
import { type ConditionGroup, type ConditionNode, isConditionGroup } from './condition-tree.ts';
import { type Form, type Operand, type PlanMoment, planRule, type RulePlan } from './plan-rule.ts';

/** What a tree is judged on. */
export interface ConditionFacts extends PlanMoment {
  /** The value of a field as answers show it; null or undefined when empty or when there is no such record. */
  read(object: ObjectName, field: string): unknown;
  /** Old and new of a field the event changed; null when it did not, or when there is no event. */
  change(
    object: ObjectName,
    field: string,
  ): { readonly old: unknown; readonly new: unknown } | null;
}

/** Judges a tree. A missing record or an empty value makes every positive operator false and every denial true. */
export function evaluateConditions(tree: ConditionGroup, facts: ConditionFacts): boolean {
  const holds =
    tree.combinator === 'and'
      ? tree.rules.every((node) => evaluateNode(node, facts))
      : tree.rules.length === 0 || tree.rules.some((node) => evaluateNode(node, facts));
  return tree.not === true ? !holds : holds;
}

function evaluateNode(node: ConditionNode, facts: ConditionFacts): boolean {
  if (isConditionGroup(node)) return evaluateConditions(node, facts);
  const plan = planRule(node, facts);
  if (!plan) return false;
  return passes(plan, facts) !== plan.negated;
}

/** A value brought into the form a rule compares in; also what SQL calls for each row. */
export function inForm(value: unknown, form: Form, timeZone: string): string | number | null {
  // Several choices are compared as the text people read, which is no date and no number.
  if (Array.isArray(value)) return inForm(value.join(', '), form, timeZone);
  // As SQL gives it: a yes or no is the word for it.
  if (typeof value === 'boolean')
    return toComparable(String(value), form === 'local_date' ? 'date' : form);
  return form === 'local_date' ? toLocalDate(value, timeZone) : toComparable(value, form);
}

function passes({ reference, form, test }: RulePlan, facts: ConditionFacts): boolean {
  const raw = facts.read(reference.object, reference.field);
  if (test.kind === 'has_tag') {
    return (
      Array.isArray(raw) &&
      raw.some((name) => typeof name === 'string' && foldText(name) === test.name)
    );
  }
  if (test.kind === 'changed') {
    const change = facts.change(reference.object, reference.field);
    if (!change || test.anyway) return change !== null;
    return (
      (test.from === null || test.from === inForm(change.old, form, facts.timeZone)) &&
      (test.to === null || test.to === inForm(change.new, form, facts.timeZone))
    );
  }
  if (form === 'tags') return test.kind === 'is_given' && Array.isArray(raw) && raw.length > 0;
  const value = inForm(raw, form, facts.timeZone);
  if (value === null) return false;
  switch (test.kind) {
    case 'is_given':
      return true;
    case 'compare': {
      const other = operandValue(test.operand, form, facts);
      return other !== null && compare(value, other, test.operator);
    }
    case 'text': {
      const part = operandValue(test.operand, 'text', facts);
      if (part === null) return false;
      const text = String(value);
      if (test.place === 'start') return text.startsWith(String(part));
      return test.place === 'end' ? text.endsWith(String(part)) : text.includes(String(part));
    }
    case 'one_of':
      return test.values.includes(value);
    case 'between':
      return (
        test.from !== null &&
        test.to !== null &&
        compare(value, test.from, '>=') &&
        compare(value, test.to, '<=')
      );
  }
}

function operandValue(operand: Operand, form: Form, facts: ConditionFacts): string | number | null {
  if (operand.kind === 'literal') return operand.value;
  const { object, field } = operand.reference;
  return inForm(facts.read(object, field), form, facts.timeZone);
}

function compare(
  left: string | number,
  right: string | number,
  operator: '=' | '<' | '>' | '<=' | '>=',
): boolean {
  // Values of one form have one type; SQLite would order a number before any text.
  if (typeof left !== typeof right) return false;
  const order =
    typeof left === 'string' && typeof right === 'string'
      ? compareCodePoints(left, right)
      : Number(left) - Number(right);
  switch (operator) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
  }
}

/** Orders as SQLite does, by code points: JavaScript's own order puts an emoji before some older characters. */
function compareCodePoints(left: string, right: string): number {
  const a = Array.from(left);
  const b = Array.from(right);
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
