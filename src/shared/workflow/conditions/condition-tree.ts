/** What a rule compares with. `changed` and `changedFromTo` ask the event; without one they are false. */
export const conditionOperators = [
  '=',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  'contains',
  'beginsWith',
  'endsWith',
  'doesNotContain',
  'doesNotBeginWith',
  'doesNotEndWith',
  'null',
  'notNull',
  'in',
  'notIn',
  'between',
  'notBetween',
  'changed',
  'changedFromTo',
  'inNextDays',
  'inLastDays',
  'hasTag',
  'hasNotTag',
] as const;

export type ConditionOperator = (typeof conditionOperators)[number];

export interface ConditionRule {
  /** `object.field`, such as `deal.value`. */
  readonly field: string;
  readonly operator: ConditionOperator;
  readonly value: unknown;
  /** `field`: the value names another field. */
  readonly valueSource?: 'value' | 'field';
}

/** A tree as react-querybuilder edits it. An empty group is true. */
export interface ConditionGroup {
  readonly combinator: 'and' | 'or';
  readonly not?: boolean;
  readonly rules: readonly ConditionNode[];
}

export type ConditionNode = ConditionRule | ConditionGroup;

export function isConditionGroup(node: ConditionNode): node is ConditionGroup {
  return 'rules' in node;
}

/** Operators that are the denial of another; a missing value makes them true, as it makes the other false. */
const denied = {
  '!=': '=',
  doesNotContain: 'contains',
  doesNotBeginWith: 'beginsWith',
  doesNotEndWith: 'endsWith',
  null: 'notNull',
  notIn: 'in',
  notBetween: 'between',
  hasNotTag: 'hasTag',
} as const satisfies Partial<Record<ConditionOperator, ConditionOperator>>;

export type PositiveOperator = Exclude<ConditionOperator, keyof typeof denied>;

/** @returns the operator to ask, and whether its answer is to be turned round */
export function positiveForm(operator: ConditionOperator): {
  readonly operator: PositiveOperator;
  readonly negated: boolean;
} {
  switch (operator) {
    case '!=':
    case 'doesNotContain':
    case 'doesNotBeginWith':
    case 'doesNotEndWith':
    case 'null':
    case 'notIn':
    case 'notBetween':
    case 'hasNotTag':
      return { operator: denied[operator], negated: true };
    default:
      return { operator, negated: false };
  }
}
