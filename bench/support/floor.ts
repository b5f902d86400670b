import type Database from 'better-sqlite3';
import { Checkpoints } from '../../src/main/db/checkpoints.ts';
import type { Connection } from '../../src/main/db/handle.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { startCheckpoints } from './bench-core.ts';
import type { WrittenRow } from './written-rows.ts';

type Value = string | number | null;

/** Numbers are counted on by one: SQLite would not write a row that does not change. */
function assignment(column: string, old: Readonly<Record<string, Value>>): string {
  return typeof old[column] === 'number' ? `${column} = ${column} + 1 + 0 * ?` : `${column} = ?`;
}

/** A value that is another one in each run: an id of a new row, the row's integer key, or the contact of the deal. */
interface Slot {
  readonly at: number;
  readonly from: 'id' | 'rowid' | 'contact';
  readonly index: number;
}

interface Write {
  readonly statement: Database.Statement<Value[]>;
  readonly values: Value[];
  readonly slots: readonly Slot[];
  /** Which of the run's new rows this makes, or null. */
  readonly makesRow: number | null;
}

/**
 * The least that any program on better-sqlite3 must do to leave the rows one engine run left: one prepared statement a
 * row, in as many commits. It renders, checks, reads and decides nothing; texts are those of the run it copies.
 */
export class Floor {
  private readonly connection: Connection;
  private readonly checkpoints: Checkpoints;
  private readonly begin: Database.Statement;
  private readonly end: Database.Statement;
  private readonly commits: readonly (readonly Write[])[];
  private readonly idCount: number;
  private readonly rowCount: number;

  private readonly contactIds: readonly string[];
  private contact = 0;

  /**
   * @param commits what each commit of the run wrote
   * @param contactIds the runs go through them, as those of the engine: so rows land all over an index
   */
  constructor(
    connection: Connection,
    commits: readonly (readonly WrittenRow[])[],
    contactIds: readonly string[],
  ) {
    this.contactIds = contactIds;
    const { sqlite } = connection;
    this.connection = connection;
    // Copied beside the commits, as for the engine.
    const thread = startCheckpoints(sqlite.name);
    this.checkpoints = new Checkpoints(connection, systemClock, console, thread);
    this.begin = sqlite.prepare('BEGIN IMMEDIATE');
    this.end = sqlite.prepare('COMMIT');
    const newRows = commits.flat().filter((written) => written.kind === 'new');
    const idIndex = new Map<Value, number>();
    const rowIndex = new Map<string, number>();
    for (const [index, { table, row }] of newRows.entries()) {
      if (typeof row['id'] === 'string') idIndex.set(row['id'], idIndex.size);
      if (row['seq'] !== undefined) rowIndex.set(`${table} ${row['seq']}`, index);
    }
    this.idCount = idIndex.size;
    this.rowCount = newRows.length;
    let nextRow = 0;
    this.commits = commits.map((writes) =>
      writes.map((written): Write => {
        const isNew = written.kind === 'new';
        // The integer key is given by SQLite, as in the engine.
        const entries = Object.entries(isNew ? written.row : written.columns).filter(
          ([column]) => !isNew || column !== 'seq',
        );
        const keys = isNew ? [] : Object.entries(written.key);
        const values = [...entries, ...keys].map(([, value]) => value);
        const slots = [...entries, ...keys].flatMap(([column, value], at): Slot[] => {
          const id = idIndex.get(value);
          if (id !== undefined) return [{ at, from: 'id', index: id }];
          if (typeof value === 'string' && contactIds.includes(value))
            return [{ at, from: 'contact', index: 0 }];
          const row = rowIndex.get(`${written.table} ${value}`);
          return column === 'seq' && row !== undefined ? [{ at, from: 'rowid', index: row }] : [];
        });
        const columns = entries.map(([column]) => column);
        const sql = isNew
          ? `INSERT INTO ${written.table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
          : `UPDATE ${written.table} SET ${columns.map((column) => assignment(column, written.old)).join(', ')} WHERE ${keys
              .map(([column]) => `${column} = ?`)
              .join(' AND ')}`;
        const makesRow = isNew ? nextRow++ : null;
        return { statement: sqlite.prepare<Value[]>(sql), values, slots, makesRow };
      }),
    );
  }

  /**
   * The rows of so many runs; each commit holds what that commit of all of them wrote.
   *
   * @param commits how many of the commits of a run, from the first
   */
  run(runs = 1, commits = this.commits.length): void {
    const ids = Array.from({ length: runs * this.idCount }, () => uuidIds.next());
    const rowids: number[] = Array.from({ length: runs * this.rowCount }, () => 0);
    const first = this.contact;
    this.contact += runs;
    for (const writes of this.commits.slice(0, commits)) {
      this.begin.run();
      for (let run = 0; run < runs; run += 1) {
        const contact = this.contactIds[(first + run) % this.contactIds.length] ?? null;
        for (const { statement, values, slots, makesRow } of writes) {
          for (const { at, from, index } of slots) {
            if (from === 'contact') values[at] = contact;
            else if (from === 'id') values[at] = ids[run * this.idCount + index] ?? null;
            else values[at] = rowids[run * this.rowCount + index] ?? null;
          }
          const { lastInsertRowid } = statement.run(...values);
          if (makesRow !== null) rowids[run * this.rowCount + makesRow] = Number(lastInsertRowid);
        }
      }
      this.end.run();
      this.checkpoints.wake();
    }
  }

  async stop(): Promise<void> {
    await this.checkpoints.stop();
    this.connection.sqlite.close();
  }
}
