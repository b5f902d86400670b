import type { CustomFields } from '../../model/fields/custom-fields.ts';
import { fieldsOf, findField } from '../../model/fields/registry.ts';
import { type ObjectName, objectNames } from '../../model/objects.ts';
import { type Findings, isPlainObject, oneOf, suggestion } from '../definition-findings.ts';
import { comparisonOf, isDateText, toComparable } from './comparable.ts';
import {
  type ConditionGroup,
  type ConditionOperator,
  conditionOperators,
  positiveForm,
} from './condition-tree.ts';
import { readFieldReference, suits } from './plan-rule.ts';

/** Deeper than this is a mistake in a script, not a condition. */
const maximumDepth = 20;

const groupKeys = new Set(['combinator', 'not', 'rules', 'id', 'path', 'disabled', 'muted']);
const ruleKeys = new Set([
  'field',
  'operator',
  'value',
  'valueSource',
  'id',
  'path',
  'disabled',
  'muted',
]);

/** Operators whose value is not read. */
const valueless = new Set<ConditionOperator>(['null', 'notNull', 'changed']);

/**
 * Notes what is wrong in a tree as react-querybuilder writes it.
 *
 * @param supplied the objects a run reaches; null when any may be named
 * @returns the tree when it could be read as one, faults or not
 */
export function checkConditions(
  raw: unknown,
  path: string,
  supplied: readonly ObjectName[] | null,
  findings: Findings,
  depth = 0,
): ConditionGroup | null {
  if (!isPlainObject(raw) || !Array.isArray(raw['rules'])) {
    findings.fault(
      path,
      'wrong_type',
      'Conditions must be an object such as {"combinator": "and", "rules": [{"field": "deal.value", "operator": ">", "value": 5000}]}.',
    );
    return null;
  }
  if (depth > maximumDepth) {
    findings.fault(path, 'too_deep', `Conditions may be nested ${maximumDepth} deep at most.`);
    return null;
  }
  for (const key of Object.keys(raw)) {
    if (!groupKeys.has(key))
      findings.fault(
        `${path}.${key}`,
        'unknown_key',
        `Unknown key "${key}" in a group of conditions. Use: combinator, not, rules.`,
      );
  }
  const { combinator, not } = raw;
  if (combinator !== 'and' && combinator !== 'or') {
    findings.fault(`${path}.combinator`, 'wrong_choice', 'combinator must be one of: and, or.');
  }
  if (not !== undefined && typeof not !== 'boolean') {
    findings.fault(`${path}.not`, 'wrong_type', 'not must be true or false.');
  }
  const nodes: readonly unknown[] = raw['rules'];
  for (const [index, node] of nodes.entries()) {
    const at = `${path}.rules[${index}]`;
    if (isPlainObject(node) && 'rules' in node)
      checkConditions(node, at, supplied, findings, depth + 1);
    else checkRule(node, at, supplied, findings);
  }
  // Every part was looked at; what is not of this shape is among the faults, and a tree with faults never runs.
  return raw as unknown as ConditionGroup;
}

function knownFields(supplied: readonly ObjectName[] | null, custom?: CustomFields): string[] {
  return (supplied ?? objectNames).flatMap((object) =>
    fieldsOf(object, custom).map((field) => `${object}.${field.name}`),
  );
}

