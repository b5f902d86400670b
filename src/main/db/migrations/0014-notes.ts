/**
 * Notes hang on a record of any kind, so their link is no foreign key. `body` is HTML as it was sanitised, `text` what
 * a person reads in it, for search and for lists.
 */
export const notes = {
  version: 14,
  name: 'notes',
  sql: `
CREATE TABLE notes (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  object TEXT NOT NULL,
  record_id TEXT NOT NULL,
  body TEXT NOT NULL,
  text TEXT NOT NULL,
  owner_id TEXT NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT
);
CREATE INDEX notes_record ON notes(record_id, created_at);
CREATE INDEX notes_bin ON notes(deleted_at) WHERE deleted_at IS NOT NULL;
`,
} as const;
