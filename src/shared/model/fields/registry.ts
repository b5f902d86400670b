import type { ObjectName } from '../objects.ts';
import type { CustomFields, CustomName, CustomValue } from './custom-fields.ts';
import { type Field, idField, ownerField, tagsField, timeFields } from './field.ts';

/**
 * The one list of fields. Forms, columns, REST validation, `update_field`, the variable picker and
 * the file's repositories read it; nothing else may list a record's fields.
 */
export const fieldRegistry = {
  contact: [
    idField,
    {
      name: 'first_name',
      label: 'First name',
      type: 'text',
      presence: 'required',
      editable: true,
      max_length: 200,
    },
    {
      name: 'last_name',
      label: 'Last name',
      type: 'text',
      presence: 'optional',
      editable: true,
      max_length: 200,
    },
    { name: 'name', label: 'Name', type: 'text', presence: 'defaulted', editable: false },
    {
      name: 'email',
      label: 'Email',
      type: 'email',
      presence: 'optional',
      editable: true,
      max_length: 320,
    },
    {
      name: 'phone',
      label: 'Phone',
      type: 'phone',
      presence: 'optional',
      editable: true,
      max_length: 60,
    },
    {
      name: 'job_title',
      label: 'Job title',
      type: 'text',
      presence: 'optional',
      editable: true,
      max_length: 200,
    },
    {
      name: 'company_id',
      label: 'Company',
      type: 'link',
      presence: 'optional',
      editable: true,
      links_to: 'company',
    },
    {
      name: 'unsubscribed_at',
      label: 'Unsubscribed',
      type: 'datetime',
      presence: 'optional',
      editable: true,
    },
    tagsField,
    ownerField,
    ...timeFields,
  ],
  company: [
    idField,
    {
      name: 'name',
      label: 'Name',
      type: 'text',
      presence: 'required',
      editable: true,
      max_length: 200,
    },
    {
      name: 'domain',
      label: 'Domain',
      type: 'domain',
      presence: 'optional',
      editable: true,
      max_length: 253,
    },
    {
      name: 'phone',
      label: 'Phone',
      type: 'phone',
      presence: 'optional',
      editable: true,
      max_length: 60,
    },
    {
      name: 'address',
      label: 'Address',
      type: 'long_text',
      presence: 'optional',
      editable: true,
      max_length: 1000,
    },
    tagsField,
    ownerField,
    ...timeFields,
  ],
  deal: [
    idField,
    {
      name: 'title',
      label: 'Title',
      type: 'text',
      presence: 'required',
      editable: true,
      max_length: 300,
    },
    { name: 'value', label: 'Value', type: 'money', presence: 'optional', editable: true },
    {
      name: 'currency',
      label: 'Currency',
      type: 'currency',
      presence: 'defaulted',
      editable: true,
    },
    { name: 'stage', label: 'Stage', type: 'stage', presence: 'defaulted', editable: true },
    {
      name: 'stage_name',
      label: 'Stage name',
      type: 'text',
      presence: 'defaulted',
      editable: false,
    },
    {
      name: 'pipeline',
      label: 'Pipeline',
      type: 'pipeline',
      presence: 'defaulted',
      editable: true,
    },
    {
      name: 'status',
      label: 'Status',
      type: 'choice',
      presence: 'defaulted',
      editable: false,
      choices: ['open', 'won', 'lost'],
    },
    {
      name: 'contact_id',
      label: 'Contact',
      type: 'link',
      presence: 'optional',
      editable: true,
      links_to: 'contact',
    },
    {
      name: 'company_id',
      label: 'Company',
      type: 'link',
      presence: 'optional',
      editable: true,
      links_to: 'company',
    },
    {
      name: 'description',
      label: 'Description',
      type: 'long_text',
      presence: 'optional',
      editable: true,
      max_length: 20_000,
    },
    {
      name: 'expected_close_date',
      label: 'Expected close',
      type: 'date',
      presence: 'optional',
      editable: true,
    },
    {
      name: 'closed_at',
      label: 'Closed',
      type: 'datetime',
      presence: 'optional',
      editable: false,
    },
    {
      name: 'lost_reason',
      label: 'Lost because',
      type: 'text',
      presence: 'optional',
      editable: true,
      max_length: 500,
    },
    tagsField,
    ownerField,
    ...timeFields,
  ],
  task: [
    idField,
    {
      name: 'type',
      label: 'Type',
      type: 'choice',
      presence: 'required',
      editable: true,
      choices: ['task', 'call', 'meeting', 'email'],
    },
    {
      name: 'title',
      label: 'Title',
      type: 'text',
      presence: 'required',
      editable: true,
      max_length: 300,
    },
    {
      name: 'description',
      label: 'Description',
      type: 'long_text',
      presence: 'optional',
      editable: true,
      max_length: 20_000,
    },
    {
      name: 'priority',
      label: 'Priority',
      type: 'choice',
      presence: 'optional',
      editable: true,
      choices: ['low', 'normal', 'high'],
    },
    { name: 'due_at', label: 'Due', type: 'datetime', presence: 'optional', editable: true },
    {
      name: 'remind_at',
      label: 'Reminder',
      type: 'datetime',
      presence: 'optional',
      editable: true,
    },
    {
      name: 'completed_at',
      label: 'Completed',
      type: 'datetime',
      presence: 'optional',
      editable: true,
    },
    {
      name: 'contact_id',
      label: 'Contact',
      type: 'link',
      presence: 'optional',
      editable: true,
      links_to: 'contact',
    },
    {
      name: 'deal_id',
      label: 'Deal',
      type: 'link',
      presence: 'optional',
      editable: true,
      links_to: 'deal',
    },
    {
      name: 'company_id',
      label: 'Company',
      type: 'link',
      presence: 'optional',
      editable: true,
      links_to: 'company',
    },
    tagsField,
    ownerField,
    ...timeFields,
  ],
} as const satisfies Record<ObjectName, readonly Field[]>;

