import { copyFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate } from '../db/migrate.ts';
import { applicationId } from '../db/open-database.ts';
import { isStorageFailure } from '../db/storage-error.ts';
import { messageOf } from '../errors.ts';
import { checkSound } from './copy-file.ts';
import { type FileSummary, readFileSummary } from './file-summary.ts';
import { type OpenedBackup, pauseAutomation, withOpened } from './restore-file.ts';

export interface SalvageOrder {
  /** A copy of the damaged file, with its log beside it; it is read and not kept. */
  readonly damaged: string;
  /** The backup to start from; null: an empty file. */
  readonly base: OpenedBackup | null;
  /** The file to make. */
  readonly to: string;
}

export interface SalvageReport {
  readonly summary: FileSummary;
  /** What could be read of each table of the damaged file that had rows or had lost some. */
  readonly tables: readonly TableReport[];
  /** Rows that were left out because what they belong to is lost. */
  readonly orphans: number;
}

export interface TableReport {
  readonly table: string;
  /** Rows read from the damaged file. */
  readonly read: number;
  /** Places where rows could not be read: each is at least one row. */
  readonly unreadable: number;
}

/** Of a run of unreadable rows so many are tried one by one before the next place is looked for further on. */
const patience = 5_000;

/** How many rows further to look when the last key cannot be read. */
const blindReach = 100_000;

/**
 * Makes a sound file of the last good backup and of all that can still be read of the damaged one, whose rows win: they
 * are the newer ones. Nothing is deleted for not being found, because that may be the damage.
 */
export function salvageFile({ damaged, base, to }: SalvageOrder): SalvageReport {
  rmSync(to, { force: true });
  if (base !== null) {
    withOpened(base, (path) => {
      readFileSummary(path);
      checkSound(path);
      copyFileSync(path, to);
    });
  }
  const found = fillFrom(damaged, to);
  checkSound(to);
  return { ...found, summary: readFileSummary(to) };
}

function fillFrom(damaged: string, to: string): Omit<SalvageReport, 'summary'> {
  const target = new Database(to);
  try {
    target.pragma('journal_mode = DELETE');
    target.pragma(`application_id = ${applicationId}`);
    migrate(target, () => undefined);
    target.pragma('foreign_keys = OFF');
    const tables = copyReadable(damaged, target);
    const orphans = removeOrphans(target);
    rebuildSearch(target);
    target.exec('REINDEX');
    pauseAutomation(target);
    return { tables, orphans };
  } finally {
    target.close();
  }
}

function copyReadable(damaged: string, target: Database.Database): TableReport[] {
  let source: Database.Database;
  try {
    source = new Database(damaged);
    source.pragma('journal_mode');
  } catch (error) {
    if (isStorageFailure(error)) return [];
    throw error;
  }
  try {
    target.exec('BEGIN');
    const reports = ordinaryTables(target).map((table) => copyTable(source, target, table));
    target.exec('COMMIT');
    return reports.filter(({ read, unreadable }) => read + unreadable > 0);
  } finally {
    source.close();
  }
}

interface OrdinaryTable {
  readonly name: string;
  /** Name of the INTEGER PRIMARY KEY, through which a row can be asked for alone. */
  readonly rowKey: string | null;
  readonly columns: readonly string[];
}

function ordinaryTables(sqlite: Database.Database): OrdinaryTable[] {
  const listed = sqlite.pragma('table_list') as {
    name: string;
    type: string;
    schema: string;
    wr: 0 | 1;
  }[];
  return listed
    .filter(({ name, type, schema }) => {
      return schema === 'main' && type === 'table' && !name.startsWith('sqlite_');
    })
    .map(({ name, wr }) => {
      const columns = sqlite.pragma(`table_xinfo("${name}")`) as {
        name: string;
        type: string;
        pk: number;
        hidden: number;
      }[];
      const keys = columns.filter(({ pk }) => pk > 0);
      const [key] = keys;
      const isRowKey = wr === 0 && keys.length === 1 && key?.type.toUpperCase() === 'INTEGER';
      return {
        name,
        rowKey: isRowKey ? key.name : null,
        // Generated columns make themselves.
        columns: columns.filter(({ hidden }) => hidden === 0).map((column) => column.name),
      };
    });
}

