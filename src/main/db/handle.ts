import type BetterSqlite3 from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema/index.ts';

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
  readonly orm: Pick<Orm, 'select' | 'selectDistinct' | '$count'>;
}

/** What a change gets: only a unit of work hands one out. */
export interface Writer extends Reader {
  readonly [writerBrand]: true;
  /** @returns how many rows it changed */
  run(sql: string, ...values: readonly SqlValue[]): number;
}

/** One open connection with its cache of prepared statements. */
export class Connection {
  readonly sqlite: BetterSqlite3.Database;
  readonly reader: Reader;
  readonly writer: Writer;
  private readonly statements = new Map<string, BetterSqlite3.Statement<SqlValue[]>>();

  constructor(sqlite: BetterSqlite3.Database) {
    this.sqlite = sqlite;
    const handle = {
      get: (sql: string, ...values: readonly SqlValue[]): unknown =>
        this.prepare(sql).get(...values),
      all: (sql: string, ...values: readonly SqlValue[]): unknown[] =>
        this.prepare(sql).all(...values),
      run: (sql: string, ...values: readonly SqlValue[]): number =>
        this.prepare(sql).run(...values).changes,
      orm: drizzle(sqlite, { schema }),
    };
    // The brands exist only in the types, so one object serves as both.
    this.writer = handle as unknown as Writer;
    this.reader = this.writer;
  }

  private prepare(sql: string): BetterSqlite3.Statement<SqlValue[]> {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.sqlite.prepare<SqlValue[]>(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}
