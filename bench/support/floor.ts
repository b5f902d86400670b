import type Database from 'better-sqlite3';
import type { IdSource } from '../../src/main/ports.ts';
import type { WrittenRow } from './written-rows.ts';

type Value = string | number | null;

/** A value that is another one in each run: an id of a new row, or the row's integer key. */
interface Slot {
  readonly at: number;
  readonly from: 'id' | 'rowid';
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
  private readonly ids: IdSource;
  private readonly begin: Database.Statement;
  private readonly end: Database.Statement;
  private readonly commits: readonly (readonly Write[])[];
  private readonly idCount: number;
  private readonly rowCount: number;

  /** @param commits what each commit of the run wrote */
  constructor(
    sqlite: Database.Database,
    ids: IdSource,
    commits: readonly (readonly WrittenRow[])[],
  ) {
    this.ids = ids;
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
          const row = rowIndex.get(`${written.table} ${value}`);
          return column === 'seq' && row !== undefined ? [{ at, from: 'rowid', index: row }] : [];
        });
        const columns = entries.map(([column]) => column);
        const sql = isNew
          ? `INSERT INTO ${written.table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
          : `UPDATE ${written.table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE ${keys
              .map(([column]) => `${column} = ?`)
              .join(' AND ')}`;
        const makesRow = isNew ? nextRow++ : null;
        return { statement: sqlite.prepare<Value[]>(sql), values, slots, makesRow };
      }),
    );
  }

  /** The rows of so many runs; each commit holds what that commit of all of them wrote. */
  run(runs = 1): void {
    const ids = Array.from({ length: runs * this.idCount }, () => this.ids.next());
    const rowids: number[] = Array.from({ length: runs * this.rowCount }, () => 0);
    for (const writes of this.commits) {
      this.begin.run();
      for (let run = 0; run < runs; run += 1) {
        for (const { statement, values, slots, makesRow } of writes) {
          for (const { at, from, index } of slots) {
            values[at] =
              (from === 'id'
                ? ids[run * this.idCount + index]
                : rowids[run * this.rowCount + index]) ?? null;
          }
          const { lastInsertRowid } = statement.run(...values);
          if (makesRow !== null) rowids[run * this.rowCount + makesRow] = Number(lastInsertRowid);
        }
      }
      this.end.run();
    }
  }
}
