import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { editableFieldsOf, fieldsOf, findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { AnyRecord } from './record-api.ts';
import { customFields } from './known-custom-fields.ts';

interface Layout {
  /** The field that names a record. */
  readonly title: string;
  /** Fields a table or panel shows by another one's help: the parts of a name, a currency beside its value. */
  readonly folded: readonly string[];
}

const layouts = {
  contact: { title: 'name', folded: ['first_name', 'last_name'] },
  company: { title: 'name', folded: [] },
  deal: { title: 'title', folded: ['currency', 'stage_name', 'status', 'pipeline'] },
  task: { title: 'title', folded: ['completed_at'] },
} as const satisfies Record<ObjectName, Layout>;

/** Never typed in by hand: there is one user, and ticking completes. */
const unasked: ReadonlySet<string> = new Set(['owner_id', 'completed_at']);

export function titleOf(object: ObjectName, record: AnyRecord): string {
  return String(record[layouts[object].title] ?? '');
}

export function titleField(object: ObjectName): string {
  return layouts[object].title;
}

function isFolded(object: ObjectName, field: Field): boolean {
  const folded: readonly string[] = layouts[object].folded;
  return folded.includes(field.name);
}

/** What a table shows, the title first. */
export function tableFields(object: ObjectName, custom: CustomFields): readonly Field[] {
  const title = findField(object, layouts[object].title);
  const rest = fieldsOf(object, custom).filter(
    (field) =>
      field.name !== title?.name &&
      field.name !== 'updated_at' &&
      field.type !== 'id' &&
      field.type !== 'long_text' &&
      field.links_to !== 'user' &&
      !isFolded(object, field),
  );
  return title ? [title, ...rest] : rest;
}

/** What the panel lets one edit; the title is edited in its header when it is a field of its own. */
export function panelFields(object: ObjectName): readonly Field[] {
  return editableFieldsOf(object, customFields()).filter(
    (field) => !unasked.has(field.name) && field.name !== layouts[object].title,
  );
}

/** What the create form asks for: the title first, long texts last. */
export function formFields(object: ObjectName): readonly Field[] {
  const fields = editableFieldsOf(object, customFields()).filter(
    // Whoever picks a stage has picked its pipeline.
    (field) => !unasked.has(field.name) && field.type !== 'pipeline',
  );
  const rank = (field: Field) =>
    field.name === layouts[object].title ? 0 : field.type === 'long_text' ? 2 : 1;
  return fields.toSorted((a, b) => rank(a) - rank(b));
}

/** A form's line of its own; all others go two to a line. */
export function isWide(object: ObjectName, field: Field): boolean {
  return field.name === layouts[object].title || field.type === 'long_text';
}
