import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { openDatabase } from './open-database.ts';
import * as schema from './schema/index.ts';

interface TableInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

interface ColumnFacts {
  readonly name: string;
  readonly type: string;
  readonly mandatory: boolean;
  readonly fallback: string | null;
  readonly key: boolean;
}

/** A default as SQL writes it. */
function literal(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

const tables = Object.values(schema).filter((table) => is(table, SQLiteTable));

function open() {
  const connection = openDatabase(temporaryFolder());
  onTestFinished(() => void connection.sqlite.close());
  return connection.sqlite;
}

test('the schema queries use has the tables of the file, no more and no less', () => {
  const inFile = open()
    .prepare(
      // The search index is a virtual table with shadows of its own; queries know it by its name alone.
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  expect(new Set(tables.map(getTableName))).toEqual(new Set(inFile));
  expect(tables).toHaveLength(inFile.length);
});

test.each(tables.map((table) => [getTableName(table), table] as const))(
  'the columns of %s are those of the file, in order',
  (name, table) => {
    const inFile = (open().pragma(`table_info(${name})`) as TableInfo[]).map(
      (column): ColumnFacts => ({
        name: column.name,
        type: column.type.toLowerCase(),
        // An INTEGER PRIMARY KEY is the rowid: never null, though SQLite does not say so.
        mandatory: column.notnull === 1 || column.pk > 0,
        fallback: column.dflt_value,
        key: column.pk > 0,
      }),
    );
    // A key of several columns is declared beside them.
    const keys = new Set(getTableConfig(table).primaryKeys.flatMap((key) => key.columns));
    const inSchema = Object.values(getTableColumns(table)).map(
      (column): ColumnFacts => ({
        name: column.name,
        type: column.getSQLType(),
        mandatory: column.notNull || column.primary,
        fallback: literal(column.default),
        key: column.primary || keys.has(column),
      }),
    );
    expect(inSchema).toEqual(inFile);
    expect(Object.keys(getTableColumns(table))).toEqual(inSchema.map((column) => column.name));
  },
);