type Registry = typeof fieldRegistry;
type FieldOf<O extends ObjectName> = Registry[O][number];

type ValueOf<F extends Field> = F extends { type: 'money' }
  ? number
  : F extends { type: 'tags' }
    ? string[]
    : F extends { choices: readonly (infer Choice)[] }
      ? Choice
      : string;

/** A record as every transport and template sees it: snake_case, empty values `null`. */
export type RecordDto<O extends ObjectName> = {
  [F in FieldOf<O> as F['name']]: F['presence'] extends 'optional' ? ValueOf<F> | null : ValueOf<F>;
} & { id: string; tags: string[] } & { [name: CustomName]: CustomValue };

type EditableFieldOf<O extends ObjectName> = Extract<FieldOf<O>, { editable: true }>;

type RequiredInput<O extends ObjectName> = {
  [F in Extract<EditableFieldOf<O>, { presence: 'required' }> as F['name']]: ValueOf<F>;
};

type OptionalInput<O extends ObjectName> = {
  [F in Exclude<EditableFieldOf<O>, { presence: 'required' }> as F['name']]?:
    | (F['presence'] extends 'optional' ? ValueOf<F> | null : ValueOf<F>)
    | undefined;
};

/** What makes a record. */
export type RecordInput<O extends ObjectName> = RequiredInput<O> &
  OptionalInput<O> & { [name: CustomName]: CustomValue | undefined };

/** What changes a record; `null` clears. */
export type RecordPatch<O extends ObjectName> = {
  [F in EditableFieldOf<O> as F['name']]?:
    | (F['presence'] extends 'optional' ? ValueOf<F> | null : ValueOf<F>)
    | undefined;
} & { [name: CustomName]: CustomValue | undefined };

export type Contact = RecordDto<'contact'>;
export type Company = RecordDto<'company'>;
export type Deal = RecordDto<'deal'>;
export type Activity = RecordDto<'task'>;

/** @param custom the fields the file adds; without them only those every file has */
export function fieldsOf(object: ObjectName, custom?: CustomFields): readonly Field[] {
  const own = custom?.[object];
  return own === undefined || own.length === 0
    ? fieldRegistry[object]
    : [...fieldRegistry[object], ...own];
}

export function findField(
  object: ObjectName,
  name: string,
  custom?: CustomFields,
): Field | undefined {
  const fields: readonly Field[] = fieldRegistry[object];
  return (
    fields.find((field) => field.name === name) ??
    custom?.[object]?.find((field) => field.name === name)
  );
}

const editableFields: Readonly<Record<ObjectName, readonly Field[]>> = {
  contact: fieldRegistry.contact.filter((field) => field.editable),
  company: fieldRegistry.company.filter((field) => field.editable),
  deal: fieldRegistry.deal.filter((field) => field.editable),
  task: fieldRegistry.task.filter((field) => field.editable),
};

export function editableFieldsOf(object: ObjectName, custom?: CustomFields): readonly Field[] {
  const own = custom?.[object];
  return own === undefined || own.length === 0
    ? editableFields[object]
    : [...editableFields[object], ...own.filter((field) => field.editable)];
}
