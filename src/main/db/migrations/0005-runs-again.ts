/**
 * Runs that stopped and go on: a restart is a run of its own, with the one it repeats in `restart_of`, so an event
 * starts a workflow at most once but for restarts. `recoveries` counts how often the step in flight was taken up again
 * after the program ended in the middle of it; any committed step sets it to 0.
 */
export const runsAgain = {
  version: 5,
  name: 'runs-again',
  sql: `
ALTER TABLE workflow_executions ADD COLUMN restart_of TEXT;
ALTER TABLE workflow_executions ADD COLUMN recoveries INTEGER NOT NULL DEFAULT 0;

DROP INDEX workflow_executions_once;
CREATE UNIQUE INDEX workflow_executions_once ON workflow_executions(workflow_id, event_id)
  WHERE restart_of IS NULL;
CREATE INDEX workflow_executions_workflow ON workflow_executions(workflow_id, seq);
CREATE INDEX workflow_executions_stopped ON workflow_executions(workflow_id, status)
  WHERE status IN ('failed', 'parked');
`,
} as const;
