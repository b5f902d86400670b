import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The tables as queries see them. The migrations make them; a test compares the two, column by column.
 */
const seq = integer('seq').primaryKey();
const id = text('id').notNull().unique();
const createdAt = text('created_at').notNull();
const owner = text('owner_id').notNull();

const recordTimes = {
  created_at: createdAt,
  updated_at: text('updated_at').notNull(),
  deleted_at: text('deleted_at'),
};

export const users = sqliteTable('users', {
  seq,
  id,
  name: text('name').notNull(),
  email: text('email'),
  created_at: createdAt,
});

export const fileSettings = sqliteTable('file_settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

const custom = text('custom');

export const pipelines = sqliteTable('pipelines', {
  seq,
  id,
  name: text('name').notNull(),
  slug: text('slug').notNull().default(''),
  position: integer('position').notNull().default(0),
});

export const stages = sqliteTable('stages', {
  seq,
  id,
  pipeline_id: text('pipeline_id').notNull(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
  kind: text('kind').notNull(),
  probability: integer('probability').notNull().default(0),
});

export const contactLinks = sqliteTable('contact_links', {
  seq,
  id,
  contact_id: text('contact_id').notNull(),
  company_id: text('company_id'),
  deal_id: text('deal_id'),
  role: text('role'),
});

export const companies = sqliteTable('companies', {
  seq,
  id,
  name: text('name').notNull(),
  domain: text('domain'),
  phone: text('phone'),
  address: text('address'),
  owner_id: owner,
  ...recordTimes,
  custom,
});

export const contacts = sqliteTable('contacts', {
  seq,
  id,
  first_name: text('first_name').notNull(),
  last_name: text('last_name'),
  email: text('email'),
  phone: text('phone'),
  job_title: text('job_title'),
  company_id: text('company_id'),
  owner_id: owner,
  ...recordTimes,
  unsubscribed_at: text('unsubscribed_at'),
  custom,
});

export const deals = sqliteTable('deals', {
  seq,
  id,
  title: text('title').notNull(),
  value_minor: integer('value_minor'),
  currency: text('currency').notNull(),
  stage_id: text('stage_id').notNull(),
  contact_id: text('contact_id'),
  company_id: text('company_id'),
  description: text('description'),
  expected_close_date: text('expected_close_date'),
  owner_id: owner,
  ...recordTimes,
  custom,
  lost_reason: text('lost_reason'),
  closed_at: text('closed_at'),
});

export const activities = sqliteTable('activities', {
  seq,
  id,
  type: text('type').notNull(),
  title: text('title').notNull(),
  description: text('description'),
  priority: text('priority'),
  due_at: text('due_at'),
  completed_at: text('completed_at'),
  contact_id: text('contact_id'),
  deal_id: text('deal_id'),
  company_id: text('company_id'),
  owner_id: owner,
  ...recordTimes,
  custom,
  remind_at: text('remind_at'),
  reminded_for: text('reminded_for'),
});

export const events = sqliteTable('events', {
  seq,
  id,
  type: text('type').notNull(),
  object: text('object'),
  record_id: text('record_id'),
  data: text('data').notNull(),
  actor: text('actor').notNull(),
  chain: text('chain'),
  occurred_at: text('occurred_at').notNull(),
  dispatched_at: text('dispatched_at'),
  dispatch_error: text('dispatch_error'),
});

export const journal = sqliteTable('journal', {
  seq,
  object: text('object').notNull(),
  record_id: text('record_id').notNull(),
  operation: text('operation').notNull(),
  before: text('before'),
  after: text('after'),
  actor: text('actor').notNull(),
  at: text('at').notNull(),
  action_seq: integer('action_seq'),
});

export const userActions = sqliteTable('user_actions', {
  seq,
  id,
  kind: text('kind').notNull(),
  state: text('state').notNull(),
  at: text('at').notNull(),
});

export const workflows = sqliteTable('workflows', {
  seq,
  id,
  name: text('name').notNull(),
  description: text('description'),
  status: text('status').notNull(),
  trigger_type: text('trigger_type').notNull(),
  trigger_config: text('trigger_config'),
  actions: text('actions').notNull(),
  owner_id: owner,
  execution_count: integer('execution_count').notNull().default(0),
  last_executed_at: text('last_executed_at'),
  is_deleted: integer('is_deleted').notNull().default(0),
  parked_reason: text('parked_reason'),
  created_at: createdAt,
  updated_at: text('updated_at').notNull(),
  conditions: text('conditions'),
  settings: text('settings'),
  further_triggers: text('further_triggers'),
  pause_mode: text('pause_mode'),
  paused_at: text('paused_at'),
  paused_reason: text('paused_reason'),
  failures_in_row: integer('failures_in_row').notNull().default(0),
  unconfirmed_addresses: text('unconfirmed_addresses'),
});

export const workflowVersions = sqliteTable('workflow_versions', {
  seq,
  id,
  workflow_id: text('workflow_id').notNull(),
  number: integer('number').notNull(),
  definition: text('definition').notNull(),
  created_at: createdAt,
});

export const workflowExecutions = sqliteTable('workflow_executions', {
  seq,
  id,
  workflow_id: text('workflow_id').notNull(),
  version_id: text('version_id'),
  event_id: text('event_id').notNull(),
  object: text('object'),
  record_id: text('record_id'),
  status: text('status').notNull(),
  success_count: integer('success_count').notNull().default(0),
  failure_count: integer('failure_count').notNull().default(0),
  duration_seconds: real('duration_seconds'),
  started_at: text('started_at'),
  finished_at: text('finished_at'),
  error_message: text('error_message'),
  actions_executed: text('actions_executed'),
  created_at: createdAt,
  cursor: text('cursor'),
  end_reason: text('end_reason'),
  bypassed_conditions: integer('bypassed_conditions').notNull().default(0),
  restart_of: text('restart_of'),
  recoveries: integer('recoveries').notNull().default(0),
  dismissed_at: text('dismissed_at'),
  error_kind: text('error_kind'),
});

export const stepRecords = sqliteTable('step_records', {
  seq,
  execution_id: text('execution_id').notNull(),
  step_id: text('step_id').notNull(),
  type: text('type').notNull(),
  name: text('name'),
  status: text('status').notNull(),
  input: text('input').notNull(),
  output: text('output'),
  error: text('error'),
  warnings: text('warnings'),
  changes: text('changes'),
  error_kind: text('error_kind'),
});

export const notifications = sqliteTable('notifications', {
  seq,
  id,
  title: text('title').notNull(),
  message: text('message').notNull(),
  urgency: text('urgency').notNull(),
  object: text('object'),
  record_id: text('record_id'),
  workflow_id: text('workflow_id'),
  execution_id: text('execution_id'),
  created_at: createdAt,
  read_at: text('read_at'),
  shown_at: text('shown_at'),
  group_key: text('group_key'),
  count: integer('count').notNull().default(1),
  silenced_at: text('silenced_at'),
  snoozed_until: text('snoozed_until'),
  done_at: text('done_at'),
});

export const sessions = sqliteTable('sessions', {
  token_hash: text('token_hash').primaryKey(),
  created_at: createdAt,
});

export const executorLease = sqliteTable('executor_lease', {
  id: integer('id').primaryKey(),
  holder: text('holder').notNull(),
  acquired_at: text('acquired_at').notNull(),
  seen_at: text('seen_at'),
});

export const tags = sqliteTable('tags', {
  seq,
  id,
  name: text('name').notNull(),
  name_folded: text('name_folded').notNull().unique(),
  created_at: createdAt,
  color: text('color'),
});

export const recordTags = sqliteTable(
  'record_tags',
  {
    record_id: text('record_id').notNull(),
    tag_id: text('tag_id').notNull(),
    object: text('object').notNull(),
  },
  (table) => [primaryKey({ columns: [table.record_id, table.tag_id] })],
);

export const waits = sqliteTable('waits', {
  execution_id: text('execution_id').primaryKey(),
  step_id: text('step_id').notNull(),
  rule: text('rule').notNull(),
  due_at: text('due_at'),
  created_at: createdAt,
  missed_at: text('missed_at'),
  frozen_at: text('frozen_at'),
  frozen_due_at: text('frozen_due_at'),
});

export const waitRecords = sqliteTable(
  'wait_records',
  {
    record_id: text('record_id').notNull(),
    execution_id: text('execution_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.record_id, table.execution_id] })],
);

export const enrolmentRefusals = sqliteTable('enrolment_refusals', {
  seq,
  workflow_id: text('workflow_id').notNull(),
  event_id: text('event_id').notNull(),
  rule: text('rule').notNull(),
  seen: text('seen').notNull(),
  at: text('at').notNull(),
});

export const triggerWatches = sqliteTable(
  'trigger_watches',
  {
    workflow_id: text('workflow_id').notNull(),
    trigger_index: integer('trigger_index').notNull(),
    trigger_text: text('trigger_text').notNull(),
    checked_until: text('checked_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflow_id, table.trigger_index] })],
);

export const timedEvents = sqliteTable(
  'timed_events',
  {
    workflow_id: text('workflow_id').notNull(),
    trigger_index: integer('trigger_index').notNull(),
    record_id: text('record_id').notNull(),
    due_at: text('due_at').notNull(),
    type: text('type').notNull(),
    object: text('object'),
    outcome: text('outcome').notNull(),
    event_id: text('event_id'),
  },
  (table) => [
    primaryKey({
      columns: [table.workflow_id, table.trigger_index, table.record_id, table.due_at],
    }),
  ],
);

export const awayOutcomes = sqliteTable(
  'away_outcomes',
  {
    workflow_id: text('workflow_id').notNull(),
    outcome: text('outcome').notNull(),
    count: integer('count').notNull(),
    away_since: text('away_since').notNull(),
    away_until: text('away_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflow_id, table.outcome] })],
);

export const enrolments = sqliteTable('enrolments', {
  seq,
  id,
  workflow_id: text('workflow_id').notNull(),
  object: text('object').notNull(),
  record_ids: text('record_ids'),
  next_seq: integer('next_seq').notNull(),
  last_seq: integer('last_seq').notNull(),
  total: integer('total').notNull(),
  started: integer('started').notNull(),
  actor: text('actor').notNull(),
  created_at: createdAt,
  finished_at: text('finished_at'),
});

export const hookKeys = sqliteTable('hook_keys', {
  key: text('key').primaryKey(),
  workflow_id: text('workflow_id').notNull(),
  signing_secret: text('signing_secret').notNull(),
  created_at: createdAt,
  retired_at: text('retired_at'),
});

export const hookCalls = sqliteTable('hook_calls', {
  seq,
  id,
  workflow_id: text('workflow_id').notNull(),
  received_at: text('received_at').notNull(),
  status: integer('status').notNull(),
  reason: text('reason'),
  headers: text('headers').notNull(),
  body: text('body').notNull(),
  contact_id: text('contact_id'),
  event_id: text('event_id'),
});

export const hookReplays = sqliteTable(
  'hook_replays',
  {
    workflow_id: text('workflow_id').notNull(),
    idempotency_key: text('idempotency_key').notNull(),
    received_at: text('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflow_id, table.idempotency_key] })],
);

export const apiTokens = sqliteTable('api_tokens', {
  seq,
  id,
  name: text('name').notNull(),
  token_hash: text('token_hash').notNull().unique(),
  created_at: createdAt,
  last_used_at: text('last_used_at'),
  revoked_at: text('revoked_at'),
});
export {
  attachments,
  connections,
  deliveries,
  emailTemplates,
  mailAccounts,
} from './delivery-tables.ts';

export const notes = sqliteTable('notes', {
  seq,
  id,
  object: text('object').notNull(),
  record_id: text('record_id').notNull(),
  body: text('body').notNull(),
  text: text('text').notNull(),
  owner_id: owner,
  ...recordTimes,
});

export const views = sqliteTable('views', {
  seq,
  id,
  name: text('name').notNull(),
  object: text('object').notNull(),
  layout: text('layout').notNull(),
  conditions: text('conditions'),
  sort: text('sort'),
  columns: text('columns'),
  group_by: text('group_by'),
  is_pinned: integer('is_pinned').notNull().default(0),
  created_at: createdAt,
  updated_at: text('updated_at').notNull(),
});

export const customFields = sqliteTable('custom_fields', {
  seq,
  id,
  object: text('object').notNull(),
  name: text('name').notNull(),
  label: text('label').notNull(),
  type: text('type').notNull(),
  choices: text('choices'),
  links_to: text('links_to'),
  position: integer('position').notNull(),
  retired_at: text('retired_at'),
  created_at: createdAt,
});

export const savedTemplates = sqliteTable('saved_templates', {
  seq,
  id,
  kind: text('kind').notNull(),
  name: text('name').notNull(),
  summary: text('summary').notNull(),
  content: text('content').notNull(),
  created_at: createdAt,
});

export const workflowTests = sqliteTable('workflow_tests', {
  seq,
  id,
  workflow_id: text('workflow_id').notNull(),
  name: text('name').notNull(),
  fixture: text('fixture').notNull(),
  expected: text('expected').notNull(),
  created_at: createdAt,
});

export const importMappings = sqliteTable('import_mappings', {
  columns: text('columns').primaryKey(),
  plan: text('plan').notNull(),
  used_at: text('used_at').notNull(),
});

export const duplicateDismissals = sqliteTable(
  'duplicate_dismissals',
  {
    record_id: text('record_id').notNull(),
    other_id: text('other_id').notNull(),
    at: text('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.record_id, table.other_id] })],
);
