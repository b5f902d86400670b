import type { BadRequest } from './bad-request.ts';
import { type Fault, legalWorkflow, postWorkflow } from './config-rows.ts';

function patch(fault: Fault, body: object): BadRequest {
  const refusal = { status: 422, code: 'validation_failed' };
  return { ...fault, ...refusal, method: 'PATCH', path: '/api/workflows/$active', body };
}

/** Keys that records have and workflows have not: refused on both ways in. */
const keysOfRecords = (['tags'] as const).flatMap((key) => {
  const says = [key, 'Leave it out'];
  return [
    postWorkflow({ name: `${key} of a new workflow`, field: key, says }, { [key]: [] }),
    patch({ name: `${key} of a known workflow`, field: key, says }, { [key]: [] }),
  ];
});

const conditions = (rule: object) => ({
  conditions: { combinator: 'and', rules: [rule] },
});

const settingRows: BadRequest[] = [
  postWorkflow(
    { name: 'settings that are a list', field: 'settings', says: ['must be an object'] },
    { settings: [] },
  ),
  patch(
    { name: 'an unknown setting', field: 'settings.retry', says: ['retry', 're_entry', 'goal'] },
    { settings: { retry: 3 } },
  ),
  patch(
    {
      name: 'an unknown way with what was missed',
      field: 'settings.missed',
      says: ['run, skip, ask'],
    },
    { settings: { missed: 'later' } },
  ),
  postWorkflow(
    { name: 'a lateness that goes back', field: 'settings.max_lateness', says: ['+2 hours'] },
    { settings: { max_lateness: '-2 hours' } },
  ),
  postWorkflow(
    { name: 'a lateness with skip', field: 'settings.max_lateness', says: ['run or ask'] },
    { settings: { missed: 'skip', max_lateness: '+2 hours' } },
  ),
  patch(
    { name: 'a goal that is text', field: 'settings.goal', says: ['Conditions must be an object'] },
    { settings: { goal: 'won' } },
  ),
  postWorkflow(
    {
      name: 'an exit by an unknown field',
      field: 'settings.exit_when.rules[0].field',
      says: ['deal.colour'],
    },
    {
      settings: {
        exit_when: conditions({ field: 'deal.colour', operator: '=', value: 'x' }).conditions,
      },
    },
  ),
  postWorkflow(
    { name: 'an unknown re-entry', field: 'settings.re_entry', says: ['after_exit'] },
    { settings: { re_entry: 'twice' } },
  ),
  patch(
    { name: 'a priority that is text', field: 'settings.priority', says: ['whole number'] },
    { settings: { priority: 'high' } },
  ),
  postWorkflow(
    { name: 'a zone that is none', field: 'settings.time_zone', says: ['Europe/Berlin'] },
    { settings: { time_zone: 'Mars/Base' } },
  ),
];

function post(fault: Fault, path: string, body: object): BadRequest {
  const refusal = { status: 422, code: 'validation_failed' };
  return { ...fault, ...refusal, method: 'POST', path: `/api/workflows/${path}`, body };
}

/** Taking in records that match already, and deciding about what was missed. */
const recordsRows: BadRequest[] = [
  post(
    { name: 'an unknown choice of records', field: 'records', says: ['none, all, pick'] },
    '$active/enrol',
    { records: 'some' },
  ),
  post(
    { name: 'records for triggers that are about none', field: 'object', says: ['no records'] },
    '$active/enrol',
    { records: 'all' },
  ),
  {
    name: 'records for a workflow that is paused',
    method: 'POST',
    path: '/api/workflows/$paused/enrol',
    body: { records: 'all' },
    status: 409,
    code: 'conflict',
    field: 'status',
    says: ['Set its status to active'],
  },
  post(
    { name: 'an unknown decision', field: 'decision', says: ['run, skip'] },
    '$active/decide_missed',
    { decision: 'maybe' },
  ),
  {
    name: 'a decision about nothing',
    method: 'POST',
    path: '/api/workflows/$active/decide_missed',
    body: { decision: 'run' },
    status: 404,
    code: 'not_found',
    says: ['missed'],
  },
];

