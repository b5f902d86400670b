import { describe, expect, test } from 'vitest';
import { checkDefinition, type DefinitionCheck } from './check-definition.ts';
import { actionTypes } from './actions/index.ts';
import { controlTypes } from './definition.ts';
import { triggerTypes } from './triggers.ts';

const knowledge = { stages: ['qualification', 'proposal', 'negotiation', 'won', 'lost'] };

const task = { type: 'create_task', config: { title: 'Call' } };

function check(actions: unknown, trigger = 'deal_created', config: unknown = {}): DefinitionCheck {
  return checkDefinition({ trigger_type: trigger, trigger_config: config, actions }, knowledge);
}

/** A step whose config holds one value beside what its type requires. */
const taskWith = (config: object) => [
  { type: 'create_task', config: { title: 'Call', ...config } },
];
const dealWith = (config: object) => [{ type: 'create_deal', config: { title: 'New', ...config } }];
const update = (object: unknown, field: unknown, value: unknown) => [
  { type: 'update_field', config: { object, field, value } },
];

describe('faults', () => {
  test.each<[string, unknown, string, string]>([
    ['no list', 'create_task', 'actions', 'wrong_type'],
    ['an object for a list', { 0: task }, 'actions', 'wrong_type'],
    ['nothing for a list', null, 'actions', 'wrong_type'],
    ['too many steps', Array.from({ length: 501 }, () => task), 'actions', 'too_many_steps'],
    ['a step that is text', [task, 'x'], 'actions[1]', 'wrong_type'],
    ['a step that is null', [null], 'actions[0]', 'wrong_type'],
    ['a step that is a list', [[]], 'actions[0]', 'wrong_type'],
    ['no type', [{ config: {} }], 'actions[0].type', 'unknown_action'],
    ['an unknown type', [task, { type: 'fly' }], 'actions[1].type', 'unknown_action'],
    ['an inherited type', [{ type: 'constructor' }], 'actions[0].type', 'unknown_action'],
    ['a type that is a number', [{ type: 5 }], 'actions[0].type', 'unknown_action'],
    ['an unknown key', [{ ...task, when: 'now' }], 'actions[0].when', 'unknown_key'],
    ['a name that is no text', [{ ...task, name: 5 }], 'actions[0].name', 'wrong_type'],
    ['enabled as text', [{ ...task, enabled: 'yes' }], 'actions[0].enabled', 'wrong_type'],
    [
      'an unknown on_error',
      [{ ...task, on_error: 'retry' }],
      'actions[0].on_error',
      'wrong_choice',
    ],
    ['a config that is text', [{ ...task, config: 'x' }], 'actions[0].config', 'wrong_type'],
    ['a config that is a list', [{ ...task, config: [] }], 'actions[0].config', 'wrong_type'],
    ['an id that is a number', [{ ...task, id: 5 }], 'actions[0].id', 'wrong_type'],
    ['an id with a blank', [{ ...task, id: 'a b' }], 'actions[0].id', 'wrong_type'],
    ['an empty id', [{ ...task, id: '' }], 'actions[0].id', 'wrong_type'],
    [
      'an id twice',
      [
        { ...task, id: 'a' },
        { ...task, id: 'a' },
      ],
      'actions[1].id',
      'duplicate_id',
    ],
  ])('%s', (_, actions, path, code) => {
    const { faults, definition } = check(actions);
    expect(faults).toEqual([{ path, code, message: expect.stringMatching(/[.?]$/) }]);
    expect(definition).toBeNull();
  });

  test.each<[string, string, unknown, string, string]>([
    ['an unknown trigger', 'deal_flown', {}, 'trigger_type', 'unknown_trigger'],
    ['an inherited trigger', 'constructor', {}, 'trigger_type', 'unknown_trigger'],
    ['an empty trigger', '', {}, 'trigger_type', 'unknown_trigger'],
    ['a config that is a list', 'deal_created', [], 'trigger_config', 'wrong_type'],
    ['a config that is text', 'deal_created', 'won', 'trigger_config', 'wrong_type'],
    [
      'a key of another trigger',
      'deal_created',
      { to_stage: 'won' },
      'trigger_config.to_stage',
      'unknown_key',
    ],
    [
      'an unknown key',
      'deal_stage_changed',
      { stage: 'won' },
      'trigger_config.stage',
      'unknown_key',
    ],
    [
      'an inherited key',
      'deal_stage_changed',
      { constructor: 'won' },
      'trigger_config.constructor',
      'unknown_key',
    ],
    [
      'an unknown stage',
      'deal_stage_changed',
      { to_stage: 'signed' },
      'trigger_config.to_stage',
      'unknown_stage',
    ],
    [
      'a stage that is a number',
      'deal_stage_changed',
      { from_stage: 5 },
      'trigger_config.from_stage',
      'unknown_stage',
    ],
  ])('%s', (_, trigger, config, path, code) => {
    const { faults, definition } = check([task], trigger, config);
    expect(faults).toEqual([{ path, code, message: expect.stringMatching(/\.$/) }]);
    expect(definition).toBeNull();
  });

  test('every fault is told at once', () => {
    const { faults } = check(
      [{ type: 'fly' }, { ...task, when: 1 }, ...taskWith({ due_date: 'x', priority: 'x' })],
      'deal_stage_changed',
      { to_stage: 'x', y: 1 },
    );
    expect(faults.map((fault) => fault.path)).toEqual([
      'trigger_config.to_stage',
      'trigger_config.y',
      'actions[0].type',
      'actions[1].when',
      'actions[2].config.due_date',
      'actions[2].config.priority',
    ]);
  });
});

