import type { ObjectName } from '../objects.ts';

/**
 * What a field holds, and so how it is checked, shown and edited.
 * `money` is a plain number in major units (5000.01), its currency in the record's `currency` field.
 */
export type FieldType =
  | 'id'
  | 'text'
  | 'long_text'
  | 'email'
  | 'phone'
  | 'domain'
  | 'number'
  | 'boolean'
  | 'money'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'choice'
  | 'multi_choice'
  | 'stage'
  | 'pipeline'
  | 'link'
  | 'tags';

/**
 * - `required`: must be given when the record is made and is never empty.
 * - `defaulted`: may be left out, then the application fills it; never empty in an answer.
 * - `optional`: may be empty (`null`).
 */
export type FieldPresence = 'required' | 'defaulted' | 'optional';

/** What a `link` field points at. */
export type LinkTarget = ObjectName | 'user';

export interface Field {
  readonly name: string;
  /** English label, sentence case; screens translate it by the field's name. */
  readonly label: string;
  readonly type: FieldType;
  readonly presence: FieldPresence;
  /** False: computed or kept by the application; writing it is refused. */
  readonly editable: boolean;
  readonly choices?: readonly string[];
  readonly links_to?: LinkTarget;
  /** Longest text accepted, in UTF-16 code units. */
  readonly max_length?: number;
}

/** Fields every record has and nobody edits. */
export const idField = {
  name: 'id',
  label: 'ID',
  type: 'id',
  presence: 'defaulted',
  editable: false,
} as const satisfies Field;

export const timeFields = [
  {
    name: 'created_at',
    label: 'Created',
    type: 'datetime',
    presence: 'defaulted',
    editable: false,
  },
  {
    name: 'updated_at',
    label: 'Updated',
    type: 'datetime',
    presence: 'defaulted',
    editable: false,
  },
] as const satisfies readonly Field[];

export const tagsField = {
  name: 'tags',
  label: 'Tags',
  type: 'tags',
  presence: 'defaulted',
  editable: true,
} as const satisfies Field;

export const ownerField = {
  name: 'owner_id',
  label: 'Owner',
  type: 'link',
  presence: 'defaulted',
  editable: true,
  links_to: 'user',
} as const satisfies Field;
