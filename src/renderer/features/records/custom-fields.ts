import { useQuery } from '@tanstack/react-query';
import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import type { CustomField } from '../../../shared/contract/custom-fields.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { keepCustomFields } from './known-custom-fields.ts';

function toField({ name, label, type, choices, links_to: target }: CustomField): Field {
  return {
    name,
    label,
    type,
    presence: 'optional',
    editable: true,
    ...(choices === null ? {} : { choices }),
    ...(target === null ? {} : { links_to: target }),
  };
}

/** Made anew only when the answer is a new one, so that what depends on it need not be. */
const made = new WeakMap<readonly CustomField[], CustomFields>();

function toCustomFields(list: readonly CustomField[]): CustomFields {
  const known = made.get(list);
  if (known) return known;
  const fields: Partial<Record<ObjectName, Field[]>> = {};
  for (const field of list) {
    if (!field.is_retired) (fields[field.object] ??= []).push(toField(field));
  }
  made.set(list, fields);
  return fields;
}

const none: CustomFields = {};

/** What the file adds to the field registry; what uses it is drawn again when the fields change. */
export function useCustomFields(): CustomFields {
  const { data } = useQuery(api.custom_fields.list.queryOptions());
  const fields = data ? toCustomFields(data) : none;
  // The shell does this before anything in it is drawn; doing it twice changes nothing.
  keepCustomFields(fields);
  return fields;
}
