import { z } from 'zod';
import { customFieldTypes, isCustomName } from '../../model/fields/custom-fields.ts';
import { objectNames } from '../../model/objects.ts';
import { isPlainObject } from '../definition-findings.ts';

/** Says what a file is, whatever its name. */
export const workflowFileFormat = 'trellis-workflow';

const json = z.record(z.string(), z.unknown());

/** What a workflow does, without what only one file knows of it: no ids of records, no counts, no status. */
const contentShape = {
  triggers: z
    .array(
      z.strictObject({
        type: z.string('type must be text such as deal_created'),
        config: json.default({}),
      }),
      'triggers must be a list such as [{"type": "deal_created"}]',
    )
    .min(1, 'triggers must hold at least one trigger such as {"type": "deal_created"}'),
  conditions: json.nullable().default(null),
  settings: json.nullable().default(null),
  actions: z.array(z.unknown(), 'actions must be a list of steps').default([]),
};

const contentSchema = z.object(contentShape);

export type WorkflowContent = z.infer<typeof contentSchema>;

const text = (most: number) => z.string().trim().min(1).max(most);

/** A custom field the workflow names: what to make where it is missing. */
const neededFieldSchema = z.strictObject({
  object: z.enum(objectNames, `object must be one of: ${objectNames.join(', ')}`),
  name: z.string().refine(isCustomName, 'name must be that of a custom field, such as cf_birthday'),
  label: text(60),
  type: z.enum(customFieldTypes, `type must be one of: ${customFieldTypes.join(', ')}`),
  choices: z.array(z.string()).optional(),
  links_to: z.enum(objectNames).optional(),
});

export type NeededField = z.infer<typeof neededFieldSchema>;

/** What the workflow names of the file it came from, so that another file can offer its own in its place. */
const needsSchema = z.strictObject({
  fields: z.array(neededFieldSchema).max(200).default([]),
  stages: z.array(z.strictObject({ slug: text(200), name: text(200) })).default([]),
  tags: z.array(text(200)).default([]),
  workflows: z.array(z.strictObject({ id: text(200), name: text(200) })).default([]),
  accounts: z.array(text(320)).default([]),
  secrets: z.array(text(200)).default([]),
});

export const noNeeds: z.infer<typeof needsSchema> = {
  fields: [],
  stages: [],
  tags: [],
  workflows: [],
  accounts: [],
  secrets: [],
};

/** A workflow as one readable JSON file. Keys it does not know are refused, since they might mean something. */
export const workflowFileSchema = z.strictObject({
  format: z.literal(workflowFileFormat, `format must be "${workflowFileFormat}"`),
  format_version: z.literal(1, 'format_version must be 1: a newer Trellis wrote this file'),
  name: z.string('name must be text').trim().min(1, 'name must not be empty').max(200),
  description: z.string('description must be text').max(5_000).nullable().default(null),
  ...contentShape,
  needs: needsSchema.default(noNeeds),
});

export type WorkflowFile = z.infer<typeof workflowFileSchema>;

/** The order people read in; what is not named comes after, by name. */
const readingOrder = [
  'format',
  'format_version',
  'id',
  'type',
  'name',
  'description',
  'enabled',
  'on_error',
  'triggers',
  'conditions',
  'settings',
  'actions',
  'combinator',
  'not',
  'field',
  'operator',
  'value',
  'valueSource',
  'rules',
  'config',
  'equals',
  'then',
  'else',
  'steps',
  'cases',
  'default',
  'do',
  'on_timeout',
  'on_error_steps',
  'needs',
];

function rank(key: string): number {
  const at = readingOrder.indexOf(key);
  return at === -1 ? readingOrder.length : at;
}

/** The same value with its keys in an order that depends on them alone, so that two exports compare line by line. */
export function inStableOrder<T>(value: T): T {
  if (Array.isArray(value)) {
    const list: unknown[] = value.map((one: unknown) => inStableOrder(one));
    // Each element keeps its shape; only keys change places.
    return list as T;
  }
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value).toSorted(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const ordered = Object.fromEntries(keys.map((key) => [key, inStableOrder(value[key])]));
  // The same keys with the same values.
  return ordered as T;
}

/** The text of the file: two spaces, a line each, ended by a line break. */
export function writeWorkflowFile(file: WorkflowFile): string {
  return `${JSON.stringify(inStableOrder(file), null, 2)}\n`;
}
