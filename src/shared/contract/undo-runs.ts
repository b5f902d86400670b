import { z } from 'zod';
import { base } from './errors.ts';
import { undoConflictSchema } from './history.ts';
import { idInput } from './lists.ts';

const { object: journalObject, reason } = undoConflictSchema.shape;

const undoneRecordSchema = z.object({
  object: journalObject,
  record_id: z.string(),
  record_name: z.string().nullable(),
  /** `removed`: a run made it, and it goes to the bin. `restored`: it comes back out of it. */
  what: z.enum(['fields', 'removed', 'restored']),
  fields: z.array(z.object({ field: z.string(), now: z.unknown(), back_to: z.unknown() })),
});

const runConflictSchema = z.object({
  /** Names it in `put_back`. */
  id: z.string(),
  execution_id: z.string(),
  object: journalObject,
  record_id: z.string(),
  record_name: z.string().nullable(),
  /** Null: the record as a whole, which a run made and somebody changed since. */
  field: z.string().nullable(),
  reason,
  now: z.unknown(),
  /** What the run wrote, and what was there before it. */
  wrote: z.unknown(),
  back_to: z.unknown(),
  can_put_back: z.boolean(),
});

const undoPreviewSchema = z.object({
  runs: z.number(),
  /** Runs that still wait: they end. */
  ending_runs: z.number(),
  /** The first few hundred of `record_count`. */
  records: z.array(undoneRecordSchema),
  record_count: z.number(),
  /** What holds something else by now: each stays unless it is named in `put_back`. */
  conflicts: z.array(runConflictSchema),
  conflict_count: z.number(),
  /** Emails and webhooks still in the Outbox: they are taken back. */
  taken_back: z.number(),
  /** What cannot be undone: it has left, or is a run of its own. */
  lasting: z.array(
    z.object({
      kind: z.enum(['email', 'webhook', 'run']),
      id: z.string(),
      /** Whom it went to and its subject, its address, or the name of the workflow. */
      label: z.string(),
      at: z.string(),
    }),
  ),
  lasting_count: z.number(),
});

export type UndoRunsPreview = z.infer<typeof undoPreviewSchema>;
export type UndoneRunRecord = z.infer<typeof undoneRecordSchema>;
export type RunConflict = z.infer<typeof runConflictSchema>;

const putBack = {
  /** Ids of conflicts that go back all the same; `all` names every one that can. The others stay. */
  put_back: z
    .union(
      [z.literal('all'), z.array(z.string()).max(10_000)],
      'put_back must be all or a list of ids',
    )
    .optional(),
};

const sinceInput = z.iso.datetime({
  offset: true,
  error: 'since must be an instant such as 2026-01-31T00:00:00Z',
});

const undoResultSchema = z.object({
  runs: z.number(),
  record_count: z.number(),
  kept: z.number(),
});

export type UndoRunsResult = z.infer<typeof undoResultSchema>;

/** What runs did, taken back: of one, or of all of a workflow since an instant. Undo takes it back again. */
export const undoRuns = {
  preview_run: base
    .route({ method: 'GET', path: '/executions/{id}/undo', summary: 'What undoing a run would do' })
    .input(idInput)
    .output(undoPreviewSchema),
  run: base
    .route({ method: 'POST', path: '/executions/{id}/undo', summary: 'Undo a run' })
    .input(z.strictObject({ id: z.string(), ...putBack }))
    .output(undoResultSchema),
  preview_workflow: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/undo',
      summary: 'What undoing the runs of a workflow since an instant would do',
    })
    .input(z.strictObject({ id: z.string(), since: sinceInput }))
    .output(undoPreviewSchema),
  workflow: base
    .route({
      method: 'POST',
      path: '/workflows/{id}/undo',
      summary: 'Undo the runs of a workflow since an instant',
    })
    .input(z.strictObject({ id: z.string(), since: sinceInput, ...putBack }))
    .output(undoResultSchema),
};
