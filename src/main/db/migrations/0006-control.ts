/**
 * Workflows under control. `pause_mode` says what a pause means for runs that wait (null: they finish), and
 * `paused_reason` why Trellis paused a workflow by itself. A frozen wait has its instant in `frozen_due_at`, out of
 * sight of the alarm. `enrolment_refusals` keeps which rule said no to an event the trigger matched.
 * Failures of one workflow within a minute share a notification: `group_key` and `count`.
 */
export const control = {
  version: 6,
  name: 'control',
  sql: `
ALTER TABLE workflows ADD COLUMN pause_mode TEXT;
ALTER TABLE workflows ADD COLUMN paused_at TEXT;
ALTER TABLE workflows ADD COLUMN paused_reason TEXT;
ALTER TABLE workflows ADD COLUMN failures_in_row INTEGER NOT NULL DEFAULT 0;

ALTER TABLE waits ADD COLUMN frozen_at TEXT;
ALTER TABLE waits ADD COLUMN frozen_due_at TEXT;
CREATE INDEX waits_frozen ON waits(execution_id) WHERE frozen_at IS NOT NULL;

ALTER TABLE notifications ADD COLUMN group_key TEXT;
ALTER TABLE notifications ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
CREATE INDEX notifications_group ON notifications(group_key, seq) WHERE group_key IS NOT NULL;

DROP INDEX workflow_executions_unfinished;
DROP INDEX workflow_executions_stopped;
CREATE INDEX workflow_executions_open ON workflow_executions(workflow_id, status)
  WHERE status IN ('queued', 'waiting', 'parked', 'failed');

DROP INDEX workflow_executions_once;
CREATE UNIQUE INDEX workflow_executions_once ON workflow_executions(event_id, workflow_id)
  WHERE restart_of IS NULL;
CREATE INDEX workflow_executions_again ON workflow_executions(event_id) WHERE restart_of IS NOT NULL;

CREATE TABLE enrolment_refusals (
  seq INTEGER PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  seen TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX enrolment_refusals_event ON enrolment_refusals(event_id, workflow_id);
CREATE INDEX events_record ON events(record_id, seq) WHERE record_id IS NOT NULL;
`,
} as const;
