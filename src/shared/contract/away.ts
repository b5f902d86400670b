import { z } from 'zod';
import { base } from './errors.ts';

const awaySummarySchema = z.object({
  /** From when to when nothing was running; null when nothing came of it. */
  since: z.string().nullable(),
  until: z.string().nullable(),
  /** What became of what fell due meanwhile, per workflow. */
  outcomes: z.array(
    z.object({
      workflow_id: z.string(),
      workflow_name: z.string(),
      /** `resumed`: waits that ended late. `started`: triggers that fired late. `skipped`: too late. */
      outcome: z.enum(['resumed', 'started', 'skipped']),
      count: z.number(),
    }),
  ),
  /** What was missed and waits for the user to say whether it is still to be done. */
  to_decide: z.array(
    z.object({
      workflow_id: z.string(),
      workflow_name: z.string(),
      count: z.number(),
      /** The earliest of the times that were missed. */
      first_due_at: z.string(),
    }),
  ),
});

export type AwaySummary = z.infer<typeof awaySummarySchema>;

/** "While you were away". */
export const away = {
  summary: base.route({ method: 'GET', path: '/away' }).output(awaySummarySchema),
  /** Forgets the outcomes; what is to be decided stays. */
  dismiss: base
    .route({ method: 'POST', path: '/away/dismiss', successStatus: 204 })
    .output(z.void()),
  /** Decides about what a workflow missed, some hundreds at a time: to be called again while any are `left`. */
  decide: base
    .route({ method: 'POST', path: '/workflows/{id}/decide_missed' })
    .input(
      z.strictObject({
        id: z.string(),
        decision: z.enum(['run', 'skip'], 'decision must be one of: run, skip'),
      }),
    )
    .output(z.object({ decided: z.number(), left: z.number() })),
};
