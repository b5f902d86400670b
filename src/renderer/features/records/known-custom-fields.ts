import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';

/** A copy of the answer, for words and layouts that are plain functions: the shell keeps it as it is last heard of. */
let known: CustomFields = {};

/** What the file adds to the field registry, for functions that are no hooks. */
export function customFields(): CustomFields {
  return known;
}

export function keepCustomFields(fields: CustomFields): void {
  known = fields;
}
