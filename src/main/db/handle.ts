import type BetterSqlite3 from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema/index.ts';
import { type Effect, effectOf, ReadMemory } from './read-memory.ts';
import { Savepoints } from './savepoints.ts';

export type SqlValue = string | number | bigint | Uint8Array | null;

declare const readerBrand: unique symbol;
declare const writerBrand: unique symbol;

type Orm = BetterSQLite3Database<typeof schema>;

/** What a query gets: it can read, and the types leave it no way to write. */
export interface Reader {
  readonly [readerBrand]: true;
  /** The first row, read by a statement prepared once for its text. Row types are the caller's claim about its SQL. */
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined;
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[];
  /**
   * What `read` returned for the key before, as long as nothing it was read from was written since; records are read
   * each time outside a transaction. The value is shared, so nobody may change it.
   *
   * @param table the one `read` reads from; it may join others
   */
  remember<T>(table: string, key: string, read: () => T): T;
  /** What `remember` would return for the key without a look into the file; undefined when it had to look. */
  recall(table: string, key: string): unknown;
  readonly orm: Pick<Orm, 'select' | 'selectDistinct' | '$count'>;
}

/** What a change gets: only a unit of work hands one out. */
export interface Writer extends Reader {
  readonly [writerBrand]: true;
  /** @returns how many rows it changed */
  run(sql: string, ...values: readonly SqlValue[]): number;
  readonly savepoints: Savepoints;
}

interface Prepared {
  readonly statement: BetterSqlite3.Statement<SqlValue[]>;
  readonly effect: Effect;
}

/** One open connection with its cache of prepared statements, and its memory of what transactions read. */
export class Connection {
  readonly sqlite: BetterSqlite3.Database;
  readonly reader: Reader;
  readonly writer: Writer;
  private readonly statements = new Map<string, Prepared>();
  private readonly memory = new ReadMemory();
  private readonly savepoints = new Savepoints(
    (sql) => this.execute(sql),
    () => this.sqlite.inTransaction,
    () => this.beginAnew(),
  );

  constructor(sqlite: BetterSqlite3.Database) {
    this.sqlite = sqlite;
    const handle = {
      get: (sql: string, ...values: readonly SqlValue[]): unknown =>
        this.prepare(sql).statement.get(...values),
      all: (sql: string, ...values: readonly SqlValue[]): unknown[] =>
        this.prepare(sql).statement.all(...values),
      run: (sql: string, ...values: readonly SqlValue[]): number => {
        this.savepoints.beforeWrite();
        const { statement, effect } = this.prepare(sql);
        const { changes } = statement.run(...values);
        if (effect !== 'none') this.memory.notice(effect, values);
        return changes;
      },
      remember: <T>(table: string, key: string, read: () => T): T =>
        this.memory.remember(table, key, read, () => this.dataVersion()),
      recall: (table: string, key: string): unknown => this.memory.recall(table, key),
      savepoints: this.savepoints,
      orm: drizzle(sqlite, { schema }),
    };
    // The brands exist only in the types, so one object serves as both.
    this.writer = handle as unknown as Writer;
    this.reader = this.writer;
  }

  /** Keeps every other writer out until `commit` or `rollback`. */
  begin(): void {
    this.execute('BEGIN IMMEDIATE');
    this.memory.begin(this.dataVersion());
  }

  /** Another program may have written in between: what is kept of the file shows by `dataVersion` that it is old. */
  private beginAnew(): void {
    this.memory.rollback();
    this.execute('ROLLBACK');
    this.begin();
  }

  commit(): void {
    this.execute('COMMIT');
    this.savepoints.reset();
    this.memory.commit();
  }

  /** Undoes what was written since `begin`, unless SQLite has done so already. */
  rollback(): void {
    this.savepoints.reset();
    this.memory.rollback();
    if (this.sqlite.inTransaction) this.execute('ROLLBACK');
  }

  /** Another number than before when another connection has written the file since. */
  dataVersion(): number {
    // While we write nobody else does.
    if (this.memory.openAt !== null) return this.memory.openAt;
    // Not by better-sqlite3's own `pragma`, which prepares it anew each time.
    const row = this.reader.get<{ data_version: number }>('PRAGMA data_version');
    if (!row) throw new Error('SQLite has no data_version');
    return row.data_version;
  }

  /** What opens and ends transactions and savepoints. */
  private execute(sql: string): void {
    const { statement, effect } = this.prepare(sql);
    statement.run();
    this.memory.notice(effect);
  }

  private prepare(sql: string): Prepared {
    let prepared = this.statements.get(sql);
    if (!prepared) {
      prepared = { statement: this.sqlite.prepare<SqlValue[]>(sql), effect: effectOf(sql) };
      this.statements.set(sql, prepared);
    }
    return prepared;
  }
}
