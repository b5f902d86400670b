import type { StepResult } from '../../../../shared/contract/workflows.ts';
import { isObjectName, type ObjectName } from '../../../../shared/model/objects.ts';

/** A value of a run's history as text: complete, since the history is the place to see exactly what was there. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // Tags, and other lists of words.
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) {
    return value.join(', ');
  }
  return JSON.stringify(value);
}

export interface ResultEntry {
  readonly path: string;
  readonly value: unknown;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface CreatedRecord {
  readonly object: ObjectName;
  readonly id: string;
  readonly name: string;
}

/** The records a step's output holds: `task` and `deal` of the steps that create one. */
export function createdRecords(
  output: Readonly<Record<string, unknown>>,
): readonly CreatedRecord[] {
  return Object.entries(output).flatMap(([object, value]) => {
    if (!isObjectName(object) || !isPlainObject(value)) return [];
    const { id, title, name } = value;
    if (typeof id !== 'string') return [];
    return [{ object, id, name: shownValue(title ?? name) }];
  });
}

/** What changed in records that were there before; all that is in a new record is new anyway. */
export function changesOfExisting(
  changes: StepResult['changes'],
  created: readonly CreatedRecord[],
): StepResult['changes'] {
  return changes.filter(({ id }) => !created.some((record) => record.id === id));
}

// Ids and bookkeeping of a record say nothing to a reader; what the step set is in the input.
const quiet = new Set(['id', 'created_at', 'updated_at', 'owner_id', 'stage_name', 'status']);

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** The values of an input or output, a record's fields after its name; empty fields of records are left out. */
export function resultEntries(values: Readonly<Record<string, unknown>>): readonly ResultEntry[] {
  return Object.entries(values).flatMap(([name, value]) => {
    // An id at the top is there for later steps, not for a reader.
    if (!isPlainObject(value)) return name.endsWith('_id') ? [] : [{ path: name, value }];
    return Object.entries(value)
      .filter(([field, inner]) => !isEmpty(inner) && !quiet.has(field) && !field.endsWith('_id'))
      .map(([field, inner]) => ({ path: field, value: inner }));
  });
}
