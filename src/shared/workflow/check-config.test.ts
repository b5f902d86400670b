import { expect, test } from 'vitest';
import { checkDefinition } from './check-definition.ts';

const knowledge = { stages: ['qualification', 'proposal', 'negotiation', 'won', 'lost'] };

const task = { type: 'create_task', config: { title: 'Call' } };

/** A step whose config holds one value beside what its type requires. */
const taskWith = (config: object) => [
  { type: 'create_task', config: { title: 'Call', ...config } },
];
const dealWith = (config: object) => [{ type: 'create_deal', config: { title: 'New', ...config } }];
const notifyWith = (config: object) => [
  { type: 'send_notification', config: { title: 'T', message: 'M', ...config } },
];
const update = (object: unknown, field: unknown, value: unknown) => [
  { type: 'update_field', config: { object, field, value } },
];

test.each<[string, unknown, string, string]>([
  ['an unknown config key', taskWith({ colour: 1 }), 'actions[0].config.colour', 'unknown_key'],
  ['text that is a number', taskWith({ title: 5 }), 'actions[0].config.title', 'wrong_type'],
  [
    'text that is an object',
    taskWith({ description: {} }),
    'actions[0].config.description',
    'wrong_type',
  ],
  ['no date', taskWith({ due_date: 'soon' }), 'actions[0].config.due_date', 'bad_relative_date'],
  [
    'a date without sign',
    taskWith({ due_date: '3 days' }),
    'actions[0].config.due_date',
    'bad_relative_date',
  ],
  [
    'a wrong choice',
    taskWith({ activity_type: 'fax' }),
    'actions[0].config.activity_type',
    'wrong_choice',
  ],
  [
    'a wrong priority',
    taskWith({ priority: 'urgent' }),
    'actions[0].config.priority',
    'wrong_choice',
  ],
  [
    'a variable in a choice',
    taskWith({ priority: '{{deal_title}}' }),
    'actions[0].config.priority',
    'template_not_allowed',
  ],
  ['a wrong urgency', notifyWith({ urgency: 'high' }), 'actions[0].config.urgency', 'wrong_choice'],
  ['money that is text', dealWith({ value: 'much' }), 'actions[0].config.value', 'wrong_type'],
  ['money that is true', dealWith({ value: true }), 'actions[0].config.value', 'wrong_type'],
  ['money below 0', dealWith({ value: -1 }), 'actions[0].config.value', 'out_of_range'],
  [
    'an unknown currency',
    dealWith({ currency: 'EURO' }),
    'actions[0].config.currency',
    'unknown_currency',
  ],
  ['an unknown stage', dealWith({ stage: 'signed' }), 'actions[0].config.stage', 'unknown_stage'],
  [
    'an unknown object',
    update('invoice', 'title', 'x'),
    'actions[0].config.object',
    'unknown_object',
  ],
  [
    'an inherited object',
    update('constructor', 'title', 'x'),
    'actions[0].config.object',
    'unknown_object',
  ],
  [
    'an object the trigger lacks',
    update('task', 'title', 'x'),
    'actions[0].config.object',
    'object_not_supplied',
  ],
  ['an unknown field', update('deal', 'colour', 'x'), 'actions[0].config.field', 'unknown_field'],
  [
    'an inherited field',
    update('deal', 'constructor', 'x'),
    'actions[0].config.field',
    'unknown_field',
  ],
  [
    'a read-only field',
    update('deal', 'status', 'won'),
    'actions[0].config.field',
    'read_only_field',
  ],
  [
    'a read-only field, by template',
    update('deal', 'id', '{{deal_id}}'),
    'actions[0].config.field',
    'read_only_field',
  ],
  [
    'an unknown field, by template',
    update('deal', 'x', '{{deal_id}}'),
    'actions[0].config.field',
    'unknown_field',
  ],
  [
    'a stage that is unknown',
    update('deal', 'stage', 'signed'),
    'actions[0].config.value',
    'unknown_stage',
  ],
  [
    'a value of the wrong type',
    update('deal', 'value', 'much'),
    'actions[0].config.value',
    'wrong_type',
  ],
  [
    'a text that is a number',
    update('deal', 'description', 5),
    'actions[0].config.value',
    'wrong_type',
  ],
  ['no email', update('contact', 'email', 'anna'), 'actions[0].config.value', 'wrong_type'],
  [
    'no day',
    update('deal', 'expected_close_date', 'soon'),
    'actions[0].config.value',
    'wrong_type',
  ],
  ['an empty title', update('deal', 'title', ''), 'actions[0].config.value', 'required'],
  ['a title of null', update('deal', 'title', null), 'actions[0].config.value', 'required'],
  [
    'an unknown variable',
    taskWith({ title: '{{deal_titel}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'a field of nothing',
    taskWith({ title: '{{deal.name}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'a variable of another trigger',
    taskWith({ title: '{{old_stage}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'a record the trigger lacks',
    taskWith({ title: '{{task.title}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'something inside a value',
    taskWith({ title: '{{deal_title.size}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'a whole record',
    taskWith({ title: '{{deal}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'something inherited',
    taskWith({ title: '{{constructor}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'something inherited by a record',
    taskWith({ title: '{{deal.__proto__}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'a step to come',
    [{ ...task, config: { title: '{{steps.step_2.task.title}}' } }, task],
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'the step itself',
    taskWith({ title: '{{steps.step_1.task.title}}' }),
    'actions[0].config.title',
    'unknown_variable',
  ],
  [
    'an output there is not',
    [task, { ...task, config: { title: '{{steps.step_1.deal.title}}' } }],
    'actions[1].config.title',
    'unknown_variable',
  ],
  [
    'an open brace',
    taskWith({ title: '{{deal_title' }),
    'actions[0].config.title',
    'template_syntax',
  ],
  [
    'an unknown filter',
    taskWith({ title: '{{deal_title | shout}}' }),
    'actions[0].config.title',
    'unknown_filter',
  ],
  [
    'a file',
    taskWith({ title: '{% include "x" %}' }),
    'actions[0].config.title',
    'template_syntax',
  ],
])('a config with %s', (_, actions, path, code) => {
  const raw = { trigger_type: 'deal_created', trigger_config: {}, actions };
  const { faults, definition } = checkDefinition(raw, knowledge);
  expect(faults).toEqual([{ path, code, message: expect.stringMatching(/[.?]$/) }]);
  expect(definition).toBeNull();
});
