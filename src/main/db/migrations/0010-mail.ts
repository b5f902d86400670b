/**
 * Mail: accounts (their passwords are in the secret store, never here), saved texts, files to attach, and since when a
 * contact wants no more mail.
 */
export const mail = {
  version: 10,
  name: 'mail',
  sql: `
CREATE TABLE mail_accounts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  from_name TEXT,
  from_address TEXT NOT NULL,
  reply_to TEXT,
  signature TEXT,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  security TEXT NOT NULL,
  user_name TEXT,
  rate_per_minute INTEGER NOT NULL,
  is_default INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE email_templates (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE attachments (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  file_name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  content BLOB NOT NULL,
  created_at TEXT NOT NULL
);

ALTER TABLE contacts ADD COLUMN unsubscribed_at TEXT;
CREATE INDEX contacts_email ON contacts(email) WHERE email IS NOT NULL;
CREATE INDEX contacts_unsubscribed ON contacts(email) WHERE unsubscribed_at IS NOT NULL;
`,
} as const;