function checkRule(
  node: unknown,
  path: string,
  supplied: readonly ObjectName[] | null,
  findings: Findings,
): void {
  if (!isPlainObject(node)) {
    findings.fault(
      path,
      'wrong_type',
      'A rule must be an object such as {"field": "deal.value", "operator": ">", "value": 5000}.',
    );
    return;
  }
  for (const key of Object.keys(node)) {
    if (!ruleKeys.has(key))
      findings.fault(
        `${path}.${key}`,
        'unknown_key',
        `Unknown key "${key}" in a rule. Use: field, operator, value, valueSource.`,
      );
  }
  const { field: name, operator: given, value, valueSource } = node;
  if (typeof name !== 'string' || name === '') {
    findings.gap(
      `${path}.field`,
      'required',
      'Choose the field this rule looks at, such as deal.value.',
    );
    return;
  }
  const { custom } = findings;
  const reference = readFieldReference(name, custom);
  const field = reference ? findField(reference.object, reference.field, custom) : undefined;
  if (!reference || !field) {
    findings.fault(
      `${path}.field`,
      'unknown_field',
      `Unknown field "${name}".${suggestion(name, knownFields(supplied, custom))}`,
    );
    return;
  }
  if (supplied && !supplied.includes(reference.object)) {
    findings.fault(
      `${path}.field`,
      'object_not_supplied',
      `The trigger gives no ${reference.object}. Use one of: ${oneOf(supplied)}.`,
    );
  }
  const operator = conditionOperators.find((known) => known === given);
  if (!operator) {
    findings.fault(
      `${path}.operator`,
      'unknown_operator',
      `Unknown operator ${JSON.stringify(given ?? null)}. Use one of: ${oneOf(conditionOperators)}.`,
    );
    return;
  }
  if (!suits(positiveForm(operator).operator, comparisonOf(field.type))) {
    const cure = field.type === 'tags' ? 'Use hasTag or hasNotTag.' : 'Use = or !=.';
    findings.fault(
      `${path}.operator`,
      'wrong_choice',
      `${operator} cannot be asked of ${name}. ${cure}`,
    );
    return;
  }
  if (valueSource !== undefined && valueSource !== 'value' && valueSource !== 'field') {
    findings.fault(
      `${path}.valueSource`,
      'wrong_choice',
      'valueSource must be one of: value, field.',
    );
  } else if (valueSource === 'field') {
    if (typeof value !== 'string' || !readFieldReference(value, custom)) {
      findings.fault(
        `${path}.value`,
        'unknown_field',
        'value must name a field such as deal.expected_close_date.',
      );
    }
  } else if (!valueless.has(operator)) {
    checkValue(field.type, operator, value, `${path}.value`, findings);
  }
}

function checkValue(
  type: Parameters<typeof comparisonOf>[0],
  operator: ConditionOperator,
  value: unknown,
  path: string,
  findings: Findings,
): void {
  if (value === undefined || value === null || value === '') {
    findings.gap(path, 'required', 'Fill in what the field is compared with.');
    return;
  }
  if (operator === 'inNextDays' || operator === 'inLastDays') {
    if (!Number.isInteger(Number(value)) || Number(value) < 0) {
      findings.fault(path, 'wrong_type', 'value must be a whole number of days such as 7.');
    }
    return;
  }
  const comparison = comparisonOf(type);
  const list = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',').map((part) => part.trim())
      : [value];
  const isPair =
    operator === 'between' || operator === 'notBetween' || operator === 'changedFromTo';
  if (isPair && list.length !== 2) {
    findings.fault(path, 'wrong_type', 'value must be a list of two, such as [1000, 5000].');
    return;
  }
  const isList = isPair || operator === 'in' || operator === 'notIn';
  const isText = [
    'contains',
    'beginsWith',
    'endsWith',
    'doesNotContain',
    'doesNotBeginWith',
    'doesNotEndWith',
    'hasTag',
    'hasNotTag',
  ].includes(operator);
  if (isText) {
    if (typeof value !== 'string' && typeof value !== 'number')
      findings.fault(path, 'wrong_type', 'value must be text.');
    return;
  }
  const parts: readonly unknown[] = isList ? list : [value];
  for (const part of parts) {
    if (operator === 'changedFromTo' && (part === null || part === '')) continue;
    if (readable(part, comparison)) continue;
    findings.fault(
      path,
      'wrong_type',
      `value must be ${examples[comparison]}, not ${JSON.stringify(part)}.`,
    );
    return;
  }
}

const examples = {
  text: 'text',
  tags: 'text',
  number: 'a number such as 5000',
  date: 'a date such as 2026-12-31',
  boolean: 'true or false',
  instant: 'a date such as 2026-12-31, or a time with its zone such as 2026-12-31T09:00:00Z',
} as const;

function readable(value: unknown, comparison: keyof typeof examples): boolean {
  if (comparison === 'instant' && typeof value === 'string' && isDateText(value)) return true;
  return toComparable(value, comparison) !== null;
}
