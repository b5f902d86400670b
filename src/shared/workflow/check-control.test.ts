import { describe, expect, test } from 'vitest';
import { checkDefinition } from './check-definition.ts';

const knowledge = { stages: ['qualification', 'won', 'lost'] };
const task = { type: 'create_task', config: { title: 'Call' } };
const won = { combinator: 'and', rules: [{ field: 'deal.stage', operator: '=', value: 'won' }] };

function check(actions: unknown, trigger = 'deal_created', conditions: unknown = null) {
  const raw = { trigger_type: trigger, trigger_config: {}, actions, conditions };
  return checkDefinition(raw, knowledge);
}

const at = 'actions[0]';
const wait = (config: object, more: object = {}) => ({ type: 'wait', config, ...more });

function nest(depth: number): object {
  return depth === 0 ? task : { type: 'if', config: { conditions: won }, then: [nest(depth - 1)] };
}

describe('what is wrong is refused with its path', () => {
  test.each<[string, unknown, string, string]>([
    [
      'an unknown key in the config of an if',
      { type: 'if', config: { conditions: won, when: 1 } },
      `${at}.config.when`,
      'unknown_key',
    ],
    [
      'steps of an if that are no list',
      { type: 'if', config: { conditions: won }, then: task },
      `${at}.then`,
      'wrong_type',
    ],
    [
      'on_error of an if',
      { type: 'if', config: { conditions: won }, on_error: 'stop' },
      `${at}.on_error`,
      'unknown_key',
    ],
    [
      'a bad step in a branch',
      { type: 'if', config: { conditions: won }, else: [task, { type: 'fly' }] },
      `${at}.else[1].type`,
      'unknown_action',
    ],
    [
      'a bad config in a branch',
      {
        type: 'if',
        config: { conditions: won },
        then: [{ ...task, config: { title: '{{nope}}' } }],
      },
      `${at}.then[0].config.title`,
      'unknown_variable',
    ],
    ['branches nested without end', nest(22), `${at}${'.then[0]'.repeat(20)}.then`, 'too_deep'],
    [
      'a switch on a number',
      { type: 'switch', config: { value: 5 }, cases: [{ equals: 'x', steps: [] }] },
      `${at}.config.value`,
      'wrong_type',
    ],
    [
      'a switch on an unknown variable',
      { type: 'switch', config: { value: '{{deal.colour}}' }, cases: [{ equals: 'x', steps: [] }] },
      `${at}.config.value`,
      'unknown_variable',
    ],
    [
      'cases that are no list',
      { type: 'switch', config: { value: 'x' }, cases: {} },
      `${at}.cases`,
      'wrong_type',
    ],
    [
      'a case without equals',
      { type: 'switch', config: { value: 'x' }, cases: [{ steps: [] }] },
      `${at}.cases[0].equals`,
      'wrong_type',
    ],
    [
      'an unknown key of a case',
      { type: 'switch', config: { value: 'x' }, cases: [{ equals: 'x', then: [] }] },
      `${at}.cases[0].then`,
      'unknown_key',
    ],
    [
      'a bad step in a case',
      { type: 'switch', config: { value: 'x' }, cases: [{ equals: 'x', steps: [5] }] },
      `${at}.cases[0].steps[0]`,
      'wrong_type',
    ],
    [
      'a loop through what is not known',
      { type: 'for_each', config: { over: 'deal.notes' }, do: [task] },
      `${at}.config.over`,
      'wrong_choice',
    ],
    [
      'a wait with two ends',
      wait({ duration: '+1 day', until: '2026-12-31' }),
      `${at}.config.until`,
      'unknown_key',
    ],
    [
      'a duration without a sign',
      wait({ duration: '3 days' }),
      `${at}.config.duration`,
      'bad_relative_date',
    ],
    [
      'a duration that is a number',
      wait({ duration: 3 }),
      `${at}.config.duration`,
      'bad_relative_date',
    ],
    [
      'a duration by template',
      wait({ duration: '{{deal.value}}' }),
      `${at}.config.duration`,
      'bad_relative_date',
    ],
    [
      'a date that is none',
      wait({ until: '2026-02-30' }),
      `${at}.config.until`,
      'bad_relative_date',
    ],
    [
      'a date by an unknown variable',
      wait({ until: '{{deal.due}}' }),
      `${at}.config.until`,
      'unknown_variable',
    ],
    [
      'a field that is no date',
      wait({ until_field: 'deal.title' }),
      `${at}.config.until_field`,
      'unknown_field',
    ],
    [
      'a date field of what the trigger does not give',
      wait({ until_field: 'task.due_at' }),
      `${at}.config.until_field`,
      'object_not_supplied',
    ],
    [
      'an offset that is none',
      wait({ until_field: 'deal.expected_close_date', offset: '1 day' }),
      `${at}.config.offset`,
      'bad_relative_date',
    ],
    [
      'an offset of a duration',
      wait({ duration: '+1 day', offset: '+1 day' }),
      `${at}.config.offset`,
      'unknown_key',
    ],
    ['a time that is none', wait({ until_time: '24:00' }), `${at}.config.until_time`, 'wrong_type'],
    ['a time in words', wait({ until_time: '9 am' }), `${at}.config.until_time`, 'wrong_type'],
    [
      'days that are none',
      wait({ until_time: '09:00', weekdays: ['someday'] }),
      `${at}.config.weekdays`,
      'wrong_type',
    ],
    [
      'no days at all',
      wait({ until_time: '09:00', weekdays: [] }),
      `${at}.config.weekdays`,
      'wrong_type',
    ],
    [
      'the eighth day',
      wait({ until_time: '09:00', weekdays: [8] }),
      `${at}.config.weekdays`,
      'wrong_type',
    ],
    [
      'an unknown event',
      wait({ until_event: 'deal_eaten' }),
      `${at}.config.until_event`,
      'unknown_trigger',
    ],
    [
      'a start by hand as an event',
      wait({ until_event: 'manual' }),
      `${at}.config.until_event`,
      'unknown_trigger',
    ],
    [
      'an event of what the trigger does not give',
      wait({ until_event: 'task_completed' }),
      `${at}.config.until_event`,
      'object_not_supplied',
    ],
    [
      'a time-out that is none',
      wait({ until_event: 'deal_won', timeout: 'soon' }),
      `${at}.config.timeout`,
      'bad_relative_date',
    ],
    [
      'a time-out of a duration',
      wait({ duration: '+1 day', timeout: '+1 day' }),
      `${at}.config.timeout`,
      'unknown_key',
    ],
    [
      'a condition to wait for that is wrong',
      wait({
        until_condition: {
          combinator: 'and',
          rules: [{ field: 'deal.x', operator: '=', value: 1 }],
        },
      }),
      `${at}.config.until_condition.rules[0].field`,
      'unknown_field',
    ],
    [
      'business hours in words',
      wait({ duration: '+1 day', business_hours: 'yes' }),
      `${at}.config.business_hours`,
      'wrong_type',
    ],
    [
      'an if_past that is not known',
      wait({ until: '2026-12-31', if_past: 'fail' }),
      `${at}.config.if_past`,
      'wrong_choice',
    ],
    [
      'an unknown key of a wait',
      wait({ duration: '+1 day', hours: 5 }),
      `${at}.config.hours`,
      'unknown_key',
    ],
    [
      'steps after a time-out that are no list',
      wait({ until_event: 'deal_won', timeout: '+1 day' }, { on_timeout: 'x' }),
      `${at}.on_timeout`,
      'wrong_type',
    ],
    [
      'a reason with an unknown variable',
      { type: 'stop', config: { reason: '{{nope}}' } },
      `${at}.config.reason`,
      'unknown_variable',
    ],
    [
      'a reason that is a number',
      { type: 'stop', config: { reason: 5 } },
      `${at}.config.reason`,
      'wrong_type',
    ],
    [
      'an id used in another branch',
      {
        type: 'if',
        config: { conditions: won },
        then: [{ ...task, id: 'a' }],
        else: [{ ...task, id: 'a' }],
      },
      `${at}.else[0].id`,
      'duplicate_id',
    ],
    [
      'a tag of what the trigger does not give',
      { type: 'add_tag', config: { object: 'task', tag: 'x' } },
      `${at}.config.object`,
      'object_not_supplied',
    ],
    [
      'steps after an error that are wrong',
      { ...task, on_error: 'branch', on_error_steps: [{ type: 'fly' }] },
      `${at}.on_error_steps[0].type`,
      'unknown_action',
    ],
  ])('%s', (_, step, path, code) => {
    const { faults, definition } = check([step]);
    expect(faults.map((fault) => [fault.path, fault.code])).toContainEqual([path, code]);
    expect(definition).toBeNull();
    for (const { message } of faults) expect(message).toMatch(/[.?]$/);
  });

  test('a loop through what the trigger does not give', () => {
    const loop = { type: 'for_each', config: { over: 'deal.tasks' }, do: [task] };
    expect(check([loop], 'contact_created').faults).toMatchObject([
      { path: `${at}.config.over`, code: 'object_not_supplied' },
    ]);
  });

  test('entry conditions are checked like those of a step', () => {
    const bad = { combinator: 'and', rules: [{ field: 'task.title', operator: '=', value: 'x' }] };
    expect(check([task], 'deal_created', bad).faults).toMatchObject([
      { path: 'conditions.rules[0].field', code: 'object_not_supplied' },
    ]);
    expect(check([task], 'deal_created', []).faults).toMatchObject([{ path: 'conditions' }]);
  });

  test('every fault is listed, wherever it stands', () => {
    const { faults } = check([
      wait({ duration: 'x' }),
      { type: 'if', config: { conditions: 5 }, then: [{ type: 'y' }] },
    ]);
    expect(faults.map((fault) => fault.path)).toEqual([
      'actions[0].config.duration',
      'actions[1].config.conditions',
      'actions[1].then[0].type',
    ]);
  });
});

