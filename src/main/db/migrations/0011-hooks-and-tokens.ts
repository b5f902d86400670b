/**
 * Calls from outside. A workflow's present hook key is the one that was not retired; retired ones stay, so that a call
 * to an old address can still be told from a guess. `hook_calls` keeps the last calls of each workflow, refused ones
 * too; `hook_replays` the idempotency keys of a day, which must outlive the log. `api_tokens` are named and hashed.
 */
export const hooksAndTokens = {
  version: 11,
  name: 'hooks-and-tokens',
  sql: `
CREATE TABLE hook_keys (
  key TEXT NOT NULL PRIMARY KEY,
  workflow_id TEXT NOT NULL REFERENCES workflows(id),
  signing_secret TEXT NOT NULL,
  created_at TEXT NOT NULL,
  retired_at TEXT
) WITHOUT ROWID;
CREATE UNIQUE INDEX hook_keys_current ON hook_keys(workflow_id) WHERE retired_at IS NULL;

CREATE TABLE hook_calls (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  workflow_id TEXT NOT NULL REFERENCES workflows(id),
  received_at TEXT NOT NULL,
  status INTEGER NOT NULL,
  reason TEXT,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  contact_id TEXT,
  event_id TEXT
);
CREATE INDEX hook_calls_workflow ON hook_calls(workflow_id, seq);

CREATE TABLE hook_replays (
  workflow_id TEXT NOT NULL REFERENCES workflows(id),
  idempotency_key TEXT NOT NULL,
  received_at TEXT NOT NULL,
  PRIMARY KEY (workflow_id, idempotency_key)
) WITHOUT ROWID;
CREATE INDEX hook_replays_received ON hook_replays(received_at);

CREATE TABLE api_tokens (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at TEXT
);
`,
} as const;
