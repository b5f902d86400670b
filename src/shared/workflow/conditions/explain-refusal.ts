import { type ConditionGroup, type ConditionNode, isConditionGroup } from './condition-tree.ts';
import { type ConditionFacts, evaluateConditions } from './evaluate-conditions.ts';
import { readFieldReference } from './plan-rule.ts';

/** One rule that said no, with what it saw. */
export interface RefusingRule {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
  /** The field's value; for rules on a change its old and new value, null when it did not change. */
  readonly seen: unknown;
  /** The value of the other field, for rules that compare with one. */
  readonly other?: unknown;
  /** The rule held, and the tree wants that it does not. */
  readonly denied?: true;
}

/**
 * Why a tree does not hold: the first rule of an `and` that said no, every rule of an `or`.
 *
 * @param tree one that does not hold on these facts
 */
export function explainRefusal(tree: ConditionGroup, facts: ConditionFacts): RefusingRule[] {
  return explain(tree, facts, false);
}

function holds(node: ConditionNode, facts: ConditionFacts): boolean {
  return evaluateConditions(
    isConditionGroup(node) ? node : { combinator: 'and', rules: [node] },
    facts,
  );
}

/** @param is what the node is, and should not be */
function explain(node: ConditionNode, facts: ConditionFacts, is: boolean): RefusingRule[] {
  if (!isConditionGroup(node)) return [explainRule(node, facts, is)];
  const inner = node.not === true ? !is : is;
  const guilty = node.rules.filter((rule) => holds(rule, facts) === inner);
  // One rule decides a false `and` and a true `or`; all of them a true `and` and a false `or`.
  const one = (node.combinator === 'and') !== inner;
  return (one ? guilty.slice(0, 1) : guilty).flatMap((rule) => explain(rule, facts, inner));
}

function explainRule(
  { field, operator, value, valueSource }: Exclude<ConditionNode, ConditionGroup>,
  facts: ConditionFacts,
  is: boolean,
): RefusingRule {
  const read = (path: string): unknown => {
    const reference = readFieldReference(path);
    return reference ? (facts.read(reference.object, reference.field) ?? null) : null;
  };
  const reference = readFieldReference(field);
  const asksForChange = operator === 'changed' || operator === 'changedFromTo';
  const seen =
    asksForChange && reference ? facts.change(reference.object, reference.field) : read(field);
  return {
    field,
    operator,
    value: value ?? null,
    seen,
    ...(valueSource === 'field' && typeof value === 'string' ? { other: read(value) } : {}),
    ...(is ? { denied: true as const } : {}),
  };
}
