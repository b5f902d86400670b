import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { objectNames } from '../model/objects.ts';
import { base } from './errors.ts';

const tagNames = z.array(z.string().trim().min(1).max(60)).min(1, 'tags must name a tag').max(20);

/** What is done to each record. Fields are checked as a `PATCH` of one record would be. */
const changeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), fields: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('add_tags'), tags: tagNames }),
  z.strictObject({ kind: z.literal('remove_tags'), tags: tagNames }),
  z.strictObject({ kind: z.literal('delete') }),
]);

export type BulkChange = z.infer<typeof changeSchema>;

/** Which records: those named, or all that a view shows but for those named. */
const selectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ids'), ids: z.array(z.string()).max(10_000) }),
  z.strictObject({
    kind: z.literal('all'),
    conditions: z.unknown().optional(),
    q: z.string().max(200).optional(),
    except: z.array(z.string()).max(10_000),
  }),
]);

export type BulkSelection = z.infer<typeof selectionSchema>;

const bulkInput = z.strictObject({
  object: z.enum(objectNames),
  selection: selectionSchema,
  change: changeSchema,
  /** Whether workflows answer what is changed. */
  run_workflows: z.enum(['none', 'all']),
});

export type BulkInput = z.infer<typeof bulkInput>;

const bulkProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({
    kind: z.literal('done'),
    changed: z.number(),
    /** They were so already, or are gone by now. */
    unchanged: z.number(),
    refused: z.number(),
    /** Why the first one was refused; null when none was. */
    first_refusal: z.string().nullable(),
  }),
]);

export type BulkProgress = z.infer<typeof bulkProgressSchema>;

/** For the screens: one change to many records, in slices, undone as one action. */
export const bulk = {
  /** Ends early when the caller stops listening: what was changed until then stays, and is undone as one. */
  run: base.input(bulkInput).output(eventIterator(bulkProgressSchema)),
};
