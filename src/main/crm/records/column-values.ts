import type { Field } from '../../../shared/model/fields/field.ts';
import { editableFieldsOf } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { UserError, invalid } from '../../errors.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import { besideOf } from '../../db/read-memory.ts';
import type { Columns } from './record-kind.ts';

/** How what a link field points at is found: what is in the bin is not. */
const linkTargets = {
  contact: {
    table: 'contacts',
    beside: besideOf('contacts'),
    find: 'SELECT 1 FROM contacts WHERE id = ? AND deleted_at IS NULL',
  },
  company: {
    table: 'companies',
    beside: besideOf('companies'),
    find: 'SELECT 1 FROM companies WHERE id = ? AND deleted_at IS NULL',
  },
  deal: {
    table: 'deals',
    beside: besideOf('deals'),
    find: 'SELECT 1 FROM deals WHERE id = ? AND deleted_at IS NULL',
  },
  task: {
    table: 'activities',
    beside: besideOf('activities'),
    find: 'SELECT 1 FROM activities WHERE id = ? AND deleted_at IS NULL',
  },
  user: { table: 'users', beside: besideOf('users'), find: 'SELECT 1 FROM users WHERE id = ?' },
} as const;

/**
 * The columns of the fields that are stored as they are, under their own name. Kinds add what they store otherwise.
 *
 * @param input keys that are absent or `undefined` are left out
 * @throws UserError naming the field when a required one is empty or a link points at nothing
 */
export function plainColumns(
  db: Reader,
  object: ObjectName,
  input: Readonly<Record<string, unknown>>,
  except: readonly string[] = [],
): Columns {
  const columns: Columns = {};
  for (const field of editableFieldsOf(object)) {
    const value = input[field.name];
    // Tags live in tables of their own; the record store writes them.
    if (value === undefined || field.type === 'tags' || except.includes(field.name)) continue;
    columns[field.name] = columnValue(db, field, value);
  }
  return columns;
}

function columnValue(db: Reader, field: Field, value: unknown): SqlValue {
  if (value === null || value === '') {
    if (field.presence !== 'optional')
      throw invalid(field.name, `${field.name} must not be empty.`);
    return null;
  }
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw invalid(field.name, `${field.name} must be text.`);
  if (field.type === 'datetime') return new Date(value).toISOString();
  if (field.type === 'link') return linkedId(db, field, value);
  return value;
}

/** @throws UserError naming the field when nothing that is there has this id */
export function linkedId(db: Reader, field: Field, id: string): string {
  const target = field.links_to ?? 'contact';
  const { table, beside, find } = linkTargets[target];
  // A run that has just read the record need not ask for it.
  const found = db.recall(table, id) ?? db.remember(beside, id, () => db.get(find, id));
  if (!found) {
    throw new UserError(
      'validation_failed',
      `${field.name}: there is no ${target} with the id "${id}".`,
      {
        field: field.name,
      },
    );
  }
  return id;
}