const conditionRows: BadRequest[] = [
  postWorkflow(
    { name: 'conditions that are a list', field: 'conditions', says: ['must be an object'] },
    { conditions: [] },
  ),
  postWorkflow(
    {
      name: 'conditions without rules',
      field: 'conditions',
      says: ['Conditions must be an object', '"combinator"'],
    },
    { conditions: {} },
  ),
  patch(
    {
      name: 'an unknown field in conditions',
      field: 'conditions.rules[0].field',
      says: ['deal.vlaue', 'Did you mean "deal.value"'],
    },
    {
      trigger_type: 'deal_created',
      ...conditions({ field: 'deal.vlaue', operator: '>', value: 5000 }),
    },
  ),
  postWorkflow(
    {
      name: 'a condition on a record the trigger does not give',
      field: 'conditions.rules[0].field',
      says: ['gives no task'],
    },
    conditions({ field: 'task.title', operator: '=', value: 'x' }),
  ),
  postWorkflow(
    {
      name: 'an unknown operator',
      field: 'conditions.rules[0].operator',
      says: ['"equals"', 'Use one of'],
    },
    conditions({ field: 'deal.title', operator: 'equals', value: 'x' }),
  ),
  postWorkflow(
    {
      name: 'a condition that compares a number with words',
      field: 'conditions.rules[0].value',
      says: ['must be a number such as 5000'],
    },
    conditions({ field: 'deal.value', operator: '>', value: 'much' }),
  ),
  postWorkflow(
    {
      name: 'a condition without a value',
      field: 'conditions.rules[0].value',
      says: ['Fill in'],
    },
    conditions({ field: 'deal.value', operator: '>' }),
  ),
];

