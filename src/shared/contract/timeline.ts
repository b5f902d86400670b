import { z } from 'zod';
import { recordSchema } from '../model/fields/schemas.ts';
import { base } from './errors.ts';
import { pageOf, pageQuery, recordReferenceSchema } from './lists.ts';
import { noteSchema } from './notes.ts';
import { executionSchema } from './workflows.ts';

export const timelineFilters = [
  'all',
  'notes',
  'activities',
  'emails',
  'changes',
  'automation',
] as const;

export type TimelineFilter = (typeof timelineFilters)[number];

const changeSchema = z.object({
  operation: z.enum(['create', 'update', 'delete', 'restore']),
  /** Old and new of each field, as the API carries values; empty unless it is an update. */
  fields: z.array(z.object({ field: z.string(), old: z.unknown(), new: z.unknown() })),
  /** Who wrote it; with a run, its workflow's name. */
  actor: z.object({
    kind: z.string(),
    workflow_name: z.string().nullable(),
    execution_id: z.string().nullable(),
  }),
});

export type TimelineChange = z.infer<typeof changeSchema>;

const entry = { key: z.string(), at: z.string() };

const timelineItemSchema = z.discriminatedUnion('kind', [
  z.object({ ...entry, kind: z.literal('note'), note: noteSchema }),
  z.object({ ...entry, kind: z.literal('activity'), activity: recordSchema('task') }),
  z.object({ ...entry, kind: z.literal('change'), change: changeSchema }),
  z.object({ ...entry, kind: z.literal('run'), run: executionSchema }),
]);

export type TimelineItem = z.infer<typeof timelineItemSchema>;

const record = recordReferenceSchema.shape;

const asOfInput = z.strictObject({
  ...record,
  at: z.iso.datetime({
    offset: true,
    error: 'at must be a time with its zone, such as 2026-12-31T09:00:00Z',
  }),
});

const asOfSchema = z.object({
  /** False before the record was added. */
  existed: z.boolean(),
  in_bin: z.boolean(),
  /** Fields that held something else then, as they were and as they are. */
  fields: z.array(z.object({ field: z.string(), then: z.unknown(), now: z.unknown() })),
});

export type RecordAsOf = z.infer<typeof asOfSchema>;

/** What happened with one record, the latest first, for the screens. */
export const timeline = {
  list: base
    .input(z.strictObject({ ...pageQuery, ...record, filter: z.enum(timelineFilters).optional() }))
    .output(pageOf(timelineItemSchema)),
  /** The record as it was right after an instant. */
  as_of: base.input(asOfInput).output(asOfSchema),
  /** Gives a record back the fields it had then: one action, which can be undone. */
  restore: base.input(asOfInput).output(z.object({ count: z.number() })),
};
