import type { CustomField } from '../../../shared/contract/custom-fields.ts';
import { customNameOf, type CustomFieldType } from '../../../shared/model/fields/custom-fields.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, notFound } from '../../errors.ts';
import { findCustomField } from './custom-field-store.ts';

export interface CustomFieldInput {
  readonly object: ObjectName;
  readonly label: string;
  readonly type: CustomFieldType;
  readonly choices?: readonly string[] | undefined;
  readonly links_to?: ObjectName | undefined;
}

export interface CustomFieldPatch {
  readonly label?: string | undefined;
  readonly choices?: readonly string[] | undefined;
  readonly position?: number | undefined;
  readonly is_retired?: boolean | undefined;
}

/** The columns of a custom field that can change, as the journal keeps them. */
const changing = ['label', 'choices', 'position', 'retired_at'] as const;

type Column = (typeof changing)[number];
type Columns = Partial<Record<Column, SqlValue>>;

function read(db: Reader, id: string): CustomField {
  const field = findCustomField(db, id);
  if (!field) throw notFound('custom field', id);
  return field;
}

/** @throws UserError naming what is missing or not of the type */
export function createCustomField(unit: UnitOfWork, input: CustomFieldInput): CustomField {
  const { db } = unit;
  const { object, label, type } = input;
  const hasChoices = type === 'choice' || type === 'multi_choice';
  if (hasChoices && (input.choices ?? []).length === 0)
    throw invalid('choices', 'choices is missing. Give a list such as ["small", "large"].');
  if (!hasChoices && input.choices !== undefined)
    throw invalid('choices', `choices: a field of the type ${type} has none. Leave it out.`);
  if (type === 'link' && input.links_to === undefined)
    throw invalid('links_to', 'links_to is missing. Use one of: contact, company, deal, task.');
  if (type !== 'link' && input.links_to !== undefined)
    throw invalid('links_to', `links_to: a field of the type ${type} has none. Leave it out.`);
  refuseSameLabel(db, object, label, null);
  const id = unit.ids.next();
  db.run(
    `INSERT INTO custom_fields (id, object, name, label, type, choices, links_to, position, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    object,
    freeName(db, object, label),
    label,
    type,
    hasChoices ? JSON.stringify(unique(input.choices ?? [])) : null,
    input.links_to ?? null,
    nextPosition(db, object),
    unit.nowText,
  );
  unit.journal({
    object: 'custom_field',
    record_id: id,
    operation: 'create',
    before: null,
    after: { object, label, type },
  });
  return read(db, id);
}

/** @throws UserError `not_found`, or naming what cannot be */
export function updateCustomField(
  unit: UnitOfWork,
  id: string,
  patch: CustomFieldPatch,
): CustomField {
  const field = read(unit.db, id);
  if (patch.choices !== undefined && field.choices === null)
    throw invalid('choices', `choices: a field of the type ${field.type} has none. Leave it out.`);
  if (patch.choices?.length === 0) throw invalid('choices', 'choices must not be empty.');
  if (patch.label !== undefined) refuseSameLabel(unit.db, field.object, patch.label, id);
  writeCustomField(unit, id, {
    ...(patch.label === undefined ? {} : { label: patch.label }),
    ...(patch.choices === undefined ? {} : { choices: JSON.stringify(unique(patch.choices)) }),
    ...(patch.position === undefined ? {} : { position: patch.position }),
    ...(patch.is_retired === undefined || patch.is_retired === field.is_retired
      ? {}
      : { retired_at: patch.is_retired ? unit.nowText : null }),
  });
  return read(unit.db, id);
}

/** Writes what differs, with its journal row; also how undo writes. */
export function writeCustomField(unit: UnitOfWork, id: string, wanted: Columns): void {
  const row = customFieldColumns(unit.db, id);
  if (!row) throw notFound('custom field', id);
  const differing = changing.filter(
    (column) => wanted[column] !== undefined && wanted[column] !== row[column],
  );
  if (differing.length === 0) return;
  const pick = (from: Columns) =>
    Object.fromEntries(differing.map((column) => [column, from[column] ?? null]));
  unit.db.run(
    `UPDATE custom_fields SET ${differing.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...differing.map((column) => wanted[column] ?? null),
    id,
  );
  unit.journal({
    object: 'custom_field',
    record_id: id,
    operation: 'update',
    before: pick(row),
    after: pick(wanted),
  });
}

/** Null when there is no such field. */
export function customFieldColumns(db: Reader, id: string): Columns | null {
  return (
    db.get<Columns>(`SELECT ${changing.join(', ')} FROM custom_fields WHERE id = ?`, id) ?? null
  );
}

function unique(choices: readonly string[]): string[] {
  return [...new Set(choices)];
}

/** Two fields of one name would be told apart by nobody. */
function refuseSameLabel(db: Reader, object: ObjectName, label: string, own: string | null): void {
  const same = db.get(
    'SELECT 1 FROM custom_fields WHERE object = ? AND label = ? AND id IS NOT ? AND retired_at IS NULL',
    object,
    label,
    own,
  );
  if (same) throw invalid('label', `label: there is a field "${label}" already. Choose another.`);
}

function freeName(db: Reader, object: ObjectName, label: string): string {
  const base = customNameOf(label);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!db.get('SELECT 1 FROM custom_fields WHERE object = ? AND name = ?', object, name))
      return name;
  }
}

function nextPosition(db: Reader, object: ObjectName): number {
  const row = db.get<{ next: number | null }>(
    'SELECT max(position) + 1 AS next FROM custom_fields WHERE object = ?',
    object,
  );
  return row?.next ?? 0;
}
