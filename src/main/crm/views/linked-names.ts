import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { customExpression } from '../fields/custom-values.ts';

/** The name of what a link of the record `r` points at, as SQL that ignores case. */
export function linkedNames(field: Field): string {
  const id = isCustomName(field.name) ? customExpression(field) : `r.${field.name}`;
  switch (field.links_to ?? 'contact') {
    case 'contact':
      return `(SELECT trim(first_name || ' ' || coalesce(last_name, '')) FROM contacts WHERE id = ${id}) COLLATE NOCASE`;
    case 'company':
      return `(SELECT name FROM companies WHERE id = ${id}) COLLATE NOCASE`;
    case 'deal':
      return `(SELECT title FROM deals WHERE id = ${id}) COLLATE NOCASE`;
    case 'task':
      return `(SELECT title FROM activities WHERE id = ${id}) COLLATE NOCASE`;
    case 'user':
      return `(SELECT name FROM users WHERE id = ${id}) COLLATE NOCASE`;
  }
}