const workflowKeys: BadRequest[] = [
  ...keysOfRecords,
  ...conditionRows,
  ...settingRows,
  ...recordsRows,
  postWorkflow(
    { name: 'a name that is missing', field: 'name', says: ['name', 'Give it a value'] },
    { name: undefined },
  ),
  postWorkflow(
    { name: 'an empty name', field: 'name', says: ['name must not be empty'] },
    { name: '  ' },
  ),
  postWorkflow(
    { name: 'an unknown status', field: 'status', says: ['status', 'draft, active, paused'] },
    { status: 'on' },
  ),
  patch(
    {
      name: 'a status that is no text',
      field: 'status',
      says: ['status', 'draft, active, paused'],
    },
    { status: true },
  ),
  postWorkflow(
    { name: 'a missing trigger', field: 'trigger_type', says: ['trigger_type', 'Give it a value'] },
    { trigger_type: undefined },
  ),
  postWorkflow(
    { name: 'an unknown trigger', field: 'trigger_type', says: ['deal_eaten', 'deal_created'] },
    { trigger_type: 'deal_eaten' },
  ),
  postWorkflow(
    {
      name: 'a trigger that does not exist',
      field: 'trigger_type',
      says: ['invoice_paid', 'Use one of'],
    },
    { trigger_type: 'invoice_paid' },
  ),
  postWorkflow(
    {
      name: 'a schedule without its time',
      field: 'trigger_config.cron',
      says: ['cron', 'Fill in'],
    },
    { trigger_type: 'schedule', status: 'active' },
  ),
  postWorkflow(
    {
      name: 'a schedule of each second',
      field: 'trigger_config.cron',
      says: ['no schedule', '0 9 * * 1'],
    },
    { trigger_type: 'schedule', trigger_config: { cron: '* * * * * *' } },
  ),
  postWorkflow(
    { name: 'a schedule that never comes', field: 'trigger_config.cron', says: ['no such day'] },
    { trigger_type: 'schedule', trigger_config: { cron: '0 9 31 2 *' } },
  ),
  postWorkflow(
    { name: 'a schedule in no zone', field: 'trigger_config.time_zone', says: ['Europe/Berlin'] },
    { trigger_type: 'schedule', trigger_config: { cron: '0 9 * * 1', time_zone: 'Mars/Base' } },
  ),
  patch(
    {
      name: 'a date that is none',
      field: 'trigger_config.field',
      says: ['deal.expected_close_date'],
    },
    { trigger_type: 'date_reached', trigger_config: { field: 'deal.title' } },
  ),
  postWorkflow(
    { name: 'an offset that is no span', field: 'trigger_config.offset', says: ['-7 days'] },
    { trigger_type: 'date_reached', trigger_config: { field: 'deal.created_at', offset: 'soon' } },
  ),
  postWorkflow(
    { name: 'a time of day that is none', field: 'trigger_config.at', says: ['09:00'] },
    { trigger_type: 'date_reached', trigger_config: { field: 'deal.created_at', at: '25:00' } },
  ),
  postWorkflow(
    { name: 'a setting for overdue tasks', field: 'trigger_config.field', says: ['no settings'] },
    { trigger_type: 'task_overdue', trigger_config: { field: 'task.due_at' } },
  ),
  patch(
    { name: 'no triggers at all', field: 'triggers', says: ['at least one trigger'] },
    { triggers: [] },
  ),
  patch(
    { name: 'triggers that are text', field: 'triggers', says: ['must be a list'] },
    { triggers: 'deal_created' },
  ),
  patch(
    { name: 'a trigger that is text', field: 'triggers[0]', says: ['"type"'] },
    { triggers: ['deal_created'] },
  ),
  patch(
    {
      name: 'a second trigger nobody knows',
      field: 'triggers[1].type',
      says: ['deal_eaten', 'Use one of'],
    },
    { triggers: [{ type: 'manual' }, { type: 'deal_eaten' }] },
  ),
  patch(
    { name: 'an unknown key in a trigger', field: 'triggers[1].when', says: ['type, config'] },
    { triggers: [{ type: 'manual' }, { type: 'deal_created', when: 1 }] },
  ),
  postWorkflow(
    { name: 'two first triggers', field: 'trigger_type', says: ['Leave one of them out'] },
    { trigger_type: 'deal_created', triggers: [{ type: 'manual' }] },
  ),
  patch(
    { name: 'an unknown trigger of a known workflow', field: 'trigger_type', says: ['Use one of'] },
    { trigger_type: 'x' },
  ),
  postWorkflow(
    {
      name: 'a trigger_config that is a list',
      field: 'trigger_config',
      says: ['trigger_config must be an object'],
    },
    { trigger_config: [] },
  ),
  postWorkflow(
    {
      name: 'an unknown key in trigger_config',
      field: 'trigger_config.fields',
      says: ['fields', 'trigger_config'],
    },
    { trigger_config: { fields: ['value'] } },
  ),
  patch(
    {
      name: 'an unknown key in trigger_config of a known workflow',
      field: 'trigger_config.stage',
      says: ['stage', 'from_stage, to_stage'],
    },
    { trigger_type: 'deal_stage_changed', trigger_config: { stage: 'won' } },
  ),
  postWorkflow(
    {
      name: 'a stage for a trigger that has none',
      field: 'trigger_config.to_stage',
      says: ['to_stage', 'no settings'],
    },
    { trigger_config: { to_stage: 'won' } },
  ),
  postWorkflow(
    {
      name: 'an unknown stage in trigger_config',
      field: 'trigger_config.to_stage',
      says: ['wonn', 'qualification, proposal'],
    },
    { trigger_type: 'deal_stage_changed', trigger_config: { to_stage: 'wonn' } },
  ),
  postWorkflow(
    { name: 'an unknown owner', field: 'owner_id', says: ['owner_id', 'no user'] },
    { owner_id: 'nobody' },
  ),
  patch(
    {
      name: 'a read-only key',
      field: 'execution_count',
      says: ['execution_count', 'Leave it out'],
    },
    { execution_count: 9 },
  ),
  patch({ name: 'an id in the body', field: 'id', says: ['id'] }, { id: 'another', name: 'Moved' }),
];

