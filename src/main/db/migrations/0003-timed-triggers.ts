/**
 * Several triggers for a workflow, and triggers that time fires. `trigger_watches` is how far each was looked at;
 * `timed_events` holds one row for each moment that fired, was skipped or waits to be decided, so that none does twice.
 * The indexes on dates are what `date_reached` and `task_overdue` look their records up by, once a second.
 */
export const timedTriggers = {
  version: 3,
  name: 'timed-triggers',
  sql: `
ALTER TABLE workflows ADD COLUMN further_triggers TEXT;

ALTER TABLE workflow_executions ADD COLUMN end_reason TEXT;
ALTER TABLE workflow_executions ADD COLUMN bypassed_conditions INTEGER NOT NULL DEFAULT 0;

ALTER TABLE waits ADD COLUMN missed_at TEXT;
CREATE INDEX waits_missed ON waits(missed_at, execution_id) WHERE missed_at IS NOT NULL;

CREATE TABLE trigger_watches (
  workflow_id TEXT NOT NULL,
  trigger_index INTEGER NOT NULL,
  trigger_text TEXT NOT NULL,
  checked_until TEXT NOT NULL,
  PRIMARY KEY (workflow_id, trigger_index)
) WITHOUT ROWID;

CREATE TABLE timed_events (
  workflow_id TEXT NOT NULL,
  trigger_index INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  due_at TEXT NOT NULL,
  type TEXT NOT NULL,
  object TEXT,
  outcome TEXT NOT NULL,
  event_id TEXT,
  PRIMARY KEY (workflow_id, trigger_index, record_id, due_at)
) WITHOUT ROWID;
CREATE INDEX timed_events_asked ON timed_events(workflow_id, due_at) WHERE outcome = 'asked';

CREATE INDEX deals_expected_close ON deals(expected_close_date, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_created ON deals(created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_updated ON deals(updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_created ON contacts(created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_updated ON contacts(updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX companies_created ON companies(created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX companies_updated ON companies(updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_due ON activities(due_at, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_completed ON activities(completed_at, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_created ON activities(created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_updated ON activities(updated_at, id) WHERE deleted_at IS NULL;
`,
} as const;
