/**
 * Runs that wait: `cursor` is where a run goes on, `waits` what it waits for. `due_at` with the execution is a covering
 * index, since looking for due waits is the first thing after every start. `wait_records` are the records whose events
 * may end a wait.
 */
export const waitingAndTags = {
  version: 2,
  name: 'waiting-and-tags',
  sql: `
CREATE TABLE tags (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
);

CREATE TABLE record_tags (
  record_id TEXT NOT NULL,
  tag_id TEXT NOT NULL REFERENCES tags(id),
  object TEXT NOT NULL,
  PRIMARY KEY (record_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX record_tags_tag ON record_tags(tag_id);

ALTER TABLE workflows ADD COLUMN conditions TEXT;
ALTER TABLE workflows ADD COLUMN settings TEXT;

ALTER TABLE workflow_executions ADD COLUMN cursor TEXT;
CREATE INDEX workflow_executions_unfinished ON workflow_executions(status, seq)
  WHERE status IN ('queued', 'running', 'waiting');

CREATE TABLE waits (
  execution_id TEXT NOT NULL PRIMARY KEY REFERENCES workflow_executions(id),
  step_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  due_at TEXT,
  created_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX waits_due ON waits(due_at, execution_id) WHERE due_at IS NOT NULL;

CREATE TABLE wait_records (
  record_id TEXT NOT NULL,
  execution_id TEXT NOT NULL REFERENCES waits(execution_id),
  PRIMARY KEY (record_id, execution_id)
) WITHOUT ROWID;
CREATE INDEX wait_records_execution ON wait_records(execution_id);
`,
} as const;
