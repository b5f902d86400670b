import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { recordSchema } from '../model/fields/schemas.ts';
import { base } from './errors.ts';
import { executionSchema } from './workflows.ts';

export const themes = ['system', 'light', 'dark'] as const;
export const languages = ['en'] as const;
export const weekStarts = ['monday', 'saturday', 'sunday'] as const;

const settingsSchema = z.object({
  theme: z.enum(themes),
  language: z.enum(languages),
  /** ISO 4217 code new deals get; kept in the file. */
  currency: z.string(),
  /** The day calendars begin their weeks with. Kept in the file. */
  week_start: z.enum(weekStarts),
  user_name: z.string(),
  user_email: z.string().nullable(),
  /** IANA name of the zone days and hours of work are counted in; null: the machine's. Kept in the file. */
  time_zone: z.string().nullable(),
  /** Days that are no business days, such as 2026-12-25, in order. Kept in the file. */
  holidays: z.array(z.string()),
});

export type Settings = z.infer<typeof settingsSchema>;

/** For the settings screen. */
export const settings = {
  get: base.output(settingsSchema),
  update: base
    .input(
      z.strictObject({
        theme: z.enum(themes).optional(),
        language: z.enum(languages).optional(),
        currency: z.string().optional(),
        week_start: z.enum(weekStarts).optional(),
        user_name: z.string().trim().min(1, 'user_name must not be empty').max(200).optional(),
        user_email: z.string().trim().max(320).nullable().optional(),
        time_zone: z.string('time_zone must be text such as Europe/Berlin').nullable().optional(),
        holidays: z
          .array(z.string(), 'holidays must be a list of days such as ["2026-12-25"]')
          .max(1_000, 'holidays may hold 1000 days at most')
          .optional(),
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
    .route({ method: 'GET', path: '/health' })
    .output(z.object({ status: z.literal('ok'), version: z.string(), executor: executorSchema })),
  info: base.output(
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
      /** A page of the file could not be read: the next start offers to repair it. */
      is_damaged: z.boolean(),
      /** True while the file holds no record and no workflow: the first start. */
      is_empty: z.boolean(),
    }),
  ),
  /** Holds all automation back, or lets it go on: events and waits are kept, nothing is carried out meanwhile. */
  pause_automation: base.input(z.strictObject({ paused: z.boolean() })).output(z.null()),
  /** Fills an empty file with a small believable business; refused with `conflict` when it is not empty. */
  load_sample_data: base.output(
    z.object({
      contacts: z.number(),
      companies: z.number(),
      deals: z.number(),
      workflows: z.number(),
    }),
  ),
};

const trendSchema = z.object({
  value: z.number(),
  /** The same figure for the period before. */
  previous: z.number(),
});

export const home = {
  /** Badges of the sidebar. */
  counts: base.output(
    z.object({
      contacts: z.number(),
      companies: z.number(),
      deals_open: z.number(),
      tasks_due: z.number(),
      tasks_overdue: z.number(),
      workflows_active: z.number(),
      notifications_unread: z.number(),
    }),
  ),
  summary: base.output(
    z.object({
      /** Of the last 7 days against the 7 before; open deals and tasks due as they stand now. */
      deals_created: trendSchema,
      deals_won: trendSchema,
      tasks_completed: trendSchema,
      runs: trendSchema,
      tasks: z.array(recordSchema('task')),
      recent_runs: z.array(executionSchema),
    }),
  ),
};

export const liveTopics = [
  'contact',
  'company',
  'deal',
  'task',
  'workflow',
  'execution',
  'notification',
  'settings',
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
