/**
 * What leaves this computer. `deliveries` holds each mail and each webhook as it was rendered, once, before anything is
 * sent, with the state of its attempts; its id is the idempotency key. `lane` is the host or the mail account, which
 * limits are counted by. A row that still has to be sent has a `next_attempt_at`, so the covering index holds those
 * alone. `connections` is the log of every connection that was opened.
 */
export const deliveries = {
  version: 9,
  name: 'deliveries',
  sql: `
CREATE TABLE deliveries (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  lane TEXT NOT NULL,
  content TEXT NOT NULL,
  workflow_id TEXT REFERENCES workflows(id),
  execution_id TEXT,
  step_id TEXT,
  object TEXT,
  record_id TEXT,
  awaited INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  first_attempt_at TEXT,
  next_attempt_at TEXT,
  handed_over_at TEXT,
  last_error TEXT,
  answer TEXT,
  created_at TEXT NOT NULL,
  finished_at TEXT
);
CREATE INDEX deliveries_due ON deliveries(next_attempt_at, seq, lane) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX deliveries_sending ON deliveries(seq) WHERE state = 'sending';
CREATE INDEX deliveries_execution ON deliveries(execution_id) WHERE execution_id IS NOT NULL;
CREATE INDEX deliveries_mail ON deliveries(seq) WHERE kind = 'email';

CREATE TABLE connections (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  opened_at TEXT NOT NULL,
  purpose TEXT NOT NULL,
  protocol TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  workflow_id TEXT,
  execution_id TEXT,
  delivery_id TEXT
);
`,
} as const;
