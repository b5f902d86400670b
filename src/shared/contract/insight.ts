import { z } from 'zod';
import { executionStatuses } from '../workflow/definition.ts';
import { base } from './errors.ts';
import { executionSchema } from './workflows.ts';

const instant = (name: string) =>
  z.iso.datetime({ error: `${name} must be an instant such as 2026-03-02T00:00:00Z` }).optional();

const count = z.number();

const analyticsSchema = z.object({
  from: z.string(),
  to: z.string(),
  runs: count,
  by_status: z.array(z.object({ status: z.enum(executionStatuses), count })),
  /** Succeeded of those that came to an end by themselves, 0 to 1; null before the first. */
  success_rate: z.number().nullable(),
  /** Of runs that are over, waits included. */
  average_seconds: z.number().nullable(),
  median_seconds: z.number().nullable(),
  /** As it is now, whenever the run began. */
  waiting_now: count,
  /** Of the runs that are over; null for a workflow without a goal, and for all together. */
  goal: z.object({ reached: count, over: count }).nullable(),
  /** The days of the period in the user's zone, empty ones too. */
  days: z.array(
    z.object({ day: z.string(), from: z.string(), succeeded: count, failed: count, other: count }),
  ),
  /** Failed steps by their reason, the most frequent first, at most 50. */
  failures: z.array(
    z.object({
      workflow_id: z.string(),
      workflow_name: z.string(),
      step_id: z.string(),
      step_type: z.string(),
      step_name: z.string().nullable(),
      reason: z.string(),
      count,
      last_execution_id: z.string(),
    }),
  ),
  /** Of one workflow: how often each step was reached, and how that went. Empty for all together. */
  steps: z.array(
    z.object({
      step_id: z.string(),
      type: z.string(),
      name: z.string().nullable(),
      succeeded: count,
      failed: count,
      waiting: count,
      other: count,
      /** Of an `if` or `switch`: which way was taken. */
      branches: z.array(z.object({ branch: z.string(), count })),
    }),
  ),
  /** Of all together: each workflow with runs in the period, the busiest first. */
  workflows: z.array(
    z.object({
      workflow_id: z.string(),
      name: z.string(),
      runs: count,
      succeeded: count,
      failed: count,
      waiting_now: count,
    }),
  ),
});

export type Analytics = z.infer<typeof analyticsSchema>;

const stoppedSchema = z.object({
  workflow_id: z.string(),
  workflow_name: z.string(),
  count,
  last_execution_id: z.string(),
  last_error: z.string().nullable(),
  last_at: z.string(),
});

const attentionSchema = z.object({
  /** Workflows, failed runs and parked runs together: the number beside the screen's name. */
  total: count,
  /** Failed runs that were not gone on with, and not put aside, by workflow. */
  failed: z.array(stoppedSchema),
  /** Runs that wait for a decision. */
  parked: z.array(executionSchema),
  /** Workflows Trellis paused by itself, and active ones that do not run. */
  workflows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum(['paused', 'parked']),
      reason: z.string(),
      since: z.string().nullable(),
    }),
  ),
});

export type Attention = z.infer<typeof attentionSchema>;

const checkSchema = z.object({
  check: z.enum(['active', 'steps', 'parked', 'automation', 'trigger', 'runs', 'failures']),
  is_ok: z.boolean(),
  /** What was found, in words. */
  message: z.string(),
  /** What puts it right; null where nothing is to be done. */
  cure: z
    .enum(['turn_on', 'edit', 'resume_automation', 'run_now', 'retry_failed', 'open_run'])
    .nullable(),
  execution_id: z.string().nullable(),
  at: z.string().nullable(),
});

export type WorkflowCheck = z.infer<typeof checkSchema>;

/** What runs did, what needs the user, and why a workflow does not run. */
export const insight = {
  analytics: base
    .route({
      method: 'GET',
      path: '/workflow_analytics',
      summary: 'Figures of one workflow, or of all, over a period',
    })
    .input(
      z
        .strictObject({
          workflow_id: z.string().optional(),
          /** Default: 30 days before `to`. */
          from: instant('from'),
          /** Default: now. */
          to: instant('to'),
        })
        .optional(),
    )
    .output(analyticsSchema),
  attention: base
    .route({ method: 'GET', path: '/attention', summary: 'What needs the user' })
    .output(attentionSchema),
  attention_count: base.output(z.object({ total: count })),
  /** Goes on with all failed runs of all workflows, or of one. */
  retry_all: base
    .route({ method: 'POST', path: '/attention/retry' })
    .input(z.strictObject({ workflow_id: z.string().optional() }).optional())
    .output(z.object({ count, refused: count })),
  /** Puts the failed runs of a workflow aside: they stay in the list of runs, and ask for nothing any more. */
  dismiss: base
    .route({ method: 'POST', path: '/attention/dismiss' })
    .input(z.strictObject({ workflow_id: z.string() }))
    .output(z.object({ count })),
  /** The way back of `dismiss`. */
  recall: base.input(z.strictObject({ workflow_id: z.string() })).output(z.object({ count })),
  checkup: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/checkup',
      summary: 'Why a workflow does not run, and the cure of each reason',
    })
    .input(z.strictObject({ id: z.string() }))
    .output(z.object({ checks: z.array(checkSchema) })),
};
