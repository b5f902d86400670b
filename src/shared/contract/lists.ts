import { z } from 'zod';

/**
 * Paging of every list, newest first. `cursor` is the `next_cursor` of the answer before.
 * The limit is coerced because a query string carries text.
 */
export const pageQuery = {
  limit: z.coerce
    .number<number>('limit must be a whole number from 1 to 500')
    .int('limit must be a whole number from 1 to 500')
    .min(1, 'limit must be from 1 to 500')
    .max(500, 'limit must be from 1 to 500')
    .optional(),
  cursor: z.string().max(200).optional(),
};

export const searchQuery = { ...pageQuery, q: z.string().max(200).optional() };

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

export interface Page<T> {
  readonly items: T[];
  readonly next_cursor: string | null;
}

export const idInput = z.strictObject({ id: z.string() });

export const recordReferenceSchema = z.object({
  object: z.enum(['contact', 'company', 'deal', 'task']),
  id: z.string(),
});
