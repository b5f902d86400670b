import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../check-definition.ts';

const at = 'actions[0]';
const ruleAt = `${at}.config.conditions.rules[0]`;
const won = { combinator: 'and', rules: [{ field: 'deal.stage', operator: '=', value: 'won' }] };

const rule = (field: unknown, operator: unknown, value?: unknown, more: object = {}) => ({
  type: 'if',
  config: { conditions: { combinator: 'and', rules: [{ field, operator, value, ...more }] } },
});

function nestRules(depth: number): object {
  return { combinator: 'and', rules: depth === 0 ? [] : [nestRules(depth - 1)] };
}

function check(step: unknown) {
  const raw = { trigger_type: 'deal_created', trigger_config: {}, actions: [step] };
  return checkDefinition(raw, { stages: ['won'] });
}

describe('conditions that are wrong are refused with their path', () => {
  test.each<[string, unknown, string, string]>([
    [
      'conditions of an if that are text',
      { type: 'if', config: { conditions: 'x' } },
      `${at}.config.conditions`,
      'wrong_type',
    ],
    [
      'conditions without rules',
      { type: 'if', config: { conditions: {} } },
      `${at}.config.conditions`,
      'wrong_type',
    ],
    [
      'an unknown combinator',
      { type: 'if', config: { conditions: { combinator: 'xor', rules: [] } } },
      `${at}.config.conditions.combinator`,
      'wrong_choice',
    ],
    [
      'a not that is text',
      { type: 'if', config: { conditions: { ...won, not: 'yes' } } },
      `${at}.config.conditions.not`,
      'wrong_type',
    ],
    [
      'an unknown key of a group',
      { type: 'if', config: { conditions: { ...won, or: [] } } },
      `${at}.config.conditions.or`,
      'unknown_key',
    ],
    [
      'conditions nested without end',
      { type: 'if', config: { conditions: nestRules(21) } },
      `${at}.config.conditions${'.rules[0]'.repeat(21)}`,
      'too_deep',
    ],
    [
      'a rule that is text',
      { type: 'if', config: { conditions: { combinator: 'and', rules: ['x'] } } },
      ruleAt,
      'wrong_type',
    ],
    [
      'an unknown key of a rule',
      rule('deal.value', '>', 5, { than: 5 }),
      `${ruleAt}.than`,
      'unknown_key',
    ],
    ['an unknown field', rule('deal.colour', '=', 'red'), `${ruleAt}.field`, 'unknown_field'],
    ['a field without its object', rule('value', '=', 5), `${ruleAt}.field`, 'unknown_field'],
    ['a field of a field', rule('deal.contact.name', '=', 'x'), `${ruleAt}.field`, 'unknown_field'],
    [
      'a field that JavaScript knows',
      rule('deal.constructor', '=', 'x'),
      `${ruleAt}.field`,
      'unknown_field',
    ],
    [
      'an object the trigger does not give',
      rule('task.title', '=', 'x'),
      `${ruleAt}.field`,
      'object_not_supplied',
    ],
    ['an unknown operator', rule('deal.value', '==', 5), `${ruleAt}.operator`, 'unknown_operator'],
    [
      'a missing operator',
      rule('deal.value', undefined, 5),
      `${ruleAt}.operator`,
      'unknown_operator',
    ],
    ['tags that are compared', rule('deal.tags', '=', 'vip'), `${ruleAt}.operator`, 'wrong_choice'],
    [
      'a tag of what has none',
      rule('deal.title', 'hasTag', 'vip'),
      `${ruleAt}.operator`,
      'wrong_choice',
    ],
    ['words for a number', rule('deal.value', '>', 'much'), `${ruleAt}.value`, 'wrong_type'],
    ['a list for a number', rule('deal.value', '>', [5]), `${ruleAt}.value`, 'wrong_type'],
    [
      'one bad number among several',
      rule('deal.value', 'in', '5, x'),
      `${ruleAt}.value`,
      'wrong_type',
    ],
    ['a range of one', rule('deal.value', 'between', [5]), `${ruleAt}.value`, 'wrong_type'],
    [
      'a range of three',
      rule('deal.value', 'notBetween', '1,2,3'),
      `${ruleAt}.value`,
      'wrong_type',
    ],
    [
      'a word for a date',
      rule('deal.expected_close_date', '<', 'tomorrow'),
      `${ruleAt}.value`,
      'wrong_type',
    ],
    [
      'a word for an instant',
      rule('deal.created_at', '<', 'tomorrow'),
      `${ruleAt}.value`,
      'wrong_type',
    ],
    [
      'days that are no number',
      rule('deal.created_at', 'inLastDays', 'week'),
      `${ruleAt}.value`,
      'wrong_type',
    ],
    [
      'days that are negative',
      rule('deal.created_at', 'inNextDays', -1),
      `${ruleAt}.value`,
      'wrong_type',
    ],
    ['text that is an object', rule('deal.title', 'contains', {}), `${ruleAt}.value`, 'wrong_type'],
    [
      'a change from one',
      rule('deal.stage', 'changedFromTo', ['won']),
      `${ruleAt}.value`,
      'wrong_type',
    ],
    [
      'a source that is not known',
      rule('deal.value', '>', 5, { valueSource: 'template' }),
      `${ruleAt}.valueSource`,
      'wrong_choice',
    ],
    [
      'a field to compare with that is not there',
      rule('deal.value', '>', 'deal.worth', { valueSource: 'field' }),
      `${ruleAt}.value`,
      'unknown_field',
    ],
  ])('%s', (_, step, path, code) => {
    const { faults, definition } = check(step);
    expect(faults.map((fault) => [fault.path, fault.code])).toContainEqual([path, code]);
    expect(definition).toBeNull();
    for (const { message } of faults) expect(message).toMatch(/[.?]$/);
  });
});

test.each<[string, unknown, string]>([
  ['a rule without a field', rule('', '=', 1), `${ruleAt}.field`],
  ['a rule without a value', rule('deal.value', '>'), `${ruleAt}.value`],
])('%s is a gap: a draft may have it', (_, step, path) => {
  const { faults, gaps, definition } = check(step);
  expect(faults).toEqual([]);
  expect(gaps.map((gap) => gap.path)).toEqual([path]);
  expect(definition).toBeNull();
});

test.each<[string, unknown]>([
  ['keys the editor adds', rule('deal.value', '>', '5000', { id: 'r1', path: [0] })],
  ['a field beside a field', rule('deal.title', '=', 'contact.name', { valueSource: 'field' })],
  ['emptiness without a value', rule('contact.email', 'null')],
  ['a list as text', rule('deal.stage', 'in', 'won, lost')],
  ['a day for an instant', rule('deal.created_at', '>=', '2026-12-31')],
])('%s is taken', (_, step) => {
  const { faults, gaps } = check(step);
  expect([...faults, ...gaps]).toEqual([]);
});
