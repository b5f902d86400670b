/** What the user keeps to begin with again: whole workflows, and single steps with their settings. */
export const savedTemplates = {
  version: 29,
  name: 'saved-templates',
  sql: `
CREATE TABLE saved_templates (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  summary TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at TEXT NOT NULL
);
`,
} as const;
