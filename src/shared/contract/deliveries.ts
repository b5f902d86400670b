import { z } from 'zod';
import { errorKinds } from '../model/error-kind.ts';
import { base } from './errors.ts';
import { idInput, pageOf, pageQuery, recordReferenceSchema } from './lists.ts';

const deliveryKinds = ['email', 'webhook'] as const;
export const deliveryStates = [
  /** In its hold: it can be changed and cancelled. */
  'held',
  /** Waits for its next attempt. */
  'queued',
  'sending',
  'sent',
  'failed',
  /** Handed over, no answer came: it may have been sent. */
  'uncertain',
  'cancelled',
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

const addressSchema = z.object({ name: z.string(), address: z.string() });

/** A mail as it was rendered, once. */
export const mailContentSchema = z.object({
  account_id: z.string(),
  message_id: z.string(),
  from: addressSchema,
  to: z.array(addressSchema),
  cc: z.array(addressSchema),
  bcc: z.array(addressSchema),
  reply_to: z.array(addressSchema),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  attachment_ids: z.array(z.string()),
});

export type MailContent = z.infer<typeof mailContentSchema>;

/** A request as it was rendered, once; secrets are named, never held. */
export const webhookContentSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Header name → name of the secret. */
  secret_headers: z.record(z.string(), z.string()),
  sign_with: z.string().nullable(),
  body: z.string().nullable(),
});

export type WebhookContent = z.infer<typeof webhookContentSchema>;

export const deliverySchema = z.object({
  id: z.string(),
  kind: z.enum(deliveryKinds),
  state: z.enum(deliveryStates),
  mail: mailContentSchema.nullable(),
  request: webhookContentSchema.nullable(),
  workflow_id: z.string().nullable(),
  workflow_name: z.string().nullable(),
  execution_id: z.string().nullable(),
  record: recordReferenceSchema.nullable(),
  /** Attempts made so far. */
  attempt: z.number(),
  /** End of the hold, or the next attempt. */
  next_attempt_at: z.string().nullable(),
  last_error: z.string().nullable(),
  /** Who can mend it, of one that was given up; null of any other. */
  error_kind: z.enum(errorKinds).nullable(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});

export type Delivery = z.infer<typeof deliverySchema>;

const addressesInput = z.string().max(10_000).optional();

export const outbox = {
  list: base
    .route({ method: 'GET', path: '/outbox' })
    .input(
      z
        .strictObject({
          ...pageQuery,
          kind: z.enum(deliveryKinds, 'kind must be email or webhook').optional(),
          state: z.enum(deliveryStates, 'state is not known').optional(),
        })
        .optional(),
    )
    .output(pageOf(deliverySchema)),
  get: base.route({ method: 'GET', path: '/outbox/{id}' }).input(idInput).output(deliverySchema),
  /** Changes a mail that is still held; its hold does not begin again. */
  update: base
    .route({ method: 'PATCH', path: '/outbox/{id}' })
    .input(
      z.strictObject({
        id: z.string(),
        to: addressesInput,
        cc: addressesInput,
        bcc: addressesInput,
        subject: z.string().max(2_000).optional(),
        text: z.string().max(1_000_000).optional(),
        html: z.string().max(1_000_000).nullable().optional(),
      }),
    )
    .output(deliverySchema),
  /** Ends a hold, or the wait for the next attempt; one that failed is tried again. */
  send_now: base
    .route({ method: 'POST', path: '/outbox/{id}/send_now' })
    .input(idInput)
    .output(deliverySchema),
  cancel: base
    .route({ method: 'POST', path: '/outbox/{id}/cancel' })
    .input(idInput)
    .output(deliverySchema),
  /** Decides about a mail that may have been sent. */
  resolve: base
    .route({ method: 'POST', path: '/outbox/{id}/resolve' })
    .input(
      z.strictObject({
        id: z.string(),
        decision: z.enum(
          ['arrived', 'send_again', 'give_up'],
          'decision must be one of: arrived, send_again, give_up',
        ),
      }),
    )
    .output(deliverySchema),
  /** Says that somebody answered a mail: emits `email_replied`. */
  replied: base
    .route({ method: 'POST', path: '/outbox/{id}/replied' })
    .input(idInput)
    .output(deliverySchema),
};

export const connectionSchema = z.object({
  id: z.string(),
  opened_at: z.string(),
  /** Why: `webhook`, `email`, or `account_test`. */
  purpose: z.string(),
  protocol: z.string(),
  host: z.string(),
  port: z.number(),
  workflow_id: z.string().nullable(),
  workflow_name: z.string().nullable(),
  execution_id: z.string().nullable(),
  delivery_id: z.string().nullable(),
});

export type ConnectionEntry = z.infer<typeof connectionSchema>;

export const connections = {
  list: base
    .route({ method: 'GET', path: '/connections' })
    .input(z.strictObject(pageQuery).optional())
    .output(pageOf(connectionSchema)),
};