describe('what is missing is a gap: a draft may have it', () => {
  test.each<[string, unknown, string]>([
    ['an if without conditions', { type: 'if' }, `${at}.config.conditions`],
    [
      'a switch without a value',
      { type: 'switch', cases: [{ equals: 'x', steps: [] }] },
      `${at}.config.value`,
    ],
    ['a switch without cases', { type: 'switch', config: { value: 'x' } }, `${at}.cases`],
    ['a loop through nothing', { type: 'for_each', do: [task] }, `${at}.config.over`],
    ['a wait for nothing', wait({}), `${at}.config`],
    ['a wait left empty', wait({ duration: '', until: null }), `${at}.config`],
    ['a tag without a name', { type: 'add_tag', config: { object: 'deal' } }, `${at}.config.tag`],
  ])('%s', (_, step, path) => {
    const { faults, gaps, definition } = check([step]);
    expect(faults).toEqual([]);
    expect(gaps.map((gap) => gap.path)).toEqual([path]);
    expect(definition).toBeNull();
  });
});

describe('what is right is taken', () => {
  test.each<[string, unknown]>([
    ['an if without else', { type: 'if', config: { conditions: won }, then: [task] }],
    [
      'an if with empty branches',
      { type: 'if', config: { conditions: won }, then: [], else: null },
    ],
    [
      'conditions without rules',
      { type: 'if', config: { conditions: { combinator: 'or', rules: [] } } },
    ],
    [
      'a group in a group, denied',
      { type: 'if', config: { conditions: { combinator: 'or', not: true, rules: [won, won] } } },
    ],
    [
      'cases that are numbers',
      {
        type: 'switch',
        config: { value: '{{deal.value}}' },
        cases: [
          { equals: 5, steps: [task] },
          { equals: true, steps: [] },
        ],
      },
    ],
    ['a wait of business days', wait({ duration: '+2 business days', business_hours: true })],
    ['a wait until a template', wait({ until: '{{deal.expected_close_date}}', if_past: 'stop' })],
    ['a wait until a relative date', wait({ until: '+1 month' })],
    ['a wait for a field', wait({ until_field: 'deal.expected_close_date', offset: '-1 day' })],
    ['a wait for a time', wait({ until_time: '09:00', weekdays: ['mon', 'Tuesday', 5] })],
    [
      'a wait for an event',
      wait({ until_event: 'deal_won', timeout: '+7 days' }, { on_timeout: [task] }),
    ],
    ['a wait for a condition', wait({ until_condition: won, timeout: '+7 days' })],
    [
      'keys of a wait left empty',
      wait({ duration: '+1 day', until: '', timeout: null, if_past: null }),
    ],
    [
      'an event of the record of a loop',
      {
        type: 'for_each',
        config: { over: 'deal.tasks' },
        do: [wait({ until_event: 'task_completed' })],
      },
    ],
    [
      'a field of the record of a loop',
      {
        type: 'for_each',
        config: { over: 'deal.tasks' },
        do: [{ ...task, config: { title: '{{task.title}}' } }],
      },
    ],
    ['a stop without a reason', { type: 'stop' }],
    ['20 branches in one another', nest(20)],
  ])('%s', (_, step) => {
    const { faults, gaps, definition } = check([step]);
    expect([...faults, ...gaps]).toEqual([]);
    expect(definition).not.toBeNull();
  });
});
