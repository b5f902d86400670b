import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { endReasons, executionStatuses } from '../workflow/definition.ts';
import { mailContentSchema, webhookContentSchema } from './deliveries.ts';
import { base } from './errors.ts';
import { recordReferenceSchema } from './lists.ts';
import { whySchema } from './why.ts';
import { executionSchema, stepResultSchema } from './workflows.ts';

const instantInput = (name: string) =>
  z.iso.datetime({
    offset: true,
    error: `${name} must be an instant such as 2026-01-31T00:00:00Z`,
  });

/** A definition as the editor holds it; what is left out is as in a new workflow. */
export const draftInput = z.strictObject({
  name: z.string().max(200).optional(),
  trigger_type: z.string('draft.trigger_type must be text such as deal_created').optional(),
  trigger_config: z.record(z.string(), z.unknown()).nullable().optional(),
  triggers: z.array(z.unknown()).min(1).optional(),
  actions: z.array(z.unknown(), 'draft.actions must be a list of steps').optional(),
  conditions: z.record(z.string(), z.unknown()).nullable().optional(),
  settings: z.record(z.string(), z.unknown()).nullable().optional(),
});

const onInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('record'),
      record: recordReferenceSchema,
      /** Runs it as started by hand, whatever the entry conditions and the rule on coming again say. */
      start_anyway: z.boolean().optional(),
    }),
    z.strictObject({
      kind: z.literal('past'),
      from: instantInput('on.from'),
      /** Absent: now. */
      to: instantInput('on.to').optional(),
    }),
  ],
  'on must be {"kind": "record", …} or {"kind": "past", …}',
);

export const rehearsalInput = z.strictObject({
  /** Absent: a workflow that was never saved; then `draft` says what it does. */
  workflow_id: z.string().optional(),
  /** Absent: the workflow as it is stored. */
  draft: draftInput.optional(),
  on: onInput,
});

export type RehearsalInput = z.infer<typeof rehearsalInput>;

const rehearsedEventSchema = z.object({
  /** Null: made up for the rehearsal, since the record has no such event. */
  id: z.string().nullable(),
  type: z.string(),
  occurred_at: z.string(),
});

/** A step on the simulated clock. */
const rehearsedStepSchema = z.object({
  /** When the step was taken; a wait: when it began. */
  at: z.string(),
  /** What the run waits for and until when; what it waited for, in `step.output`. */
  step: stepResultSchema,
  /** What would have left this computer. */
  sends: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('email'), content: mailContentSchema }),
      z.object({ kind: z.literal('webhook'), content: webhookContentSchema }),
    ])
    .nullable(),
});

const changedRecordSchema = z.object({
  object: recordReferenceSchema.shape.object,
  id: z.string(),
  record_name: z.string().nullable(),
  /** The run would have made it. */
  is_new: z.boolean(),
  fields: z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() })),
});

export const rehearsedRunSchema = z.object({
  /** Of the run within the rehearsal; it comes again when the run went on. */
  id: z.string(),
  event: rehearsedEventSchema,
  record: recordReferenceSchema.nullable(),
  record_name: z.string().nullable(),
  status: z.enum(executionStatuses),
  end_reason: z.enum(endReasons).nullable(),
  error_message: z.string().nullable(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  waiting_until: z.string().nullable(),
  waiting_for: executionSchema.shape.waiting_for,
  steps: z.array(rehearsedStepSchema),
  /** Per record, the first old value and the last new one. */
  changes: z.array(changedRecordSchema),
});

export type RehearsedRun = z.infer<typeof rehearsedRunSchema>;

export const rehearsedRefusalSchema = z.object({
  event: rehearsedEventSchema,
  record: recordReferenceSchema.nullable(),
  record_name: z.string().nullable(),
  /** The first rule that said no, with what it saw. */
  rule: whySchema.shape.rule.unwrap(),
  message: z.string(),
  seen: whySchema.shape.seen,
});

export type RehearsedRefusal = z.infer<typeof rehearsedRefusalSchema>;

/** A later change of the past that would have met another value: what happens from there on is a first guess. */
export const rehearsedDifferenceSchema = z.object({
  record: recordReferenceSchema,
  record_name: z.string().nullable(),
  field: z.string(),
  at: z.string(),
  /** What the change found when it happened, and what it would have found. */
  found: z.unknown(),
  instead: z.unknown(),
});

export type RehearsedDifference = z.infer<typeof rehearsedDifferenceSchema>;

export const rehearsalCountsSchema = z.object({
  /** Events looked at, and how many of them a trigger heard. */
  events: z.number(),
  matching: z.number(),
  runs: z.number(),
  statuses: z.partialRecord(z.enum(executionStatuses), z.number()),
  refused: z.array(z.object({ rule: rehearsedRefusalSchema.shape.rule, count: z.number() })),
  /** How many times each step was taken, and how that ended; a step nobody came to is not listed. */
  steps: z.array(
    z.object({
      step_id: z.string(),
      taken: z.number(),
      succeeded: z.number(),
      failed: z.number(),
      skipped: z.number(),
      waiting: z.number(),
    }),
  ),
  /** `then`, `else`, the value of a case, `default`, `on_error`, `timeout`. */
  branches: z.array(z.object({ step_id: z.string(), branch: z.string(), count: z.number() })),
  emails: z.number(),
  webhooks: z.number(),
  records_changed: z.number(),
  records_made: z.number(),
  /** Other active workflows that hear what the runs write; they are not rehearsed. */
  would_start: z.array(
    z.object({ workflow_id: z.string(), name: z.string(), event: z.string(), count: z.number() }),
  ),
  differences: z.number(),
});

export type RehearsalCounts = z.infer<typeof rehearsalCountsSchema>;

const rehearsalMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    /** `copying`: a snapshot of the file; `rewinding`: its records to the beginning; `replaying`: event by event. */
    phase: z.enum(['copying', 'rewinding', 'replaying', 'waiting']),
    done: z.number(),
    total: z.number(),
    /** The simulated clock; null before it began. */
    at: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('found'),
    counts: rehearsalCountsSchema,
    /** New runs, and those that went on: the first few hundred in full, all of them in `counts`. */
    runs: z.array(rehearsedRunSchema),
    refusals: z.array(rehearsedRefusalSchema),
    differences: z.array(rehearsedDifferenceSchema),
  }),
  z.object({ kind: z.literal('done'), counts: rehearsalCountsSchema }),
]);

export type RehearsalMessage = z.infer<typeof rehearsalMessageSchema>;

const rehearsalResultSchema = z.object({
  counts: rehearsalCountsSchema,
  runs: z.array(rehearsedRunSchema),
  refusals: z.array(rehearsedRefusalSchema),
  differences: z.array(rehearsedDifferenceSchema),
});

export type RehearsalResult = z.infer<typeof rehearsalResultSchema>;

/** What a workflow would do, or would have done, to the user's own records. Nothing of it stays. */
export const rehearsal = {
  /** For the screens: results as they come. Ends early, leaving nothing behind, when the caller stops listening. */
  run: base.input(rehearsalInput).output(eventIterator(rehearsalMessageSchema)),
  /** The whole result at once. */
  result: base
    .route({
      method: 'POST',
      path: '/rehearsals',
      summary: 'Rehearse a workflow on a record or on a past period; nothing is kept',
    })
    .input(rehearsalInput)
    .output(rehearsalResultSchema),
};