function copyTable(
  source: Database.Database,
  target: Database.Database,
  { name, rowKey, columns }: OrdinaryTable,
): TableReport {
  const report = { table: name, read: 0, unreadable: 0 };
  const shared = columnsInBoth(source, name, columns);
  if (shared === null) return { ...report, unreadable: 1 };
  if (shared.length === 0) return report;
  const list = shared.map((column) => `"${column}"`).join(', ');
  const insert = target.prepare(
    `INSERT OR REPLACE INTO "${name}" (${list}) VALUES (${shared.map(() => '?').join(', ')})`,
  );
  const keep = (row: unknown[]): void => {
    try {
      insert.run(row);
      report.read += 1;
    } catch (error) {
      // A row that breaks a rule of its table was not written by Trellis as it stands: it is part of the damage.
      if (!messageOf(error).includes('constraint')) throw error;
      report.unreadable += 1;
    }
  };
  const scan = (where: string, after: number | null): number | null => {
    let last = after;
    try {
      const rows = source
        .prepare(`SELECT ${rowKey ?? 'NULL'}, ${list} FROM "${name}" ${where}`)
        .raw();
      for (const [key, ...row] of rows.iterate(...(after === null ? [] : [after])) as Iterable<
        unknown[]
      >) {
        keep(row);
        if (typeof key === 'number') last = key;
      }
      return null;
    } catch (error) {
      if (!isStorageFailure(error)) throw error;
      report.unreadable += 1;
      return last ?? 0;
    }
  };
  let stopped = scan('', null);
  if (rowKey === null || stopped === null) return report;
  const end = lastKey(source, name, rowKey) ?? stopped + blindReach;
  const one = source.prepare(`SELECT ${list} FROM "${name}" WHERE "${rowKey}" = ?`).raw();
  // Beyond a torn page: step over what cannot be read, and scan on from the first row that can.
  let misses = 0;
  for (let key = stopped + 1; key <= end; key += misses > patience ? 100 : 1) {
    try {
      const row = one.get(key);
      if (row === undefined) continue;
      // What `raw` makes of a row.
      keep(row as unknown[]);
    } catch (error) {
      if (!isStorageFailure(error)) throw error;
      misses += 1;
      continue;
    }
    misses = 0;
    stopped = scan(`WHERE "${rowKey}" > ?`, key);
    if (stopped === null) return report;
    key = Math.max(key, stopped);
  }
  return report;
}

/** @returns null when the table cannot even be described */
function columnsInBoth(
  source: Database.Database,
  table: string,
  columns: readonly string[],
): string[] | null {
  try {
    const found = source.pragma(`table_xinfo("${table}")`) as { name: string }[];
    const names = new Set(found.map(({ name }) => name));
    return columns.filter((column) => names.has(column));
  } catch (error) {
    if (isStorageFailure(error)) return null;
    throw error;
  }
}

/** @returns null when the end of the table itself cannot be read */
function lastKey(source: Database.Database, table: string, rowKey: string): number | null {
  try {
    return Number(source.prepare(`SELECT max("${rowKey}") FROM "${table}"`).pluck().get() ?? 0);
  } catch (error) {
    if (isStorageFailure(error)) return null;
    throw error;
  }
}

/** Removes rows that point at lost ones, until none does: a removed row may itself have been pointed at. */
function removeOrphans(sqlite: Database.Database): number {
  let removed = 0;
  for (;;) {
    const orphans = sqlite.pragma('foreign_key_check') as { table: string; rowid: number | null }[];
    if (orphans.length === 0) return removed;
    const before = removed;
    for (const { table, rowid } of orphans) {
      // Tables without a rowid name no row; what they hold is links, made again by use.
      if (rowid === null) removed += removeLinks(sqlite, table);
      else removed += sqlite.prepare(`DELETE FROM "${table}" WHERE rowid = ?`).run(rowid).changes;
    }
    if (removed === before) return removed;
  }
}

function removeLinks(sqlite: Database.Database, table: string): number {
  const keys = sqlite.pragma(`foreign_key_list("${table}")`) as {
    table: string;
    from: string;
    to: string;
  }[];
  let removed = 0;
  for (const { table: parent, from, to } of keys) {
    removed += sqlite
      .prepare(
        `DELETE FROM "${table}" WHERE "${from}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "${parent}" p WHERE p."${to}" = "${table}"."${from}")`,
      )
      .run().changes;
  }
  return removed;
}

function rebuildSearch(sqlite: Database.Database): void {
  const indexes = sqlite
    .prepare("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
    .pluck()
    .all() as string[];
  for (const name of indexes) sqlite.exec(`INSERT INTO "${name}"("${name}") VALUES ('rebuild')`);
}
