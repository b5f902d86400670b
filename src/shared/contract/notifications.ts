import { z } from 'zod';
import { base } from './errors.ts';
import { idInput, pageOf, pageQuery, recordReferenceSchema } from './lists.ts';

export const notificationSchema = z.object({
  id: z.string(),
  title: z.string(),
  message: z.string(),
  urgency: z.enum(['low', 'normal', 'critical']),
  record: recordReferenceSchema.nullable(),
  workflow_id: z.string().nullable(),
  execution_id: z.string().nullable(),
  /** How many of one kind within a minute it stands for. */
  count: z.number(),
  created_at: z.string(),
  read_at: z.string().nullable(),
});

export type Notification = z.infer<typeof notificationSchema>;

export const notifications = {
  list: base
    .route({ method: 'GET', path: '/notifications' })
    .input(z.strictObject(pageQuery).optional())
    .output(pageOf(notificationSchema)),
  mark_read: base.input(idInput).output(notificationSchema),
  mark_all_read: base.output(z.object({ count: z.number() })),
};
