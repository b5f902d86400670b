/**
 * What became of the times that passed while nothing was running, counted per workflow until the user dismisses it, and
 * the taking in of records that match already: a job that is done in slices and survives the end of the program.
 */
export const absenceAndEnrolment = {
  version: 4,
  name: 'absence-and-enrolment',
  sql: `
ALTER TABLE executor_lease ADD COLUMN seen_at TEXT;

CREATE TABLE away_outcomes (
  workflow_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL,
  away_since TEXT NOT NULL,
  away_until TEXT NOT NULL,
  PRIMARY KEY (workflow_id, outcome)
) WITHOUT ROWID;

CREATE TABLE enrolments (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  workflow_id TEXT NOT NULL,
  object TEXT NOT NULL,
  record_ids TEXT,
  next_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  total INTEGER NOT NULL,
  started INTEGER NOT NULL,
  actor TEXT NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT
);
CREATE INDEX enrolments_open ON enrolments(seq) WHERE finished_at IS NULL;
`,
} as const;
