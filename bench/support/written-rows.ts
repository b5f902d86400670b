import type Database from 'better-sqlite3';

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

interface Table {
  readonly name: string;
  readonly key: readonly string[];
  readonly rows: ReadonlyMap<string, Row>;
}

export type Snapshot = readonly Table[];

/** A row that a commit added, or whose columns it changed. */
export type WrittenRow =
  | { readonly kind: 'new'; readonly table: string; readonly row: Row }
  | {
      readonly kind: 'changed';
      readonly table: string;
      readonly key: Row;
      readonly columns: Row;
      /** What they held before. */
      readonly old: Row;
    };

/**
 * Every row of every table, parents before the tables that point at them. Search indexes are left out: triggers keep
 * them, for the floor as for the engine.
 */
export function takeSnapshot(sqlite: Database.Database): Snapshot {
  const tables = sqlite
    .prepare<[], { name: string }>(
      `SELECT s.name FROM sqlite_schema s JOIN pragma_table_list t ON t.name = s.name
        WHERE s.type = 'table' AND t.schema = 'main' AND t.type = 'table' AND s.name NOT LIKE 'sqlite_%' ORDER BY s.rowid`,
    )
    .all();
  return tables.map(({ name }) => {
    const columns = sqlite
      .prepare<[string], { name: string }>(
        'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk',
      )
      .all(name);
    const key = columns.map((column) => column.name);
    const rows = sqlite.prepare<[], Row>(`SELECT * FROM "${name}"`).all();
    return { name, key, rows: new Map(rows.map((row) => [keyOf(row, key), row])) };
  });
}

function keyOf(row: Row, key: readonly string[]): string {
  return JSON.stringify(key.map((column) => row[column]));
}

/** What was written between two snapshots. A row that is gone means that the floor cannot be built from rows alone. */
export function writtenBetween(before: Snapshot, after: Snapshot): WrittenRow[] {
  return after.flatMap(({ name, key, rows }, index) => {
    const old = before[index]?.rows ?? new Map<string, Row>();
    for (const gone of old.keys())
      if (!rows.has(gone)) throw new Error(`The row ${gone} of ${name} is gone`);
    return [...rows].flatMap(([rowKey, row]): WrittenRow[] => {
      const known = old.get(rowKey);
      if (!known) return [{ kind: 'new', table: name, row }];
      const changed = Object.entries(row).filter(([column, value]) => known[column] !== value);
      if (changed.length === 0) return [];
      return [
        {
          kind: 'changed',
          table: name,
          key: pick(row, key),
          columns: Object.fromEntries(changed),
          old: pick(
            known,
            changed.map(([column]) => column),
          ),
        },
      ];
    });
  });
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
}
