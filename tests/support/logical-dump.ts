import type Database from 'better-sqlite3';

/** Tables of what people work with, and the columns that say when somebody last wrote rather than what is there. */
const tables = ['contacts', 'companies', 'deals', 'activities', 'notes'] as const;
/** Rows that are there or are not. */
const plainTables = ['pipelines', 'stages'] as const;
const incidental = new Set(['seq', 'updated_at', 'deleted_at']);

export type LogicalDump = Readonly<Record<string, readonly string[]>>;

/**
 * What the file says about the world: every record and note that is not in the bin, with its fields and its tags. History, order
 * of arrival and the times of writing are left out, so that a state reached by another way is the same state.
 */
export function logicalDump(sqlite: Database.Database): LogicalDump {
  const plain = plainTables.map((table) => {
    const rows = sqlite.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY id`);
    return [table, rows.all().map(lineOf)] as const;
  });
  const records = tables.map((table) => {
    const rows = sqlite
      .prepare<[], Record<string, unknown>>(
        `SELECT r.*, (SELECT json_group_array(name) FROM (SELECT t.name FROM record_tags rt
             JOIN tags t ON t.id = rt.tag_id WHERE rt.record_id = r.id ORDER BY t.name_folded)) AS tags
           FROM ${table} r WHERE r.deleted_at IS NULL ORDER BY r.id`,
      )
      .all();
    return [table, rows.map(lineOf)] as const;
  });
  return Object.fromEntries([...records, ...plain]);
}

function lineOf(row: Record<string, unknown>): string {
  const entries = Object.entries(row).filter(([column]) => !incidental.has(column));
  return JSON.stringify(entries.map(([column, value]) => [column, ordered(value)]));
}

/** The keys of a JSON object in one order: which of them was written first says nothing. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return value;
  return Object.entries(JSON.parse(value)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
