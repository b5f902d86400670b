/** Moments that fired long ago are pruned with the rest of history, and enrolments that are done. */
export const timedEventsByTime = {
  version: 42,
  name: 'timed-events-by-time',
  sql: `
CREATE INDEX timed_events_due ON timed_events(due_at);
CREATE INDEX enrolments_finished ON enrolments(finished_at) WHERE finished_at IS NOT NULL;
`,
} as const;
