import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reader } from '../src/main/db/handle.ts';
import { openDatabase } from '../src/main/db/open-database.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

interface ForeignKey {
  readonly from: string;
  readonly table: string;
  readonly to: string;
}

/** What each table is for. A table that is missing here, or here alone, fails the snapshot. */
const purposes: Readonly<Record<string, string>> = {
  users: 'The one local user, owner of what nobody else was named for.',
  file_settings:
    'Settings that belong to the file: `currency`, the ISO 4217 code new deals get; `time_zone`, an IANA name, and `holidays`, days such as 2026-12-25 with spaces between, which business days are counted by.',
  pipelines: 'Pipelines in order. `slug` is what the API, templates and conditions call one.',
  stages:
    'Their stages in order. `kind` is `open`, `won` or `lost`; `slug`, unlike that of any other stage, is what the API, templates and conditions call it; `probability` is in percent.',
  contact_links:
    'Contacts of further companies and further contacts of deals, with a role. The primary ones are `contacts.company_id` and `deals.contact_id`; a row of the same pair tells their role alone.',
  companies: 'Companies. A record with a `deleted_at` is in the bin.',
  contacts: 'Contacts.',
  deals: 'Deals. `value_minor` is in the minor units of `currency` (cents for EUR).',
  activities:
    'Tasks, calls, meetings and emails; one without `completed_at` is open. `reminded_for` is the `remind_at` a reminder was given for.',
  events:
    'Facts about records, written in the transaction of the change. `dispatched_at` is set in the commit that carries out what the event starts; `chain` lists the runs that led to it.',
  journal:
    'Before and after of each write to a record: changed columns alone for an update. `action_seq` is the user action it was part of, if any.',
  notes:
    'Notes on records. `body` is sanitised HTML, `text` the same as plain text; `object` and `record_id` say what it is on.',
  custom_fields:
    "Fields of the user’s own. A record keeps their values as JSON in `custom`, by `name`: `json_extract(custom, '$.cf_budget')`. One with a `retired_at` is shown nowhere, its values stay.",
  user_actions:
    'What the user did on the screens, each a group of journal rows that is undone as one. `state` is `done`, `undone` or `dropped` (something else was done instead).',
  workflows:
    'Workflows. `trigger_type` and `trigger_config` are the first trigger, `further_triggers` a JSON list of `{type, config}` for the others; these, `conditions` and `actions` are what runs next and may be changed by SQL while the app runs; `parked_reason` says why an active workflow does not run; `unconfirmed_addresses` is a JSON list of addresses near this computer that came with a file and keep it from running until they are confirmed (or the column is set to NULL).',
  trigger_watches: 'How far the timed triggers of active workflows were looked at.',
  timed_events:
    'The moments that timed triggers have come to, one row each, so that none fires twice. `outcome` is `fired`, `skipped` (too late) or `asked` (missed, and the user is to decide).',
  away_outcomes:
    'What became of times that passed while nothing was running, until the user dismisses it.',
  enrolments:
    'Records taken into a workflow at once: how many, how far it got, and from which to which `seq`, or the ids in `record_ids`.',
  workflow_versions:
    'Each published definition, never changed, step ids filled in. A run is pinned to one.',
  workflow_executions:
    'Runs. `actions_executed` is a JSON list with one element a step: `id`, `type`, `status`, and `output` or `error`; `cursor` is where a waiting run goes on; `end_reason` says why a run ended before its last step, `bypassed_conditions` that it was started by hand on a record the entry conditions would have refused.',
  step_records:
    'The steps of a run with resolved input, output, error, warnings and changed fields.',
  notifications:
    'The Inbox. `shown_at` is set once the operating system has shown it, `silenced_at` when it came in quiet hours; one with `snoozed_until` comes back then.',
  sessions: 'Browser windows that may call the server, by the SHA-256 of their token.',
  hook_keys:
    'Keys of the addresses that start workflows. The present one of a workflow has no `retired_at`; `signing_secret` is what senders sign with, where signatures are asked for.',
  hook_calls:
    'The last 100 calls of each workflow’s address, refused ones too, with the `status` they were answered and the `reason`.',
  hook_replays:
    'Idempotency keys of calls that were taken, kept for 24 hours: a second call with one is refused.',
  api_tokens:
    'Named tokens of the REST API, by the SHA-256 of each. One with `revoked_at` opens nothing any more.',
  tags: 'Tags by name; two names never differ in case or accents alone (`name_folded`).',
  record_tags: 'Which record has which tag.',
  waits:
    'What a waiting run waits for. `due_at` is the instant that ends the wait, or its timeout; the row is taken away in the commit that goes on with the run. `missed_at` is the instant that passed while nothing was running, until the user has decided.',
  deliveries:
    'Mails and webhooks as they were rendered, once, before anything is sent: the Outbox. `id` is the idempotency key; `state` is `held`, `queued`, `sending`, `sent`, `failed`, `uncertain` (it may have been sent) or `cancelled`; attempts and the next one are counted here.',
  connections:
    'Every connection that was opened to the outside: when, where to, why, by which workflow.',
  mail_accounts:
    'Email accounts. Their passwords are in the secret store of the computer, never here.',
  email_templates: 'Saved texts for emails.',
  attachments: 'Files that go with emails.',
  enrolment_refusals:
    'Events a trigger matched that did not start their workflow: the first rule that said no, with the values it saw.',
  wait_records: 'The records whose events may end or move a wait.',
  views:
    'Saved views. `conditions` is the rule tree of workflows, `sort` `{field, direction}`, `columns` a list of `{field, width?}`, all JSON; pinned ones stand in the sidebar.',
  workflow_tests:
    'Rehearsals kept as tests: what each begins with, and what the workflow is to do.',
  saved_templates:
    'What the user keeps to begin with again: `kind` is `workflow`, its `content` a workflow file, or `step`, its `content` one step; both JSON.',
  duplicate_dismissals: 'Pairs of records of which somebody said that they are not the same.',
  import_mappings:
    'How the columns of an imported file were mapped the last time, by the SHA-256 of their names.',
  executor_lease:
    'Who executes workflows on this file, for people to read; the right itself is a lock on `trellis.lock`. `seen_at` is when it was last known to run.',
};

