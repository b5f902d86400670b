/**
 * What becomes of a notification: put off until a time, done with, or passed over in silence because it came in
 * quiet hours. A snoozed one is due by its own index.
 */
export const notificationStates = {
  version: 12,
  name: 'notification-states',
  sql: `
ALTER TABLE notifications ADD COLUMN silenced_at TEXT;
ALTER TABLE notifications ADD COLUMN snoozed_until TEXT;
ALTER TABLE notifications ADD COLUMN done_at TEXT;
CREATE INDEX notifications_snoozed ON notifications(snoozed_until, seq) WHERE snoozed_until IS NOT NULL;
`,
} as const;
