import { z } from 'zod';
import { objectNames } from '../model/objects.ts';
import { base } from './errors.ts';

const query = {
  q: z.string().max(200),
  limit: z.coerce
    .number<number>('limit must be a whole number from 1 to 50')
    .int('limit must be a whole number from 1 to 50')
    .min(1, 'limit must be from 1 to 50')
    .max(50, 'limit must be from 1 to 50')
    .optional(),
};

const searchHitSchema = z.object({
  /** `task` is an activity of any type. */
  object: z.enum(objectNames),
  id: z.string(),
  /** What a person calls the record. */
  title: z.string(),
  /** One fact that tells it from others of the same name, or the words around what was found. */
  detail: z.string().nullable(),
  /** How it was found: by its name, by a word of its text, or by a name spelt almost so. */
  found_by: z.enum(['name', 'text', 'similar']),
  updated_at: z.string(),
});

export type SearchHit = z.infer<typeof searchHitSchema>;

const hits = z.object({ items: z.array(searchHitSchema) });

/** Search over all records, newest first. Every word must begin a word of the record; case, accents and order are free. */
export const search = {
  /** Contacts, companies and deals by name: fast enough to be asked with every key pressed. */
  names: base.route({ method: 'GET', path: '/search' }).input(z.strictObject(query)).output(hits),
  /** The second answer: activities, texts, and names spelt almost so when few were spelt so. */
  further: base
    .route({ method: 'GET', path: '/search/further' })
    .input(z.strictObject(query))
    .output(hits),
};
