import type { ObjectName } from '../objects.ts';
import type { Field } from './field.ts';

/** What a field of the user's own may hold. */
export const customFieldTypes = [
  'text',
  'number',
  'money',
  'date',
  'choice',
  'multi_choice',
  'boolean',
  'link',
] as const satisfies readonly Field['type'][];

export type CustomFieldType = (typeof customFieldTypes)[number];

/** The user's own fields of each object, in their order; what only the file knows of the field registry. */
export type CustomFields = Readonly<Partial<Record<ObjectName, readonly Field[]>>>;

/** Names of custom fields begin so, which no field of the registry does: the two never meet. */
const customPrefix = 'cf_';

export type CustomName = `cf_${string}`;

export type CustomValue = string | number | boolean | string[] | null;

/** Whether a name is that of a custom field, of one that is there or not. */
export function isCustomName(name: string): name is CustomName {
  return /^cf_[a-z0-9_]{1,60}$/.test(name);
}

/** A name for a field from what people call it: `Annual budget (€)` is `cf_annual_budget`. */
export function customNameOf(label: string): CustomName {
  const word = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 50);
  return `${customPrefix}${word === '' ? 'field' : word}`;
}
