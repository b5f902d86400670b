/**
 * Fields of the user's own. Their values are JSON in `custom` of each record, keyed by the field's name; a record
 * without any has NULL there and costs nothing. `json_extract(custom, '$.cf_budget')` reads one by SQL.
 */
export const customFields = {
  version: 15,
  name: 'custom-fields',
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
`,
} as const;
