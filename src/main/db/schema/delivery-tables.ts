import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const seq = integer('seq').primaryKey();
const id = text('id').notNull().unique();
const createdAt = text('created_at').notNull();

export const deliveries = sqliteTable('deliveries', {
  seq,
  id,
  kind: text('kind').notNull(),
  state: text('state').notNull(),
  lane: text('lane').notNull(),
  content: text('content').notNull(),
  workflow_id: text('workflow_id'),
  execution_id: text('execution_id'),
  step_id: text('step_id'),
  object: text('object'),
  record_id: text('record_id'),
  awaited: integer('awaited').notNull(),
  attempt: integer('attempt').notNull().default(0),
  first_attempt_at: text('first_attempt_at'),
  next_attempt_at: text('next_attempt_at'),
  handed_over_at: text('handed_over_at'),
  last_error: text('last_error'),
  answer: text('answer'),
  created_at: createdAt,
  finished_at: text('finished_at'),
  error_kind: text('error_kind'),
});

export const connections = sqliteTable('connections', {
  seq,
  id,
  opened_at: text('opened_at').notNull(),
  purpose: text('purpose').notNull(),
  protocol: text('protocol').notNull(),
  host: text('host').notNull(),
  port: integer('port').notNull(),
  workflow_id: text('workflow_id'),
  execution_id: text('execution_id'),
  delivery_id: text('delivery_id'),
});

export const mailAccounts = sqliteTable('mail_accounts', {
  seq,
  id,
  name: text('name').notNull(),
  from_name: text('from_name'),
  from_address: text('from_address').notNull(),
  reply_to: text('reply_to'),
  signature: text('signature'),
  host: text('host').notNull(),
  port: integer('port').notNull(),
  security: text('security').notNull(),
  user_name: text('user_name'),
  rate_per_minute: integer('rate_per_minute').notNull(),
  is_default: integer('is_default').notNull(),
  created_at: createdAt,
  updated_at: text('updated_at').notNull(),
});

export const emailTemplates = sqliteTable('email_templates', {
  seq,
  id,
  name: text('name').notNull(),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  html: text('html'),
  created_at: createdAt,
  updated_at: text('updated_at').notNull(),
});

export const attachments = sqliteTable('attachments', {
  seq,
  id,
  file_name: text('file_name').notNull(),
  content_type: text('content_type').notNull(),
  size_bytes: integer('size_bytes').notNull(),
  content: blob('content').notNull(),
  created_at: createdAt,
});
