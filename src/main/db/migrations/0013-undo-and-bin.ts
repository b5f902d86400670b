/**
 * What a person did is a group of journal rows, so that it can be taken back whole. A row that a workflow or a script
 * wrote belongs to no action and pays nothing for them. The bin is read by the time things went into it.
 */
export const undoAndBin = {
  version: 13,
  name: 'undo-and-bin',
  sql: `
CREATE TABLE user_actions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX user_actions_state ON user_actions(state, seq) WHERE state <> 'dropped';

ALTER TABLE journal ADD COLUMN action_seq INTEGER;
CREATE INDEX journal_action ON journal(action_seq) WHERE action_seq IS NOT NULL;

CREATE INDEX contacts_bin ON contacts(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX companies_bin ON companies(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX deals_bin ON deals(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX activities_bin ON activities(deleted_at) WHERE deleted_at IS NOT NULL;
`,
} as const;
