import { z } from 'zod';
import { base } from './errors.ts';
import { pageOf, pageQuery, recordReferenceSchema } from './lists.ts';

const binItemSchema = recordReferenceSchema.extend({
  name: z.string(),
  deleted_at: z.string(),
  /** When it is removed for good. */
  kept_until: z.string(),
});

export type BinItem = z.infer<typeof binItemSchema>;

const records = z
  .array(recordReferenceSchema, 'records must be a list such as [{"object": "contact", "id": "…"}]')
  .min(1, 'records must name at least one record')
  .max(500, 'records may name at most 500 records');

/** What was deleted in the last 30 days, for the screens. */
export const bin = {
  list: base
    .input(
      z
        .strictObject({ ...pageQuery, object: recordReferenceSchema.shape.object.optional() })
        .optional(),
    )
    .output(pageOf(binItemSchema)),
  restore: base.input(z.strictObject({ records })).output(z.object({ count: z.number() })),
  /** Removes them for good; this cannot be undone. */
  remove: base.input(z.strictObject({ records })).output(z.object({ count: z.number() })),
  empty: base.output(z.object({ count: z.number() })),
};
