import {
  type ConditionGroup,
  type ConditionNode,
  isConditionGroup,
} from '../conditions/condition-tree.ts';
import { evaluateConditions } from '../conditions/evaluate-conditions.ts';
import { readFieldReference } from '../conditions/plan-rule.ts';
import type { ObjectName } from '../../model/objects.ts';
import type { WrittenValue } from './write-set.ts';

/** What is known of the moment a tree is asked: the one field that changed, and the values it may have by then. */
export interface KnownMoment {
  readonly object: ObjectName;
  /** The field the event tells the change of. */
  readonly field: string;
  /** Every value it may hold when the tree is asked; null: any. */
  readonly values: readonly unknown[] | null;
  /** What the event says it changed to. */
  readonly written: WrittenValue;
}

/** `unknown` where the answer depends on what is not known before. */
type Answer = boolean | 'unknown';

/** @returns false only when the tree cannot hold, whatever else the records hold */
export function mayHold(tree: ConditionGroup, moment: KnownMoment): boolean {
  const values = moment.values ?? [undefined];
  return values.some((value) => judge(tree, moment, value) !== false);
}

function judge(node: ConditionNode, moment: KnownMoment, value: unknown): Answer {
  if (!isConditionGroup(node)) return judgeRule(node, moment, value);
  const answers = node.rules.map((rule) => judge(rule, moment, value));
  const decisive = node.combinator === 'or';
  let answer: Answer;
  if (answers.length === 0) answer = true;
  else if (answers.includes(decisive)) answer = decisive;
  else answer = answers.includes('unknown') ? 'unknown' : !decisive;
  return node.not === true && answer !== 'unknown' ? !answer : answer;
}

function judgeRule(
  rule: Exclude<ConditionNode, ConditionGroup>,
  { object, field, values, written }: KnownMoment,
  value: unknown,
): Answer {
  const reference = readFieldReference(rule.field);
  if (!reference) return 'unknown';
  // Another record of the same kind is never meant: `deal.…` is the deal of the event.
  const isIt = reference.object === object && reference.field === field;
  if (rule.operator === 'changed' && reference.object === object) return isIt;
  if (rule.operator === 'changedFromTo') {
    if (reference.object === object && !isIt) return false;
    return isIt && written.kind === 'literal' ? judgeChange(rule, written.value) : 'unknown';
  }
  // Time, other fields and other records are not known.
  if (!isIt || values === null || rule.valueSource === 'field') return 'unknown';
  if (rule.operator === 'inNextDays' || rule.operator === 'inLastDays') return 'unknown';
  return evaluateConditions(
    { combinator: 'and', rules: [rule] },
    { now: 0, timeZone: 'UTC', read: () => value, change: () => null },
  );
}

/** The value it changed to is known, the one before is not: only a wrong new value decides. */
function judgeChange(rule: Exclude<ConditionNode, ConditionGroup>, to: unknown): Answer {
  const [from, wanted] = Array.isArray(rule.value) ? rule.value : [];
  const holds = evaluateConditions(
    { combinator: 'and', rules: [{ ...rule, value: [null, wanted] }] },
    { now: 0, timeZone: 'UTC', read: () => to, change: () => ({ old: from, new: to }) },
  );
  return holds ? 'unknown' : false;
}
