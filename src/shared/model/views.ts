import { z } from 'zod';
import { objectNames } from './objects.ts';

/** How a view shows its records. A board has a column for each choice of a field, a calendar a day for each date. */
export const viewLayouts = ['table', 'board', 'calendar'] as const;

export type ViewLayout = (typeof viewLayouts)[number];

export const viewSortSchema = z.strictObject({
  field: z.string().max(100),
  direction: z.enum(['asc', 'desc']),
});

export type ViewSort = z.infer<typeof viewSortSchema>;

export const viewColumnSchema = z.strictObject({
  field: z.string().max(100),
  /** Pixels; absent: what the field's type needs. */
  width: z.number().int().min(40).max(2_000).optional(),
});

export type ViewColumn = z.infer<typeof viewColumnSchema>;

/** What a view is, apart from its name and place. Absent and null mean: as the kind of record has it. */
export const viewDefinition = {
  object: z.enum(objectNames, `object must be one of: ${objectNames.join(', ')}`),
  layout: z.enum(viewLayouts, `layout must be one of: ${viewLayouts.join(', ')}`),
  /** The tree workflows use; checked by `checkConditions`, whose words name the fault. */
  conditions: z.unknown(),
  sort: viewSortSchema.nullable(),
  columns: z.array(viewColumnSchema).max(100).nullable(),
  /** A field with choices, a stage or a link: the sections of a table, the columns of a board. */
  group_by: z.string().max(100).nullable(),
};
