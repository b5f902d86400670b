/** How the columns of a file were mapped the last time, by what they were called: the next export of it maps itself. */
export const imports = {
  version: 32,
  name: 'imports',
  sql: `
CREATE TABLE import_mappings (
  columns TEXT PRIMARY KEY,
  plan TEXT NOT NULL,
  used_at TEXT NOT NULL
);
`,
} as const;
