import type { RecordDto } from '../../../shared/model/fields/registry.ts';
import { type CustomName, isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { fieldSchema } from '../../../shared/model/fields/schemas.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';
import { invalid } from '../../errors.ts';
import { linkedId } from '../records/column-values.ts';
import type { Columns, Row } from '../records/record-kind.ts';
import { customFieldsOf } from './custom-field-store.ts';

/** A row with the values of its custom fields as columns of their own. A row without any is given back as it is. */
export function expandCustom(row: Row): Row {
  const { custom } = row;
  return custom === null || custom === undefined ? row : { ...row, ...readCustom(custom) };
}

/** The JSON of `custom`; what SQL made unreadable reads as empty, and the next write makes it whole. */
function readCustom(json: unknown): Columns {
  try {
    const value: unknown = JSON.parse(String(json));
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter(([name]) => isCustomName(name)));
  } catch {
    return {};
  }
}

/** Adds the fields in use to a record; one it has no value for is empty. */
export function withCustomFields<O extends ObjectName>(
  record: RecordDto<O>,
  expanded: Row,
  fields: readonly Field[],
): RecordDto<O> {
  if (fields.length === 0) return record;
  const values = fields.map(({ name }) => [name, expanded[name] ?? null] as const);
  return { ...record, ...Object.fromEntries(values) };
}

/**
 * The custom fields of an input, checked, empty ones as null.
 *
 * @throws UserError naming the field
 */
export function customColumns(
  db: Reader,
  object: ObjectName,
  input: Readonly<Record<string, unknown>>,
): Columns {
  const columns: Columns = {};
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || !isCustomName(name)) continue;
    const field = customFieldsOf(db, object).find((known) => known.name === name);
    if (!field) throw invalid(name, `Unknown or read-only key "${name}". Leave it out.`);
    columns[name] = customValue(db, field, value);
  }
  return columns;
}

function customValue(db: Reader, field: Field, value: unknown): Columns[string] {
  const parsed = fieldSchema(field).safeParse(value);
  if (!parsed.success)
    throw invalid(field.name, `${parsed.error.issues[0]?.message ?? 'The value is not valid'}.`);
  const { data } = parsed;
  if (data === null || data === '' || (Array.isArray(data) && data.length === 0)) return null;
  if (field.type === 'link' && typeof data === 'string') return linkedId(db, field, data);
  // Lists and yes or no are JSON in the file; between here and there they travel as they are.
  return data as Columns[string];
}

/** The JSON to write for a row some of whose custom values change; null when none is left. */
export function mergedCustom(row: Row, changed: Columns): string | null {
  const values = { ...(row['custom'] === null ? {} : readCustom(row['custom'])), ...changed };
  const given = Object.entries(values).filter(([, value]) => value !== null);
  return given.length === 0 ? null : JSON.stringify(Object.fromEntries(given));
}

/** How SQL reads a custom field of the record `r`: text, a number, `true` or `false`; several choices as one text. */
export function customExpression({ name, type }: Field): string {
  switch (type) {
    case 'multi_choice':
      return `(SELECT group_concat(value, ', ') FROM json_each(r.custom, '$.${name}'))`;
    case 'boolean':
      // Its value alone could not be told from a number.
      return `(SELECT type FROM json_each(r.custom) WHERE key = '${name}')`;
    default:
      return `json_extract(r.custom, '$.${name}')`;
  }
}

/**
 * A date of the user's own as an index may hold it: null where `custom` is no JSON, instead of an error.
 *
 * @param column the column `custom`, with or without its table
 */
export function customDateExpression(name: CustomName, column: string): string {
  return `(CASE WHEN json_valid(${column}) THEN json_extract(${column}, '$.${name}') END)`;
}