const steps: BadRequest[] = [
  postWorkflow(
    { name: 'actions that are no list', field: 'actions', says: ['actions must be a list'] },
    { actions: {} },
  ),
  postWorkflow(
    { name: 'an active workflow without steps', field: 'actions', says: ['at least one step'] },
    { actions: [] },
  ),
  patch(
    {
      name: 'taking all steps of an active workflow',
      field: 'actions',
      says: ['at least one step'],
    },
    { actions: [] },
  ),
  postWorkflow(
    { name: 'a step that is no object', field: 'actions[0]', says: ['must be an object'] },
    { actions: ['create_task'] },
  ),
  postWorkflow(
    {
      name: 'an unknown action',
      field: 'actions[1].type',
      says: ['make_coffee', 'create_task, update_field'],
    },
    { actions: [...legalWorkflow.actions, { type: 'make_coffee', config: {} }] },
  ),
  patch(
    {
      name: 'a mail to what is no address',
      field: 'actions[0].config.to',
      says: ['no email address'],
    },
    { actions: [{ type: 'send_email', config: { to: 'nobody', subject: 'a', body: 'b' } }] },
  ),
  patch(
    {
      name: 'a web address that is none',
      field: 'actions[0].config.url',
      says: ['no web address'],
    },
    { actions: [{ type: 'webhook', config: { url: 'file:///etc/passwd' } }] },
  ),
  postWorkflow(
    { name: 'a step without a type', field: 'actions[0].type', says: ['no type', 'Use one of'] },
    { actions: [{ config: {} }] },
  ),
  postWorkflow(
    {
      name: 'an unknown key of a step',
      field: 'actions[0].delay',
      says: ['delay', 'Use: id, type'],
    },
    { actions: [{ ...legalWorkflow.actions[0], delay: 5 }] },
  ),
  postWorkflow(
    {
      name: 'a way to take errors that is not known',
      field: 'actions[0].on_error',
      says: ['on_error', 'stop, continue, branch'],
    },
    { actions: [{ ...legalWorkflow.actions[0], on_error: 'retry' }] },
  ),
  postWorkflow(
    {
      name: 'enabled that is no truth value',
      field: 'actions[0].enabled',
      says: ['enabled must be true or false'],
    },
    { actions: [{ ...legalWorkflow.actions[0], enabled: 'yes' }] },
  ),
  postWorkflow(
    { name: 'an id that is no word', field: 'actions[0].id', says: ['id must be a word'] },
    { actions: [{ ...legalWorkflow.actions[0], id: 'first call' }] },
  ),
  postWorkflow(
    { name: 'the same id twice', field: 'actions[1].id', says: ['used by an earlier step'] },
    { actions: [1, 2].map(() => ({ ...legalWorkflow.actions[0], id: 'a' })) },
  ),
  postWorkflow(
    {
      name: 'a config that is no object',
      field: 'actions[0].config',
      says: ['config must be an object'],
    },
    { actions: [{ type: 'create_task', config: 'Call' }] },
  ),
];

const execute: BadRequest[] = [
  {
    name: 'starting a draft',
    path: '/api/workflows/$draft/execute',
    status: 409,
    code: 'conflict',
    field: 'status',
    says: ['draft', 'Set its status to active'],
  },
  {
    name: 'starting a paused workflow',
    path: '/api/workflows/$paused/execute',
    status: 409,
    code: 'conflict',
    field: 'status',
    says: ['paused', 'Set its status to active'],
  },
  {
    name: 'starting a workflow in the bin',
    path: '/api/workflows/$removed/execute',
    status: 404,
    code: 'not_found',
    says: ['no workflow'],
  },
  {
    name: 'starting on two records',
    path: '/api/workflows/$active/execute',
    body: { deal_id: '$deal', contact_id: '$contact' },
    status: 422,
    code: 'validation_failed',
    field: 'deal_id',
    says: ['one record', 'contact_id, deal_id'],
  },
  {
    name: 'starting on an unknown record',
    path: '/api/workflows/$active/execute',
    body: { deal_id: '$contact' },
    status: 422,
    code: 'validation_failed',
    field: 'deal_id',
    says: ['deal_id', 'no deal'],
  },
  {
    name: 'starting on an unknown kind of record',
    path: '/api/workflows/$active/execute',
    body: { invoice_id: '1' },
    status: 422,
    code: 'validation_failed',
    field: 'invoice_id',
    says: ['invoice_id', 'Leave it out'],
  },
  {
    name: 'starting on a number',
    path: '/api/workflows/$active/execute',
    body: { deal_id: 5 },
    status: 422,
    code: 'validation_failed',
    field: 'deal_id',
    says: ['deal_id must be text'],
  },
  {
    name: 'starting with a list',
    path: '/api/workflows/$active/execute',
    body: [],
    status: 422,
    code: 'validation_failed',
    says: ['JSON object'],
  },
].map((row) => ({ method: 'POST', ...row }));

export const workflowRows: readonly BadRequest[] = [...workflowKeys, ...steps, ...execute];
