/**
 * Every table has an INTEGER key beside its UUID: it gives the order of arrival, stays stable under VACUUM,
 * and pages by it. No CHECK, trigger or default may refuse what a user writes by SQL; the engine validates.
 */
export const foundation = {
  version: 1,
  name: 'foundation',
  sql: `
CREATE TABLE users (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT,
  created_at TEXT NOT NULL
);

CREATE TABLE file_settings (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pipelines (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

CREATE TABLE stages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pipeline_id TEXT NOT NULL REFERENCES pipelines(id),
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  UNIQUE (pipeline_id, slug)
);

CREATE TABLE companies (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  domain TEXT,
  phone TEXT,
  address TEXT,
  owner_id TEXT NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT
);

CREATE TABLE contacts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  first_name TEXT NOT NULL,
  last_name TEXT,
  email TEXT,
  phone TEXT,
  job_title TEXT,
  company_id TEXT REFERENCES companies(id),
  owner_id TEXT NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT
);
CREATE INDEX contacts_company ON contacts(company_id) WHERE company_id IS NOT NULL;

CREATE TABLE deals (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  value_minor INTEGER,
  currency TEXT NOT NULL,
  stage_id TEXT NOT NULL REFERENCES stages(id),
  contact_id TEXT REFERENCES contacts(id),
  company_id TEXT REFERENCES companies(id),
  description TEXT,
  expected_close_date TEXT,
  owner_id TEXT NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT
);
CREATE INDEX deals_stage ON deals(stage_id);
CREATE INDEX deals_contact ON deals(contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX deals_company ON deals(company_id) WHERE company_id IS NOT NULL;

CREATE TABLE activities (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  priority TEXT,
  due_at TEXT,
  completed_at TEXT,
  contact_id TEXT REFERENCES contacts(id),
  deal_id TEXT REFERENCES deals(id),
  company_id TEXT REFERENCES companies(id),
  owner_id TEXT NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT
);
CREATE INDEX activities_open ON activities(due_at) WHERE completed_at IS NULL AND deleted_at IS NULL;
CREATE INDEX activities_contact ON activities(contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX activities_deal ON activities(deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX activities_company ON activities(company_id) WHERE company_id IS NOT NULL;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  object TEXT,
  record_id TEXT,
  data TEXT NOT NULL,
  actor TEXT NOT NULL,
  chain TEXT,
  occurred_at TEXT NOT NULL,
  dispatched_at TEXT,
  dispatch_error TEXT
);
CREATE INDEX events_pending ON events(seq) WHERE dispatched_at IS NULL;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  object TEXT NOT NULL,
  record_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  before TEXT,
  after TEXT,
  actor TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX journal_record ON journal(record_id);

CREATE TABLE workflows (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT,
  status TEXT NOT NULL,
  trigger_type TEXT NOT NULL,
  trigger_config TEXT,
  actions TEXT NOT NULL,
  owner_id TEXT NOT NULL REFERENCES users(id),
  execution_count INTEGER NOT NULL DEFAULT 0,
  last_executed_at TEXT,
  is_deleted INTEGER NOT NULL DEFAULT 0,
  parked_reason TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE workflow_versions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  workflow_id TEXT NOT NULL REFERENCES workflows(id),
  number INTEGER NOT NULL,
  definition TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (workflow_id, number)
);

CREATE TABLE workflow_executions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  workflow_id TEXT NOT NULL REFERENCES workflows(id),
  version_id TEXT REFERENCES workflow_versions(id),
  event_id TEXT NOT NULL REFERENCES events(id),
  object TEXT,
  record_id TEXT,
  status TEXT NOT NULL,
  success_count INTEGER NOT NULL DEFAULT 0,
  failure_count INTEGER NOT NULL DEFAULT 0,
  duration_seconds REAL,
  started_at TEXT,
  finished_at TEXT,
  error_message TEXT,
  actions_executed TEXT,
  created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX workflow_executions_once ON workflow_executions(workflow_id, event_id);
CREATE INDEX workflow_executions_record ON workflow_executions(record_id) WHERE record_id IS NOT NULL;

CREATE TABLE step_records (
  seq INTEGER PRIMARY KEY,
  execution_id TEXT NOT NULL REFERENCES workflow_executions(id),
  step_id TEXT NOT NULL,
  type TEXT NOT NULL,
  name TEXT,
  status TEXT NOT NULL,
  input TEXT NOT NULL,
  output TEXT,
  error TEXT,
  warnings TEXT,
  changes TEXT
);
CREATE INDEX step_records_execution ON step_records(execution_id);

CREATE TABLE notifications (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  urgency TEXT NOT NULL,
  object TEXT,
  record_id TEXT,
  workflow_id TEXT REFERENCES workflows(id),
  execution_id TEXT,
  created_at TEXT NOT NULL,
  read_at TEXT,
  shown_at TEXT
);
CREATE INDEX notifications_unread ON notifications(seq) WHERE read_at IS NULL;
CREATE INDEX notifications_unshown ON notifications(seq) WHERE shown_at IS NULL;

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  created_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE executor_lease (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  acquired_at TEXT NOT NULL
);
`,
} as const;
