import type BetterSqlite3 from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema/index.ts';
import { type Effect, effectOf, TransactionMemory } from './transaction-memory.ts';

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
   * What `read` returned for the key before in the same transaction, as long as nothing it was read from was written
   * since; outside a transaction it is read each time. The value is shared, so nobody may change it.
   *
   * @param table the one `read` reads from; it may join others
   */
  remember<T>(table: string, key: string, read: () => T): T;
  readonly orm: Pick<Orm, 'select' | 'selectDistinct' | '$count'>;
}

/** What a change gets: only a unit of work hands one out. */
export interface Writer extends Reader {
  readonly [writerBrand]: true;
  /** @returns how many rows it changed */
  run(sql: string, ...values: readonly SqlValue[]): number;
}

interface Prepared {
  readonly statement: BetterSqlite3.Statement<SqlValue[]>;
  readonly effect: Effect;
}

/** One open connection with its cache of prepared statements, and the memory of its transaction. */
export class Connection {
  readonly sqlite: BetterSqlite3.Database;
  readonly reader: Reader;
  readonly writer: Writer;
  private readonly statements = new Map<string, Prepared>();
  private readonly memory = new TransactionMemory();

  constructor(sqlite: BetterSqlite3.Database) {
    this.sqlite = sqlite;
    const handle = {
      get: (sql: string, ...values: readonly SqlValue[]): unknown =>
        this.prepare(sql).statement.get(...values),
      all: (sql: string, ...values: readonly SqlValue[]): unknown[] =>
        this.prepare(sql).statement.all(...values),
      run: (sql: string, ...values: readonly SqlValue[]): number => {
        const { statement, effect } = this.prepare(sql);
        const { changes } = statement.run(...values);
        if (effect !== 'none') this.memory.notice(effect);
        return changes;
      },
      remember: <T>(table: string, key: string, read: () => T): T =>
        this.memory.remember(table, key, read),
      orm: drizzle(sqlite, { schema }),
    };
    // The brands exist only in the types, so one object serves as both.
    this.writer = handle as unknown as Writer;
    this.reader = this.writer;
  }

  /** Keeps every other writer out until `commit` or `rollback`. */
  begin(): void {
    this.writer.run('BEGIN IMMEDIATE');
    this.memory.begin();
  }

  commit(): void {
    this.writer.run('COMMIT');
    this.memory.end();
  }

  /** Undoes what was written since `begin`; does nothing when SQLite has done so already. */
  rollback(): void {
    this.memory.end();
    if (this.sqlite.inTransaction) this.writer.run('ROLLBACK');
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
