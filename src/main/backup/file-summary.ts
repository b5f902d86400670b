import Database from 'better-sqlite3';
import { UserError } from '../errors.ts';
import { applicationId } from '../db/open-database.ts';
import { migrations } from '../db/migrations/index.ts';

/** What a person needs to know to choose a backup. */
export interface FileSummary {
  readonly contacts: number;
  readonly companies: number;
  readonly deals: number;
  readonly activities: number;
  readonly workflows: number;
  readonly executions: number;
  /** ISO 8601 UTC of the newest change of a record; null: there is none. */
  readonly newest_change_at: string | null;
  readonly schema_version: number;
}

const counts = {
  contacts: 'SELECT count(*) FROM contacts WHERE deleted_at IS NULL',
  companies: 'SELECT count(*) FROM companies WHERE deleted_at IS NULL',
  deals: 'SELECT count(*) FROM deals WHERE deleted_at IS NULL',
  activities: 'SELECT count(*) FROM activities WHERE deleted_at IS NULL',
  workflows: 'SELECT count(*) FROM workflows WHERE is_deleted = 0',
  executions: 'SELECT count(*) FROM workflow_executions',
} as const;

/** @throws UserError `conflict` when the file is none of ours, or from a newer version */
export function readFileSummary(path: string): FileSummary {
  const sqlite = new Database(path, { readonly: true });
  try {
    const version = readVersion(sqlite, path);
    const count = (sql: string): number => Number(sqlite.prepare(sql).pluck().get());
    const newest: unknown = sqlite
      .prepare('SELECT at FROM journal ORDER BY seq DESC LIMIT 1')
      .pluck()
      .get();
    return {
      contacts: count(counts.contacts),
      companies: count(counts.companies),
      deals: count(counts.deals),
      activities: count(counts.activities),
      workflows: count(counts.workflows),
      executions: count(counts.executions),
      newest_change_at: typeof newest === 'string' ? newest : null,
      schema_version: version,
    };
  } finally {
    sqlite.close();
  }
}

function readVersion(sqlite: Database.Database, path: string): number {
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  const isOurs = sqlite.pragma('application_id', { simple: true }) === applicationId;
  if (!isOurs || version === 0)
    throw new UserError('conflict', `${path} is not a file of Trellis.`);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version <= newest) return version;
  throw new UserError(
    'conflict',
    `${path} was written by a newer version of Trellis (its schema is ${version}, this version knows ${newest}). Update Trellis to use it.`,
  );
}