/** The file's schema as a page, read from a file that the migrations just made. */
export function describeSchema(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-schema-'));
  const { sqlite, reader } = openDatabase(folder);
  try {
    const version = String(sqlite.pragma('user_version', { simple: true }));
    const tables = reader.all<{ name: string }>(
      `SELECT s.name FROM sqlite_schema s JOIN pragma_table_list l ON l.name = s.name AND l.schema = 'main'
        WHERE s.type = 'table' AND l.type = 'table' AND s.name NOT LIKE 'sqlite_%' ORDER BY s.rowid`,
    );
    const unknown = Object.keys(purposes).filter(
      (name) => !tables.some((table) => table.name === name),
    );
    if (unknown.length > 0) throw new Error(`No such table: ${unknown.join(', ')}`);
    const pages = tables.map(({ name }) => {
      const purpose = purposes[name];
      if (purpose === undefined)
        throw new Error(`Say in scripts/schema-snapshot.ts what the table ${name} is for`);
      const columns = reader.all<Column>(`SELECT * FROM pragma_table_info('${name}')`);
      const keys = reader.all<ForeignKey>(
        `SELECT "from", "table", "to" FROM pragma_foreign_key_list('${name}')`,
      );
      const indexes = reader.all<{ sql: string }>(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
        name,
      );
      const rows = columns.map((column) => {
        const key = keys.find((one) => one.from === column.name);
        const notes = [
          column.pk > 0 ? 'primary key' : '',
          key ? `→ \`${key.table}.${key.to}\`` : '',
          column.dflt_value === null ? '' : `default ${column.dflt_value}`,
        ].filter((note) => note !== '');
        return `| \`${column.name}\` | ${column.type} | ${column.notnull ? 'no' : 'yes'} | ${notes.join(', ')} |`;
      });
      const list = indexes.map(({ sql }) => `- \`${sql}\``);
      return [
        `## ${name}`,
        '',
        purpose,
        '',
        '| column | type | may be null | notes |',
        '| --- | --- | --- | --- |',
        ...rows,
        ...(list.length > 0 ? ['', ...list] : []),
      ].join('\n');
    });
    return `${introduction(version)}\n\n${pages.join('\n\n')}\n\n${searchPart(reader)}\n`;
  } finally {
    sqlite.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The FTS5 tables: kept by triggers, so that whoever writes a record by SQL need not know of them. */
function searchPart(reader: Reader): string {
  const indexes = reader.all<{ sql: string }>(
    `SELECT s.sql FROM sqlite_schema s JOIN pragma_table_list l ON l.name = s.name AND l.schema = 'main'
      WHERE l.type = 'virtual' ORDER BY s.rowid`,
  );
  return [
    '## Search',
    '',
    'FTS5 tables whose `rowid` is the `seq` of the record. Triggers on the records keep them, also for rows written by SQL;',
    "records in the bin stay in them. Should one ever differ: `INSERT INTO contact_search (contact_search) VALUES ('rebuild')`.",
    '',
    ...indexes.map(({ sql }) => `- \`${sql.replaceAll(/\s+/g, ' ')}\``),
  ].join('\n');
}

function introduction(version: string): string {
  return [
    '# The file',
    '',
    '<!-- Made by `npm run schema` from the migrations. Do not edit. -->',
    '',
    `One SQLite file, \`trellis.db\` in the data folder, schema version ${version} (\`PRAGMA user_version\`). It can be read and`,
    'written with the `sqlite3` shell while the app runs. Ids are UUIDv7 text, times ISO 8601 UTC text with milliseconds,',
    'money integer minor units. Each table with an id has a `seq` beside it: the order of arrival. Records written by SQL make',
    'no events, so no workflow answers them; workflows written by SQL are picked up within a second.',
  ].join('\n');
}

const page = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'schema.md');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(page, describeSchema());
  process.stdout.write(`Wrote ${page}\n`);
}
