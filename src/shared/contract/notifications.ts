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
  workflow_name: z.string().nullable(),
  execution_id: z.string().nullable(),
  /** How many of one kind within a minute it stands for. */
  count: z.number(),
  created_at: z.string(),
  read_at: z.string().nullable(),
  /** When it comes back, unread; null when it is not put off. */
  snoozed_until: z.string().nullable(),
  done_at: z.string().nullable(),
});

export type Notification = z.infer<typeof notificationSchema>;

/**
 * `inbox`: neither put off nor done with; `unread`: those of it that were not read; `snoozed`; `done`.
 * Without a filter a list has them all.
 */
export const notificationStates = ['inbox', 'unread', 'snoozed', 'done'] as const;
export type NotificationState = (typeof notificationStates)[number];

export const snoozeSpans = ['1_hour', 'tomorrow'] as const;
/** `tomorrow`: 09:00 of the user's next day. */
export type SnoozeSpan = (typeof snoozeSpans)[number];

const oneOf = (names: readonly string[]): string => `must be one of: ${names.join(', ')}`;

export const notifications = {
  list: base
    .route({ method: 'GET', path: '/notifications', summary: 'List notifications' })
    .input(
      z
        .strictObject({
          ...pageQuery,
          state: z.enum(notificationStates, `state ${oneOf(notificationStates)}`).optional(),
          workflow_id: z.string().optional(),
        })
        .optional(),
    )
    .output(pageOf(notificationSchema)),
  mark_read: base
    .route({ method: 'POST', path: '/notifications/{id}/read', summary: 'Mark one as read' })
    .input(idInput)
    .output(notificationSchema),
  mark_all_read: base
    .route({ method: 'POST', path: '/notifications/read', summary: 'Mark all as read' })
    .output(z.object({ count: z.number() })),
  /** Puts it off: it leaves the Inbox, and comes back unread and shown anew. */
  snooze: base
    .route({ method: 'POST', path: '/notifications/{id}/snooze', summary: 'Put one off' })
    .input(
      z.strictObject({
        id: z.string(),
        for: z.enum(snoozeSpans, `for ${oneOf(snoozeSpans)}`),
      }),
    )
    .output(notificationSchema),
  /** Done with: read, out of the Inbox, and the task it is about is completed. */
  mark_done: base
    .route({ method: 'POST', path: '/notifications/{id}/done', summary: 'Mark one as done' })
    .input(idInput)
    .output(notificationSchema),
  /** Back into the Inbox, whether it was put off or done with. The task stays as it is. */
  restore: base
    .route({ method: 'POST', path: '/notifications/{id}/restore', summary: 'Take one back' })
    .input(idInput)
    .output(notificationSchema),
};
