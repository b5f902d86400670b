import type { BadRequest } from './bad-request.ts';

/** What is wrong, and what the answer must say of it. */
export interface Fault {
  readonly name: string;
  readonly field: string;
  readonly says: readonly string[];
}

export const legalWorkflow = {
  name: 'Refused',
  status: 'active',
  trigger_type: 'deal_created',
  actions: [{ type: 'create_task', config: { title: 'Call' } }],
};

export function postWorkflow(fault: Fault, change: object): BadRequest {
  const body = { ...legalWorkflow, ...change };
  const refusal = { status: 422, code: 'validation_failed' };
  return { ...fault, ...refusal, method: 'POST', path: '/api/workflows', body };
}

/** The one step of a new workflow has this config. */
function config(type: string, fault: Fault, stepConfig: object, change: object = {}): BadRequest {
  return postWorkflow(fault, { actions: [{ type, config: stepConfig }], ...change });
}

const at = (key: string): string => `actions[0].config.${key}`;

/** Steps whose config is wrong. */
export const configRows: readonly BadRequest[] = [
  config(
    'create_task',
    { name: 'an unknown key in a config', field: at('due'), says: ['due', 'due_date'] },
    { title: 'Call', due: '+3 days' },
  ),
  config('create_task', { name: 'a missing title', field: at('title'), says: ['title'] }, {}),
  config(
    'create_task',
    { name: 'a title that is a number', field: at('title'), says: ['title must be text'] },
    { title: 5 },
  ),
  config(
    'create_task',
    { name: 'a bad relative date', field: at('due_date'), says: ['3 days', '+3 days'] },
    { title: 'Call', due_date: '3 days' },
  ),
  config(
    'create_task',
    {
      name: 'a relative date in fortnights',
      field: at('due_date'),
      says: ['fortnight', '+1 week'],
    },
    { title: 'Call', due_date: '+1 fortnight' },
  ),
  config(
    'create_task',
    {
      name: 'a day that does not exist',
      field: at('due_date'),
      says: ['2026-02-30', '2026-12-31'],
    },
    { title: 'Call', due_date: '2026-02-30' },
  ),
  config(
    'create_task',
    {
      name: 'an unknown type of activity',
      field: at('activity_type'),
      says: ['activity_type must be one of', 'call'],
    },
    { title: 'Call', activity_type: 'fax' },
  ),
  config(
    'create_task',
    {
      name: 'a variable where a choice is due',
      field: at('activity_type'),
      says: ['activity_type', 'fixed value'],
    },
    { title: 'Call', activity_type: '{{deal_title}}' },
  ),
  config(
    'create_task',
    {
      name: 'an unknown variable',
      field: at('title'),
      says: ['deal_titel', 'Did you mean "deal_title"'],
    },
    { title: '{{deal_titel}}' },
  ),
  config(
    'create_task',
    { name: 'a variable of another trigger', field: at('title'), says: ['old_stage'] },
    { title: '{{old_stage}}' },
  ),
  config(
    'create_task',
    { name: 'an unknown field of a record', field: at('description'), says: ['deal.colour'] },
    { title: 'Call', description: '{{deal.colour}}' },
  ),
  config(
    'create_task',
    { name: 'a whole record as text', field: at('title'), says: ['whole record', '{{deal.id}}'] },
    { title: '{{deal}}' },
  ),
  config(
    'create_task',
    { name: 'the output of a later step', field: at('title'), says: ['steps.step_2'] },
    { title: '{{steps.step_2.task.title}}' },
  ),
  config(
    'create_task',
    { name: 'an unknown filter', field: at('title'), says: ['shout', 'upcase'] },
    { title: '{{deal_title | shout}}' },
  ),
  config(
    'create_task',
    { name: 'an unfinished variable', field: at('title'), says: ['{{deal_title}}'] },
    { title: '{{deal_title' },
  ),
  config(
    'create_task',
    { name: 'an unknown tag of the template', field: at('title'), says: ['cannot be read'] },
    { title: '{% fetch deal %}' },
  ),
  config(
    'create_deal',
    {
      name: 'an unknown stage',
      field: at('stage'),
      says: ['qualificaton', 'qualification, proposal'],
    },
    { title: 'Deal', stage: 'qualificaton' },
  ),
  config(
    'create_deal',
    {
      name: 'a value that is no number',
      field: at('value'),
      says: ['value must be a number', '5000'],
    },
    { title: 'Deal', value: 'a lot' },
  ),
  config(
    'create_deal',
    { name: 'a negative value', field: at('value'), says: ['value must be 0 or more'] },
    { title: 'Deal', value: -1 },
  ),
  config(
    'create_deal',
    { name: 'an unknown currency', field: at('currency'), says: ['EURO', 'ISO 4217'] },
    { title: 'Deal', currency: 'EURO' },
  ),
  config(
    'send_notification',
    { name: 'a notification without a message', field: at('message'), says: ['message'] },
    { title: 'Hello' },
  ),
  config(
    'send_notification',
    { name: 'an unknown urgency', field: at('urgency'), says: ['low, normal, critical'] },
    { title: 'Hello', message: 'You', urgency: 'now' },
  ),
  config(
    'update_field',
    { name: 'an unknown object', field: at('object'), says: ['invoice', 'deal, contact'] },
    { object: 'invoice', field: 'title', value: 'x' },
  ),
  config(
    'update_field',
    {
      name: 'an object the trigger does not give',
      field: at('object'),
      says: ['no deal', 'contact, company'],
    },
    { object: 'deal', field: 'title', value: 'x' },
    { trigger_type: 'contact_created' },
  ),
  config(
    'update_field',
    { name: 'an unknown field', field: at('field'), says: ['colour', 'Use one of', 'description'] },
    { object: 'deal', field: 'colour', value: 'red' },
  ),
  config(
    'update_field',
    { name: 'a read-only field', field: at('field'), says: ['created_at', 'cannot be written'] },
    { object: 'deal', field: 'created_at', value: '2026-01-01' },
  ),
  config(
    'update_field',
    { name: 'a computed field', field: at('field'), says: ['status', 'cannot be written'] },
    { object: 'deal', field: 'status', value: 'won' },
  ),
  config(
    'update_field',
    { name: 'text for a number', field: at('value'), says: ['value must be a number'] },
    { object: 'deal', field: 'value', value: 'a lot' },
  ),
  config(
    'update_field',
    { name: 'an unknown stage for a field', field: at('value'), says: ['wonn', 'won'] },
    { object: 'deal', field: 'stage', value: 'wonn' },
  ),
  config(
    'update_field',
    { name: 'a bad address', field: at('value'), says: ['email', 'anna@example.com'] },
    { object: 'contact', field: 'email', value: 'anna' },
  ),
  config(
    'update_field',
    {
      name: 'a bad date for a field',
      field: at('value'),
      says: ['expected_close_date', '2026-12-31'],
    },
    { object: 'deal', field: 'expected_close_date', value: 'soon' },
  ),
  config(
    'update_field',
    { name: 'emptying a required field', field: at('value'), says: ['title cannot be empty'] },
    { object: 'deal', field: 'title', value: null },
  ),
  config(
    'update_field',
    { name: 'a missing value', field: at('value'), says: ['value'] },
    { object: 'deal', field: 'title' },
  ),
];
