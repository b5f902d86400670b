import { z } from 'zod';
import { recordSchema } from '../model/fields/schemas.ts';
import { base } from './errors.ts';
import { executionSchema } from './workflows.ts';

const trendSchema = z.object({
  value: z.number(),
  /** The same figure for the period before. */
  previous: z.number(),
});

const sumsSchema = z.array(z.object({ currency: z.string(), value: z.number() }));

const monthSchema = z.object({
  /** Such as 2026-03. */
  month: z.string(),
  /** Its first day and that of the next, at midnight in the user's zone, as instants. */
  from: z.string(),
  until: z.string(),
  won: z.number(),
  lost: z.number(),
  won_totals: sumsSchema,
  lost_totals: sumsSchema,
});

export type ClosedMonth = z.infer<typeof monthSchema>;

const dealsSchema = z.object({ items: z.array(recordSchema('deal')), count: z.number() });

const runsSinceSchema = z.object({ count: z.number(), failed: z.number() });

export type RunsSince = z.infer<typeof runsSinceSchema>;

const summarySchema = z.object({
  /** Of the last 7 days against the 7 before. */
  deals_created: trendSchema,
  deals_won: trendSchema,
  tasks_completed: trendSchema,
  runs: trendSchema,
  tasks: z.array(recordSchema('task')),
  recent_runs: z.array(executionSchema),
  /** Open deals that are to close within 14 days or should have, the first to close first. */
  closing: dealsSchema,
  /** Open deals that nobody changed for 14 days, the longest first. */
  stale: dealsSchema,
  /** The last twelve months, this one last. */
  closed: z.array(monthSchema),
});

export type HomeSummary = z.infer<typeof summarySchema>;

export const home = {
  /** Badges of the sidebar. */
  counts: base
    .route({ method: 'GET', path: '/home/counts', summary: 'Numbers of the sidebar' })
    .output(
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
  summary: base
    .route({ method: 'GET', path: '/home/summary', summary: 'What the home screen shows' })
    .output(summarySchema),
  /** Kept apart from the summary, which stays the same whenever one looked last. */
  runs_since: base
    .route({
      method: 'GET',
      path: '/home/runs_since',
      summary: 'How many runs there were since an instant, and how many of them failed',
    })
    .input(
      z.strictObject({
        since: z.iso.datetime({
          offset: true,
          error: 'since must be a time such as 2026-12-31T09:00:00Z',
        }),
      }),
    )
    .output(runsSinceSchema),
};
