/**
 * Saved views, and the orders that the built-in ones read: by name, by expected close; due dates have theirs already. The expression is
 * the one `contactKind` computes a name with; partial, so that the bin costs nothing.
 */
export const views = {
  version: 17,
  name: 'views',
  sql: `
CREATE TABLE views (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  object TEXT NOT NULL,
  layout TEXT NOT NULL,
  conditions TEXT,
  sort TEXT,
  columns TEXT,
  group_by TEXT,
  is_pinned INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE INDEX contacts_name ON contacts(
  (CASE WHEN last_name IS NULL THEN first_name ELSE first_name || ' ' || last_name END) COLLATE NOCASE
) WHERE deleted_at IS NULL;
CREATE INDEX companies_name ON companies(name COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX deals_close ON deals(expected_close_date) WHERE deleted_at IS NULL AND expected_close_date IS NOT NULL;
`,
} as const;
