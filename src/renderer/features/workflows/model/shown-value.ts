/** A value of a run's history as text: complete, since the history is the place to see exactly what was there. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

export interface ResultEntry {
  readonly path: string;
  readonly value: unknown;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Ids and bookkeeping of a record say nothing to a reader; what the step set is in the input.
const quiet = new Set(['id', 'created_at', 'updated_at', 'owner_id', 'stage_name', 'status']);

/** The values of an input or output, a record's fields after its name; empty fields of records are left out. */
export function resultEntries(values: Readonly<Record<string, unknown>>): readonly ResultEntry[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!isPlainObject(value)) return [{ path: name, value }];
    return Object.entries(value)
      .filter(([field, inner]) => inner !== null && !quiet.has(field) && !field.endsWith('_id'))
      .map(([field, inner]) => ({ path: `${name}.${field}`, value: inner }));
  });
}
