import type { JournalObject } from '../../shared/model/objects.ts';
import type { Reader, SqlValue } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';

/** Small tables beside the records whose rows are added, changed and taken away whole. */
const tables = {
  pipeline: { table: 'pipelines', columns: ['slug', 'name', 'position'] },
  stage: {
    table: 'stages',
    columns: ['pipeline_id', 'slug', 'name', 'position', 'kind', 'probability'],
  },
  contact_link: {
    table: 'contact_links',
    columns: ['contact_id', 'company_id', 'deal_id', 'role'],
  },
} as const satisfies Partial<
  Record<JournalObject, { readonly table: string; readonly columns: readonly string[] }>
>;

export type RowObject = keyof typeof tables;

export type RowColumns = Readonly<Record<string, SqlValue>>;

export function isRowObject(object: JournalObject): object is RowObject {
  return Object.hasOwn(tables, object);
}

/** The columns of a row as the journal keeps them. */
export function readRow(db: Reader, object: RowObject, id: string): RowColumns | undefined {
  const { table, columns } = tables[object];
  return db.get<RowColumns>(`SELECT ${columns.join(', ')} FROM ${table} WHERE id = ?`, id);
}

/** @param operation `restore`: a row that was there before, with the id it had */
export function insertRow(
  unit: UnitOfWork,
  object: RowObject,
  id: string,
  row: RowColumns,
  operation: 'create' | 'restore' = 'create',
): void {
  const { table, columns } = tables[object];
  unit.db.run(
    `INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`,
    id,
    ...columns.map((column) => row[column] ?? null),
  );
  const after = Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  unit.journal({ object, record_id: id, operation, before: null, after });
}

/** Writes what differs; a row that is as wanted already leaves no trace. */
export function writeRow(
  unit: UnitOfWork,
  object: RowObject,
  id: string,
  wanted: RowColumns,
): void {
  const row = readRow(unit.db, object, id);
  const differing = Object.entries(wanted).filter(([column, value]) => row?.[column] !== value);
  if (!row || differing.length === 0) return;
  unit.db.run(
    `UPDATE ${tables[object].table} SET ${differing.map(([column]) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...differing.map(([, value]) => value),
    id,
  );
  unit.journal({
    object,
    record_id: id,
    operation: 'update',
    before: Object.fromEntries(differing.map(([column]) => [column, row[column] ?? null])),
    after: Object.fromEntries(differing),
  });
}

export function deleteRow(unit: UnitOfWork, object: RowObject, id: string): void {
  const row = readRow(unit.db, object, id);
  if (!row) return;
  unit.db.run(`DELETE FROM ${tables[object].table} WHERE id = ?`, id);
  unit.journal({ object, record_id: id, operation: 'delete', before: row, after: null });
}
