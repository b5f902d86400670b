import { describe, expect, test } from 'vitest';
import type { ConditionGroup, ConditionOperator } from './condition-tree.ts';
import { type ConditionFacts, evaluateConditions } from './evaluate-conditions.ts';

const deal: Readonly<Record<string, unknown>> = {
  title: 'Ärger mit Dächern',
  value: 5000.5,
  description: null,
  stage: 'proposal',
  expected_close_date: '2026-03-10',
  created_at: '2026-03-01T23:30:00.000Z',
  updated_at: '2026-02-25T12:00:00.000Z',
  tags: ['VIP', 'Später'],
};

const changes: Readonly<Record<string, { old: unknown; new: unknown }>> = {
  stage: { old: 'qualification', new: 'proposal' },
  value: { old: null, new: 5000.5 },
};

/** Berlin, 2 March 2026, ten in the morning. There is a deal, and no contact. */
const facts: ConditionFacts = {
  now: Date.parse('2026-03-02T09:00:00Z'),
  timeZone: 'Europe/Berlin',
  read: (object, field) => (object === 'deal' ? deal[field] : undefined),
  change: (object, field) => (object === 'deal' ? (changes[field] ?? null) : null),
};

const judge = (tree: ConditionGroup) => evaluateConditions(tree, facts);

function holds(field: string, operator: ConditionOperator, value: unknown, byField = false) {
  const valueSource = byField ? { valueSource: 'field' as const } : {};
  return judge({ combinator: 'and', rules: [{ field, operator, value, ...valueSource }] });
}

