/**
 * Figures over a period begin with when a run came to be. A failed run that was put aside asks for nothing any more;
 * it is the same run in every other way.
 */
export const insight = {
  version: 30,
  name: 'insight',
  sql: `
ALTER TABLE workflow_executions ADD COLUMN dismissed_at TEXT;
CREATE INDEX workflow_executions_created ON workflow_executions(created_at);
CREATE INDEX events_type ON events(type, seq);
`,
} as const;
