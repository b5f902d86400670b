import { z } from 'zod';
import { viewDefinition } from '../model/views.ts';
import { base } from './errors.ts';
import { idInput, pageOf, pageQuery } from './lists.ts';

const name = z.string().trim().min(1, 'name must not be empty').max(100);

const viewSchema = z.object({
  id: z.string(),
  name: z.string(),
  ...viewDefinition,
  /** Pinned views are shown in the sidebar. */
  is_pinned: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type View = z.infer<typeof viewSchema>;

const viewInput = {
  name,
  ...viewDefinition,
  layout: viewDefinition.layout.optional(),
  conditions: viewDefinition.conditions.nullable().optional(),
  sort: viewDefinition.sort.optional(),
  columns: viewDefinition.columns.optional(),
  group_by: viewDefinition.group_by.optional(),
  is_pinned: z.boolean().optional(),
};

export type ViewInput = z.infer<z.ZodObject<typeof viewInput>>;

/** Which records a view shows; what of it is unsaved travels along, so that no view need be saved to be seen. */
const selection = {
  object: viewDefinition.object,
  conditions: z.unknown().optional(),
  /** Words that each begin a word of the record. */
  q: z.string().max(200).optional(),
};

const selectionSchema = z.strictObject(selection);

export type ViewSelection = z.infer<typeof selectionSchema>;

const listInput = z.strictObject({
  ...selection,
  sort: viewDefinition.sort.optional(),
  /** Sorts by this field first, so that the groups of a table follow each other. */
  group_by: viewDefinition.group_by.optional(),
  /** Only the records in one group of a grouped view. */
  group: z.strictObject({ field: z.string(), value: z.string().nullable() }).optional(),
  ...pageQuery,
});

export type ViewListInput = z.infer<typeof listInput>;

const recordOfAnyKind = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
);

const groupSchema = z.object({
  /** Stored value of the field; null: empty. */
  value: z.string().nullable(),
  /** Name of the record a link points at; null for other fields. */
  label: z.string().nullable(),
  count: z.number(),
});

export type ViewGroup = z.infer<typeof groupSchema>;

/** Saved views (REST) and the records of any view, saved or not (for the screens). */
export const views = {
  list: base
    .route({ method: 'GET', path: '/views' })
    .input(z.strictObject({ object: viewDefinition.object.optional() }).optional())
    .output(z.object({ items: z.array(viewSchema) })),
  get: base.route({ method: 'GET', path: '/views/{id}' }).input(idInput).output(viewSchema),
  create: base
    .route({ method: 'POST', path: '/views', successStatus: 201 })
    .input(z.strictObject(viewInput))
    .output(viewSchema),
  update: base
    .route({ method: 'PATCH', path: '/views/{id}' })
    .input(
      z.strictObject({
        ...viewInput,
        id: z.string(),
        name: name.optional(),
        object: viewDefinition.object.optional(),
      }),
    )
    .output(viewSchema),
  remove: base
    .route({ method: 'DELETE', path: '/views/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
  records: base
    .route({ method: 'GET', path: '/views/{id}/records' })
    .input(z.strictObject({ id: z.string(), ...pageQuery }))
    .output(pageOf(recordOfAnyKind)),
  query: base.input(listInput).output(pageOf(recordOfAnyKind)),
  count: base.input(selectionSchema).output(z.object({ count: z.number() })),
  groups: base
    .input(z.strictObject({ ...selection, group_by: z.string() }))
    .output(z.array(groupSchema)),
};