describe('gaps, which a draft may have', () => {
  test.each<[string, unknown, string, string]>([
    ['no steps', [], 'actions', 'no_steps'],
    ['no config', [{ type: 'create_task' }], 'actions[0].config.title', 'required'],
    ['a blank title', taskWith({ title: '  ' }), 'actions[0].config.title', 'required'],
    ['a title of null', taskWith({ title: null }), 'actions[0].config.title', 'required'],
    [
      'no message',
      [{ type: 'send_notification', config: { title: 'T' } }],
      'actions[0].config.message',
      'required',
    ],
    [
      'no value',
      [{ type: 'update_field', config: { object: 'deal', field: 'title' } }],
      'actions[0].config.value',
      'required',
    ],
    [
      'no field',
      [{ type: 'update_field', config: { object: 'deal', value: 'x' } }],
      'actions[0].config.field',
      'required',
    ],
  ])('%s', (_, actions, path, code) => {
    const { faults, gaps, definition } = check(actions);
    expect(faults).toEqual([]);
    expect(gaps).toEqual([{ path, code, message: expect.stringMatching(/\.$/) }]);
    expect(definition).toBeNull();
  });
});

describe('messages', () => {
  const messageOf = (actions: unknown) => check(actions).faults[0]?.message;

  test('a near variable is suggested', () => {
    expect(messageOf(taskWith({ title: '{{deal_titel}}' }))).toBe(
      'Unknown variable "deal_titel". Did you mean "deal_title"?',
    );
    expect(messageOf(taskWith({ title: '{{contact.mail}}' }))).toContain('"contact.email"');
    expect(messageOf(taskWith({ title: '{{deal}}' }))).toBe(
      '"deal" is a whole record. Choose one of its fields, such as {{deal.id}}.',
    );
  });

  test('choices are listed', () => {
    expect(messageOf([{ type: 'fly' }])).toBe(
      `Unknown action "fly". Use one of: ${[...actionTypes, ...controlTypes].join(', ')}.`,
    );
    expect(
      checkDefinition({ trigger_type: 'x', trigger_config: null, actions: [task] }, knowledge)
        .faults[0]?.message,
    ).toBe(`Unknown trigger "x". Use one of: ${triggerTypes.join(', ')}.`);
    expect(messageOf(dealWith({ stage: 'signed' }))).toBe(
      'Unknown stage "signed". Use one of: qualification, proposal, negotiation, won, lost.',
    );
    expect(messageOf(update('task', 'title', 'x'))).toBe(
      'The trigger gives no task. Use one of: deal, contact, company.',
    );
    expect(messageOf(update('deal', 'colour', 'x'))).toMatch(/no field "colour".*title, value/);
    expect(messageOf(taskWith({ due_date: 'soon' }))).toMatch(/"soon" is no date.*\+3 days/);
  });
});

