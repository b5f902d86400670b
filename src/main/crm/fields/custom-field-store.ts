import type { CustomField } from '../../../shared/contract/custom-fields.ts';
import type { CustomFields, CustomFieldType } from '../../../shared/model/fields/custom-fields.ts';
import type { Field, LinkTarget } from '../../../shared/model/fields/field.ts';
import { isObjectName, type ObjectName } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';

export interface CustomFieldRow {
  readonly id: string;
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly choices: string | null;
  readonly links_to: string | null;
  readonly position: number;
  readonly retired_at: string | null;
}

const select =
  'SELECT id, object, name, label, type, choices, links_to, position, retired_at FROM custom_fields';

/** Those that are in use, of every object, as the field registry has them. */
export function customFields(db: Reader): CustomFields {
  return db.remember('custom_fields', 'all', () => {
    const rows = db.all<CustomFieldRow>(
      `${select} WHERE retired_at IS NULL ORDER BY position, seq`,
    );
    const found: Partial<Record<ObjectName, Field[]>> = {};
    for (const row of rows) {
      if (isObjectName(row.object)) (found[row.object] ??= []).push(toField(row));
    }
    return found;
  });
}

const none: readonly Field[] = [];

export function customFieldsOf(db: Reader, object: ObjectName): readonly Field[] {
  return customFields(db)[object] ?? none;
}

export function listCustomFields(db: Reader): CustomField[] {
  return db.all<CustomFieldRow>(`${select} ORDER BY object, position, seq`).map(toCustomField);
}

export function findCustomField(db: Reader, id: string): CustomField | undefined {
  const row = db.get<CustomFieldRow>(`${select} WHERE id = ?`, id);
  return row && toCustomField(row);
}

function toCustomField(row: CustomFieldRow): CustomField {
  return {
    id: row.id,
    // Written by the service alone; what SQL made of it meets the contract's own check.
    object: row.object as ObjectName,
    name: row.name,
    label: row.label,
    type: row.type as CustomFieldType,
    choices: readChoices(row.choices),
    links_to: row.links_to as CustomField['links_to'],
    position: row.position,
    is_retired: row.retired_at !== null,
  };
}

function toField(row: CustomFieldRow): Field {
  const choices = readChoices(row.choices);
  return {
    name: row.name,
    label: row.label,
    type: row.type as CustomFieldType,
    presence: 'optional',
    editable: true,
    ...(choices === null ? {} : { choices }),
    ...(row.links_to === null ? {} : { links_to: row.links_to as LinkTarget }),
    ...(row.type === 'text' ? { max_length: 2_000 } : {}),
  };
}

/** Null when there are none; choices that SQL made unreadable are none. */
function readChoices(text: string | null): string[] | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : [];
  } catch {
    return [];
  }
}
