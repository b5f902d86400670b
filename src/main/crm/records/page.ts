import type { Page } from '../../../shared/contract/lists.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

export interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const defaultPageSize = 50;

export interface Filter {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** One page of a list, newest first: keyset paging by `r.seq`, so a page costs the same however deep it lies. */
export function readPage<Row extends { seq: number }, T>(
  db: Reader,
  select: string,
  filters: readonly Filter[],
  query: PageQuery,
  toItem: (row: Row) => T,
): Page<T> {
  const limit = query.limit ?? defaultPageSize;
  const all =
    query.cursor === undefined
      ? filters
      : [...filters, { sql: 'r.seq < ?', values: [decodeCursor(query.cursor)] }];
  const where = all.length === 0 ? '' : ` WHERE ${all.map((filter) => filter.sql).join(' AND ')}`;
  const values = all.flatMap((filter) => filter.values);
  const rows = db.all<Row>(`${select}${where} ORDER BY r.seq DESC LIMIT ?`, ...values, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toItem),
    next_cursor: rows.length > limit && last ? encodeCursor(last.seq) : null,
  };
}

/** Rows in which any of the expressions contains the text. */
export function containsFilter(expressions: readonly string[], text: string): Filter {
  const pattern = `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return {
    sql: `(${expressions.map((expression) => `${expression} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
    values: expressions.map(() => pattern),
  };
}