describe('an operator', () => {
  test.each<[string, ConditionOperator, unknown, boolean]>([
    // Text, without regard to case and accents.
    ['deal.title', '=', 'arger MIT dachern', true],
    ['deal.title', '=', 'Ärger', false],
    ['deal.title', '!=', 'ärger mit dächern', false],
    ['deal.title', 'contains', 'DACH', true],
    ['deal.title', 'contains', 'Dachs', false],
    ['deal.title', 'doesNotContain', 'dach', false],
    ['deal.title', 'doesNotContain', 'Dachs', true],
    ['deal.title', 'beginsWith', 'arger', true],
    ['deal.title', 'beginsWith', 'mit', false],
    ['deal.title', 'doesNotBeginWith', 'mit', true],
    ['deal.title', 'endsWith', 'Dachern', true],
    ['deal.title', 'doesNotEndWith', 'dachern', false],
    ['deal.title', '<', 'b', true],
    ['deal.title', '>', 'b', false],
    ['deal.stage', 'in', ['won', 'Proposal'], true],
    ['deal.stage', 'in', 'won, proposal', true],
    ['deal.stage', 'in', ['won'], false],
    ['deal.stage', 'notIn', ['won', 'lost'], true],
    ['deal.stage', 'notIn', ['proposal'], false],
    // Numbers, also as text.
    ['deal.value', '=', 5000.5, true],
    ['deal.value', '=', '5000.50', true],
    ['deal.value', '=', ' 5000.5 ', true],
    ['deal.value', '!=', '5000.5', false],
    ['deal.value', '>', '900', true],
    ['deal.value', '>', 5000.5, false],
    ['deal.value', '>=', 5000.5, true],
    ['deal.value', '<', '10000', true],
    ['deal.value', '<=', 5000.49, false],
    ['deal.value', 'between', [5000, 5001], true],
    ['deal.value', 'between', '5000.5,5000.5', true],
    ['deal.value', 'between', [6000, 5000], false],
    ['deal.value', 'notBetween', [1, 2], true],
    ['deal.value', 'in', [1, '5000.5'], true],
    ['deal.value', '=', 'much', false],
    ['deal.value', '!=', 'much', true],
    ['deal.value', 'contains', '000', true],
    // What is empty, or has no record.
    ['deal.description', 'null', null, true],
    ['deal.description', 'notNull', null, false],
    ['deal.description', '=', '', false],
    ['deal.description', '!=', 'x', true],
    ['deal.description', 'contains', '', false],
    ['deal.description', 'doesNotContain', 'x', true],
    ['deal.description', '<', 'z', false],
    ['deal.description', 'notIn', ['x'], true],
    ['deal.description', 'notBetween', ['a', 'b'], true],
    ['deal.title', 'null', null, false],
    ['deal.title', 'notNull', null, true],
    ['contact.email', 'null', null, true],
    ['contact.email', 'notNull', null, false],
    ['contact.email', 'endsWith', '.de', false],
    ['contact.email', 'doesNotEndWith', '.de', true],
    ['contact.tags', 'hasTag', 'vip', false],
    ['contact.tags', 'hasNotTag', 'vip', true],
    // Dates; the day of an instant is that of the zone: 23:30 UTC is the next day in Berlin.
    ['deal.expected_close_date', '=', '2026-03-10', true],
    ['deal.expected_close_date', '>', '2026-03-09', true],
    ['deal.expected_close_date', 'between', ['2026-03-10', '2026-03-10'], true],
    ['deal.created_at', '=', '2026-03-02', true],
    ['deal.created_at', '=', '2026-03-01', false],
    ['deal.created_at', '=', '2026-03-02T00:30:00+01:00', true],
    ['deal.created_at', '<', '2026-03-02T00:00:00Z', true],
    ['deal.expected_close_date', 'inNextDays', 8, true],
    ['deal.expected_close_date', 'inNextDays', '7', false],
    ['deal.expected_close_date', 'inLastDays', 30, false],
    ['deal.created_at', 'inLastDays', 0, true],
    ['deal.updated_at', 'inLastDays', 5, true],
    ['deal.updated_at', 'inLastDays', 4, false],
    ['deal.updated_at', 'inNextDays', 5, false],
    ['deal.created_at', 'inNextDays', 0, true],
    ['deal.description', 'inNextDays', 5, false],
    // Tags.
    ['deal.tags', 'hasTag', ' vip ', true],
    ['deal.tags', 'hasTag', 'SPATER', true],
    ['deal.tags', 'hasTag', 'vi', false],
    ['deal.tags', 'hasNotTag', 'vip', false],
    ['deal.tags', 'hasNotTag', 'cold', true],
    ['deal.tags', 'notNull', null, true],
    ['deal.tags', 'null', null, false],
    // What the event changed.
    ['deal.stage', 'changed', null, true],
    ['deal.title', 'changed', null, false],
    ['contact.email', 'changed', null, false],
    ['deal.stage', 'changedFromTo', ['qualification', 'Proposal'], true],
    ['deal.stage', 'changedFromTo', ['', 'proposal'], true],
    ['deal.stage', 'changedFromTo', ['qualification', ''], true],
    ['deal.stage', 'changedFromTo', ['won', 'proposal'], false],
    ['deal.value', 'changedFromTo', ['', '5000.5'], true],
    ['deal.value', 'changedFromTo', ['1', '5000.5'], false],
    ['deal.title', 'changedFromTo', ['', ''], false],
    // What does not fit never holds, and neither does its denial: nothing matches by mistake.
    ['deal.nothing', '=', 'x', false],
    ['deal.nothing', '!=', 'x', false],
    ['deal.title', 'hasTag', 'vip', false],
    ['deal.tags', '=', 'vip', false],
  ])('%s %s %j: %s', (field, operator, value, expected) => {
    expect(holds(field, operator, value)).toBe(expected);
  });

  test.each<[string, ConditionOperator, string, boolean]>([
    ['deal.title', '=', 'deal.title', true],
    ['deal.title', '!=', 'deal.stage', true],
    ['deal.expected_close_date', '>', 'deal.created_at', false],
    ['deal.title', '=', 'deal.description', false],
    ['deal.title', '!=', 'contact.email', true],
    ['deal.title', '=', 'deal.tags', false],
    ['deal.title', 'contains', 'deal.title', true],
  ])('%s %s the field %s: %s', (field, operator, other, expected) => {
    expect(holds(field, operator, other, true)).toBe(expected);
  });
});

describe('a group', () => {
  const yes = { field: 'deal.title', operator: 'notNull', value: null } as const;
  const no = { field: 'deal.title', operator: 'null', value: null } as const;

  test.each<[string, ConditionGroup, boolean]>([
    ['and', { combinator: 'and', rules: [yes, yes] }, true],
    ['and with a no', { combinator: 'and', rules: [yes, no] }, false],
    ['or', { combinator: 'or', rules: [no, yes] }, true],
    ['or of nos', { combinator: 'or', rules: [no, no] }, false],
    ['an empty and', { combinator: 'and', rules: [] }, true],
    ['an empty or', { combinator: 'or', rules: [] }, true],
    ['not', { combinator: 'and', not: true, rules: [yes] }, false],
    ['not of an empty one', { combinator: 'and', not: true, rules: [] }, false],
    [
      'groups in groups',
      {
        combinator: 'and',
        rules: [
          yes,
          { combinator: 'or', not: true, rules: [no, { combinator: 'and', rules: [no] }] },
        ],
      },
      true,
    ],
  ])('%s', (_, tree, expected) => {
    expect(judge(tree)).toBe(expected);
  });
});
