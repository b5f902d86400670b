import { z } from 'zod';
import { base } from './errors.ts';
import { idInput, recordReferenceSchema } from './lists.ts';

const mailSecurities = ['tls', 'starttls', 'none'] as const;

export const mailAccountSchema = z.object({
  id: z.string(),
  name: z.string(),
  from_name: z.string().nullable(),
  from_address: z.string(),
  reply_to: z.string().nullable(),
  signature: z.string().nullable(),
  host: z.string(),
  port: z.number(),
  security: z.enum(mailSecurities),
  user_name: z.string().nullable(),
  rate_per_minute: z.number(),
  is_default: z.boolean(),
  /** Whether the secret store of this computer holds its password; the password itself is never told. */
  has_password: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type MailAccount = z.infer<typeof mailAccountSchema>;

const text = (name: string, longest = 300) =>
  z.string(`${name} must be text`).trim().max(longest, `${name} is too long`);

const accountFields = {
  name: text('name').min(1, 'name must not be empty'),
  from_name: text('from_name').nullable(),
  from_address: text('from_address').min(1, 'from_address must not be empty'),
  reply_to: text('reply_to').nullable(),
  signature: text('signature', 5_000).nullable(),
  host: text('host').min(1, 'host must not be empty'),
  port: z.int('port must be a whole number').min(1).max(65_535, 'port must be at most 65535'),
  security: z.enum(mailSecurities, 'security must be one of: tls, starttls, none'),
  user_name: text('user_name').nullable(),
  password: z.string('password must be text').max(2_000).nullable(),
  rate_per_minute: z
    .int('rate_per_minute must be a whole number')
    .min(1, 'rate_per_minute must be at least 1')
    .max(10_000, 'rate_per_minute must be at most 10000'),
  is_default: z.boolean('is_default must be true or false'),
};

const { name, from_address, host, port, security, ...optional } = accountFields;

export const mail_accounts = {
  list: base
    .route({ method: 'GET', path: '/mail_accounts' })
    .output(z.object({ items: z.array(mailAccountSchema) })),
  get: base
    .route({ method: 'GET', path: '/mail_accounts/{id}' })
    .input(idInput)
    .output(mailAccountSchema),
  create: base
    .route({ method: 'POST', path: '/mail_accounts', successStatus: 201 })
    .input(
      z.strictObject({
        name,
        from_address,
        host,
        port,
        security,
        ...z.object(optional).partial().shape,
      }),
    )
    .output(mailAccountSchema),
  update: base
    .route({ method: 'PATCH', path: '/mail_accounts/{id}' })
    .input(z.strictObject({ id: z.string(), ...z.object(accountFields).partial().shape }))
    .output(mailAccountSchema),
  remove: base
    .route({ method: 'DELETE', path: '/mail_accounts/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
  /** Connects and signs in; sends nothing. */
  test: base
    .route({ method: 'POST', path: '/mail_accounts/{id}/test' })
    .input(idInput)
    .output(z.object({ ok: z.boolean(), message: z.string() })),
};

export const emailTemplateSchema = z.object({
  id: z.string(),
  name: z.string(),
  subject: z.string(),
  body: z.string(),
  html: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type EmailTemplate = z.infer<typeof emailTemplateSchema>;

const templateFields = {
  name: text('name').min(1, 'name must not be empty'),
  subject: text('subject', 2_000),
  body: z.string('body must be text').max(200_000),
  html: z.string('html must be text').max(500_000).nullable(),
};

export const email_templates = {
  list: base
    .route({ method: 'GET', path: '/email_templates' })
    .output(z.object({ items: z.array(emailTemplateSchema) })),
  get: base
    .route({ method: 'GET', path: '/email_templates/{id}' })
    .input(idInput)
    .output(emailTemplateSchema),
  create: base
    .route({ method: 'POST', path: '/email_templates', successStatus: 201 })
    .input(z.strictObject({ ...templateFields, html: templateFields.html.optional() }))
    .output(emailTemplateSchema),
  update: base
    .route({ method: 'PATCH', path: '/email_templates/{id}' })
    .input(z.strictObject({ id: z.string(), ...z.object(templateFields).partial().shape }))
    .output(emailTemplateSchema),
  remove: base
    .route({ method: 'DELETE', path: '/email_templates/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
  /** How it would read for a record. Unknown or empty variables are named. */
  preview: base
    .input(
      z.strictObject({
        subject: z.string(),
        body: z.string(),
        html: z.string().nullable(),
        record: recordReferenceSchema.nullable(),
      }),
    )
    .output(
      z.object({
        subject: z.string(),
        text: z.string(),
        html: z.string().nullable(),
        empty: z.array(z.string()),
      }),
    ),
};

const attachmentSchema = z.object({
  id: z.string(),
  file_name: z.string(),
  content_type: z.string(),
  size_bytes: z.number(),
  created_at: z.string(),
});

export const attachments = {
  list: base
    .route({ method: 'GET', path: '/attachments' })
    .output(z.object({ items: z.array(attachmentSchema) })),
  create: base
    .route({ method: 'POST', path: '/attachments', successStatus: 201 })
    .input(
      z.strictObject({
        file_name: text('file_name', 200).min(1, 'file_name must not be empty'),
        content_type: text('content_type', 200).optional(),
        content_base64: z.base64('content_base64 must be base64'),
      }),
    )
    .output(attachmentSchema),
};

export const secrets = {
  /** Names alone: what they hold is never told. */
  list: base.output(z.object({ names: z.array(z.string()) })),
  write: base
    .input(
      z.strictObject({
        name: text('name', 100).min(1, 'name must not be empty'),
        value: z.string('value must be text').min(1, 'value must not be empty').max(5_000),
      }),
    )
    .output(z.object({ names: z.array(z.string()) })),
  remove: base
    .input(z.strictObject({ name: z.string() }))
    .output(z.object({ names: z.array(z.string()) })),
};
