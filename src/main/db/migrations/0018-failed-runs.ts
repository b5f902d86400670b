/** The tray counts the day's failures after each change: that may not cost a walk over every run there ever was. */
export const failedRuns = {
  version: 18,
  name: 'failed-runs',
  sql: `
CREATE INDEX workflow_executions_failed ON workflow_executions(started_at)
  WHERE status IN ('failed', 'partial');
`,
} as const;
