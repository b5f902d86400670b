/**
 * Fields of the user's own. Their values are JSON in `custom` of each record, keyed by the field's name; a record
 * without any has NULL there and costs nothing. `json_extract(custom, '$.cf_budget')` reads one by SQL.
 *
 * `reminded_for` is the instant a reminder was given for: when `remind_at` moves, it is to be given again.
 */
export const customFieldsAndReminders = {
  version: 15,
  name: 'custom-fields-and-reminders',
  sql: `
CREATE TABLE custom_fields (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  object TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  choices TEXT,
  links_to TEXT,
  position INTEGER NOT NULL,
  retired_at TEXT,
  created_at TEXT NOT NULL,
  UNIQUE (object, name)
);

ALTER TABLE contacts ADD COLUMN custom TEXT;
ALTER TABLE companies ADD COLUMN custom TEXT;
ALTER TABLE deals ADD COLUMN custom TEXT;
ALTER TABLE activities ADD COLUMN custom TEXT;

ALTER TABLE deals ADD COLUMN lost_reason TEXT;

ALTER TABLE tags ADD COLUMN color TEXT;

ALTER TABLE activities ADD COLUMN remind_at TEXT;
ALTER TABLE activities ADD COLUMN reminded_for TEXT;
CREATE INDEX activities_reminders ON activities(remind_at)
  WHERE remind_at IS NOT NULL AND reminded_for IS NOT remind_at AND completed_at IS NULL AND deleted_at IS NULL;
`,
} as const;
