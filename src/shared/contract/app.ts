import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base } from './errors.ts';

export const themes = ['system', 'light', 'dark'] as const;
export const languages = ['en'] as const;
export const weekStarts = ['monday', 'saturday', 'sunday'] as const;

const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time must be like 22:00, from 00:00 to 23:59');

const quietHoursSchema = z.strictObject(
  { from: wallTime, to: wallTime },
  'quiet_hours must be null or an object such as {"from": "22:00", "to": "07:00"}',
);

export type QuietHours = z.infer<typeof quietHoursSchema>;

const settingsSchema = z.object({
  theme: z.enum(themes),
  language: z.enum(languages),
  /** ISO 4217 code new deals get; kept in the file. */
  currency: z.string(),
  /** The day calendars begin their weeks with. Kept in the file. */
  week_start: z.enum(weekStarts),
  user_name: z.string(),
  user_email: z.string().nullable(),
  /** True: nothing leaves this computer. */
  no_network: z.boolean(),
  /** How long a mail stays in the Outbox before it is sent. */
  mail_hold_seconds: z.number(),
  /** IANA name of the zone days and hours of work are counted in; null: the machine's. Kept in the file. */
  time_zone: z.string().nullable(),
  /** Days that are no business days, such as 2026-12-25, in order. Kept in the file. */
  holidays: z.array(z.string()),
  /** History older than this goes. */
  history_days: z.number(),
  /** History beyond this goes, the oldest first. */
  history_megabytes: z.number(),
  /** On the clock of this computer, over midnight too; null: none. Nothing is shown then but in the Inbox. */
  quiet_hours: quietHoursSchema.nullable(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** For the settings screen. */
export const settings = {
  get: base
    .route({ method: 'GET', path: '/settings', summary: 'Read the settings' })
    .output(settingsSchema),
  update: base
    .route({ method: 'PATCH', path: '/settings', summary: 'Change settings' })
    .input(
      z.strictObject({
        theme: z.enum(themes).optional(),
        language: z.enum(languages).optional(),
        currency: z.string().optional(),
        week_start: z.enum(weekStarts).optional(),
        user_name: z.string().trim().min(1, 'user_name must not be empty').max(200).optional(),
        user_email: z.string().trim().max(320).nullable().optional(),
        no_network: z.boolean('no_network must be true or false').optional(),
        mail_hold_seconds: z
          .int('mail_hold_seconds must be a whole number')
          .min(0, 'mail_hold_seconds must be at least 0')
          .max(86_400, 'mail_hold_seconds must be at most 86400')
          .optional(),
        time_zone: z.string('time_zone must be text such as Europe/Berlin').nullable().optional(),
        holidays: z
          .array(z.string(), 'holidays must be a list of days such as ["2026-12-25"]')
          .max(1_000, 'holidays may hold 1000 days at most')
          .optional(),
        history_days: z
          .int('history_days must be a whole number of days')
          .min(1, 'history_days must be at least 1')
          .max(36_500, 'history_days may be 36500 at most')
          .optional(),
        history_megabytes: z
          .int('history_megabytes must be a whole number')
          .min(1, 'history_megabytes must be at least 1')
          .max(1_000_000, 'history_megabytes may be 1000000 at most')
          .optional(),
        quiet_hours: quietHoursSchema.nullable().optional(),
      }),
    )
    .output(settingsSchema),
};

const executorSchema = z.object({
  /** `here`: this program runs workflows. `elsewhere`: another program holds the file's executor lock. */
  state: z.enum(['here', 'elsewhere', 'stopped']),
  holder: z.string().nullable(),
});

export const system = {
  /** Answers without a token and says nothing about the data. */
  health: base
    .route({ method: 'GET', path: '/health', summary: 'Is it there, and who runs workflows' })
    .output(z.object({ status: z.literal('ok'), version: z.string(), executor: executorSchema })),
  info: base.route({ method: 'GET', path: '/info', summary: 'About this program' }).output(
    z.object({
      version: z.string(),
      host: z.enum(['desktop', 'server']),
      data_dir: z.string(),
      sqlite_version: z.string(),
      time_zone: z.string(),
      currencies: z.array(z.string()),
      executor: executorSchema,
      /** The user holds all automation back. */
      automation_paused: z.boolean(),
      /** The version before the last update, whose news the user has not seen; null: nothing is new. */
      updated_from: z.string().nullable(),
      /** A page of the file could not be read: the next start offers to repair it. */
      is_damaged: z.boolean(),
      /** True while the file holds no record and no workflow: the first start. */
      is_empty: z.boolean(),
    }),
  ),
  /** Holds all automation back, or lets it go on: events and waits are kept, nothing is carried out meanwhile. */
  pause_automation: base.input(z.strictObject({ paused: z.boolean() })).output(z.null()),
  /** The user knows what is new in this version. */
  note_version: base.output(z.null()),
  /** What history takes of the file, estimated, and since when it is there. */
  history: base.output(
    z.object({
      bytes: z.number(),
      events: z.number(),
      runs: z.number(),
      oldest_at: z.string().nullable(),
    }),
  ),
  /** Fills an empty file with a small believable business; refused with `conflict` when it is not empty. */
  load_sample_data: base
    .route({ method: 'POST', path: '/sample_data', summary: 'Fill an empty file with sample data' })
    .output(
      z.object({
        contacts: z.number(),
        companies: z.number(),
        deals: z.number(),
        workflows: z.number(),
      }),
    ),
};

export const liveTopics = [
  'contact',
  'company',
  'deal',
  'task',
  'note',
  'custom_field',
  'tag',
  'pipeline',
  'stage',
  'contact_link',
  'workflow',
  'execution',
  'notification',
  'settings',
  'delivery',
  'connection',
  'mail_account',
  'email_template',
  'view',
  'backup',
] as const;

export const liveMessageSchema = z.union([
  /** `all`: written by another program, so anything may have changed. */
  z.object({ kind: z.literal('all') }),
  /** Sent at once, so that the client knows the stream is open. */
  z.object({ kind: z.literal('hello') }),
  z.object({
    kind: z.literal('changed'),
    changes: z.array(z.object({ topic: z.enum(liveTopics), id: z.string() })),
  }),
  /** For a toast: what automation just did. */
  z.object({
    kind: z.literal('notified'),
    id: z.string(),
    title: z.string(),
    message: z.string(),
  }),
]);

export type LiveMessage = z.infer<typeof liveMessageSchema>;

export const live = {
  /** Stays open: a message after each commit that changed something. */
  changes: base.output(eventIterator(liveMessageSchema)),
};
