import { z } from 'zod';
import { recordReferenceSchema } from './lists.ts';

/** One thing a rule looked at: what it wants, and what it saw. */
const seenSchema = z.object({
  /** For example `deal.value` or `to_stage`. */
  name: z.string(),
  operator: z.string().nullable(),
  wanted: z.unknown(),
  seen: z.unknown(),
});

/** Why an event did, or did not, start a workflow. */
export const whySchema = z.object({
  event: z.object({
    id: z.string(),
    type: z.string(),
    record: recordReferenceSchema.nullable(),
    record_name: z.string().nullable(),
    occurred_at: z.string(),
  }),
  /** `enrolled`: it started a run. `refused`: the trigger matched and a rule said no. `no_match`: the trigger did not. */
  outcome: z.enum(['enrolled', 'refused', 'no_match', 'pending', 'not_listening']),
  /** The first rule that said no; null when the event started a run. */
  rule: z
    .enum([
      'trigger_type',
      'trigger_config',
      'conditions',
      're_entry',
      'loop',
      'silent',
      'paused',
      'not_active',
      'not_published',
      'error',
      'not_dispatched',
    ])
    .nullable(),
  /** In words, with the cure where there is one. */
  message: z.string(),
  seen: z.array(seenSchema),
  execution_id: z.string().nullable(),
});

export type Why = z.infer<typeof whySchema>;
export type WhySeen = z.infer<typeof seenSchema>;