describe('a definition without faults', () => {
  test.each<[string, unknown]>([
    ['dates', taskWith({ due_date: '+2 business days' })],
    ['a day', taskWith({ due_date: '2026-12-31' })],
    ['a date by template', taskWith({ due_date: '+{{deal.value}} days' })],
    ['money as number', dealWith({ value: 5000.01 })],
    ['money as text', dealWith({ value: '5000.01' })],
    ['money by template', dealWith({ value: '{{deal.value}}' })],
    ['a currency', dealWith({ currency: 'JPY', stage: 'won' })],
    ['text to clear with', update('deal', 'description', '')],
    ['null to clear with', update('deal', 'description', null)],
    ['a number', update('deal', 'value', '100')],
    ['a relative day', update('deal', 'expected_close_date', '+1 month')],
    ['a linked record', update('company', 'name', '{{contact.name}}')],
    ['filters', taskWith({ title: '{{ deal_title | upcase | truncate: 20 }}' })],
    [
      'conditions and loops',
      taskWith({
        description: '{% for i in (1..3) %}{% if deal.value > i %}{{ i }}{% endif %}{% endfor %}',
      }),
    ],
    ['keys left empty', taskWith({ description: '', due_date: null })],
    ['500 steps', Array.from({ length: 500 }, () => task)],
  ])('%s', (_, actions) => {
    const { faults, gaps, definition } = check(actions);
    expect([...faults, ...gaps]).toEqual([]);
    expect(definition).not.toBeNull();
  });

  test('what a step before it made is there', () => {
    const { faults } = check([
      { type: 'create_deal', id: 'copy', config: { title: 'X' } },
      { type: 'update_field', config: { object: 'deal', field: 'description', value: 'x' } },
      {
        type: 'send_notification',
        config: { title: '{{steps.copy.deal.title}}', message: '{{steps.step_2.old}}' },
      },
    ]);
    expect(faults).toEqual([]);
  });

  test('ids are filled in around those that are given', () => {
    const { definition } = check([
      task,
      { ...task, id: 'mine' },
      { ...task, id: 'step_3' },
      task,
      { ...task, id: null },
    ]);
    const ids = definition?.actions.map((step) => step.id);
    expect(ids?.[0]).toBe('step_1');
    expect(ids?.slice(1, 3)).toEqual(['mine', 'step_3']);
    expect(new Set(ids).size).toBe(5);
    expect(ids?.every((id) => /^[A-Za-z_]\w*$/.test(id))).toBe(true);
  });

  test('what is left out gets its default', () => {
    const { definition } = check(
      [
        { ...task, name: 'First', enabled: false, on_error: 'continue' },
        { ...task, name: null, enabled: null, on_error: null },
      ],
      'deal_stage_changed',
      { to_stage: 'won', from_stage: '' },
    );
    expect(definition).toEqual({
      trigger_type: 'deal_stage_changed',
      trigger_config: { to_stage: 'won' },
      conditions: null,
      settings: { re_entry: 'after_exit', priority: 0, time_zone: null },
      actions: [
        {
          id: 'step_1',
          type: 'create_task',
          name: 'First',
          config: { title: 'Call' },
          enabled: false,
          on_error: 'continue',
          on_error_steps: [],
        },
        {
          id: 'step_2',
          type: 'create_task',
          config: { title: 'Call' },
          enabled: true,
          on_error: 'stop',
          on_error_steps: [],
        },
      ],
    });
  });

  test('a trigger needs no config, unless a time is part of what it is', () => {
    const timed = new Set<string>(['date_reached', 'schedule']);
    for (const trigger of triggerTypes.filter((type) => !timed.has(type)))
      for (const config of [null, undefined, {}])
        expect(check([task], trigger, config).definition).not.toBeNull();
  });
});
