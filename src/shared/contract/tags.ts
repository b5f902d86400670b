import { z } from 'zod';
import { tagColors } from '../model/tags.ts';
import { base } from './errors.ts';
import { idInput } from './lists.ts';

const tagSchema = z.object({
  id: z.string(),
  name: z.string(),
  color: z.enum(tagColors),
  /** How many records have it, those in the bin left out. */
  record_count: z.number(),
});

export type Tag = z.infer<typeof tagSchema>;

/** The tags there are, for the screens. A record's own are its field `tags`. */
export const tags = {
  list: base.output(z.array(tagSchema)),
  update: base
    .input(
      z.strictObject({
        id: z.string(),
        name: z
          .string('name must be text')
          .trim()
          .min(1, 'name must not be empty')
          .max(60, 'name may have at most 60 characters')
          .optional(),
        color: z.enum(tagColors, `color must be one of: ${tagColors.join(', ')}`).optional(),
      }),
    )
    .output(tagSchema),
  /** Every record that has the first gets the second in its place. */
  merge: base
    .input(z.strictObject({ id: z.string(), into: z.string() }))
    .output(z.object({ count: z.number() })),
  /** Takes it off every record. */
  remove: base.input(idInput).output(z.object({ count: z.number() })),
};
