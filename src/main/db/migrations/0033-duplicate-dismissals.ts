/** Pairs of records that look the same and are not: `record_id` is the lesser of the two ids. */
export const duplicateDismissals = {
  version: 33,
  name: 'duplicate-dismissals',
  sql: `
CREATE TABLE duplicate_dismissals (
  record_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (record_id, other_id)
);
`,
} as const;
