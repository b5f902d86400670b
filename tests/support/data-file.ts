import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';

const projectRoot = resolve(import.meta.dirname, '../..');

export type SqlRow = Readonly<Record<string, unknown>>;

export const dataFile = (dataDir: string): string => join(dataDir, 'trellis.db');

/** Opens the file from this process, beside the server that has it open. */
export function withFile<T>(dataDir: string, work: (file: Database.Database) => T): T {
  const file = new Database(dataFile(dataDir), { fileMustExist: true, timeout: 5_000 });
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** Rows of a query, read from this process. */
export function queryFile<Row = SqlRow>(dataDir: string, sql: string, ...values: unknown[]): Row[] {
  return withFile(dataDir, (file) => file.prepare<unknown[], Row>(sql).all(...values));
}

/** Where the program notes that it runs, once a minute. */
const notesOfRunning = new Set(['executor_lease', 'trigger_watches']);

/** Everything the user tables hold, as text: two dumps are equal when nothing changed. */
export function dumpFile(dataDir: string): string {
  return withFile(dataDir, (file) => {
    const tables = file
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
      .map(String)
      .filter((table) => !notesOfRunning.has(table));
    const dump = tables.map((table) => {
      const rows = file.prepare(`SELECT * FROM "${table}"`).raw().all();
      return `${table}\n${rows.map((row) => JSON.stringify(row)).join('\n')}`;
    });
    return dump.join('\n\n');
  });
}

/** A program with which a user may work on the file while the app runs. */
export interface SqlProgram {
  readonly name: string;
  /** @returns the rows of a query; a statement that changes something gives none */
  run(dataDir: string, sql: string): SqlRow[];
}

function runProgram(command: string, commandArguments: readonly string[]): string {
  const result = spawnSync(command, commandArguments, { encoding: 'utf8', cwd: projectRoot });
  if (result.status !== 0) throw new Error(`${command} failed: ${result.stderr}`);
  return result.stdout;
}

function readRows(text: string): SqlRow[] {
  // What both programs print is a JSON list of objects, or nothing.
  return text.trim() === '' ? [] : (JSON.parse(text) as SqlRow[]);
}

const nodeScript = `
const [file, sql] = process.argv.slice(1);
const statement = new (require('better-sqlite3'))(file, { timeout: 5000 }).prepare(sql);
if (statement.reader) console.log(JSON.stringify(statement.all())); else statement.run();`;

const nodeProgram: SqlProgram = {
  name: 'another process with better-sqlite3',
  run: (dataDir, sql) =>
    readRows(runProgram(process.execPath, ['-e', nodeScript, dataFile(dataDir), sql])),
};

const sqliteShell: SqlProgram = {
  name: 'the sqlite3 shell',
  run: (dataDir, sql) =>
    readRows(runProgram('sqlite3', ['-json', '-cmd', '.timeout 5000', dataFile(dataDir), sql])),
};

function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

/** Another process always; the shell where the machine has it. */
export const sqlPrograms: readonly SqlProgram[] = [
  nodeProgram,
  ...(isInstalled('sqlite3') ? [sqliteShell] : []),
];

export const hasCurl = isInstalled('curl');
