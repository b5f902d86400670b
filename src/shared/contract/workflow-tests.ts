import { z } from 'zod';
import { base } from './errors.ts';
import { recordReferenceSchema } from './lists.ts';
import { draftInput } from './rehearsal.ts';

const workflowTestSchema = z.object({
  id: z.string(),
  workflow_id: z.string(),
  name: z.string(),
  /** What it begins with, in a word: the kind of record. */
  object: recordReferenceSchema.shape.object,
  created_at: z.string(),
});

export type WorkflowTest = z.infer<typeof workflowTestSchema>;

const testResultSchema = z.object({
  test: workflowTestSchema,
  passed: z.boolean(),
  /** What differs from what is expected, step by step; empty when it passed. */
  differences: z.array(
    z.object({
      /** Null: of the run as a whole. */
      step_id: z.string().nullable(),
      /** `taken`, `status`, `error`, `sends`, or a written field such as `deal.stage`. */
      what: z.string(),
      expected: z.unknown(),
      found: z.unknown(),
    }),
  ),
});

export type WorkflowTestResult = z.infer<typeof testResultSchema>;

const ofWorkflow = z.strictObject({ id: z.string() });
const oneTest = z.strictObject({ id: z.string(), test_id: z.string() });

/** Rehearsals that are kept: the record they began with, and what the workflow is to do with it. */
export const workflowTests = {
  list: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/tests',
      summary: 'List the tests of a workflow',
    })
    .input(ofWorkflow)
    .output(z.object({ items: z.array(workflowTestSchema) })),
  /** Rehearses the workflow on a copy of the record as it is now, and keeps both with what it did. */
  keep: base
    .route({
      method: 'POST',
      path: '/workflows/{id}/tests',
      successStatus: 201,
      summary: 'Keep a rehearsal on a record as a test',
    })
    .input(
      z.strictObject({
        id: z.string(),
        name: z.string('name must be text').trim().min(1, 'name must not be empty').max(200),
        record: recordReferenceSchema,
        start_anyway: z.boolean().optional(),
        /** Absent: the workflow as it is stored. */
        draft: draftInput.optional(),
      }),
    )
    .output(workflowTestSchema),
  /** What the workflow does now is what the test expects from now on. */
  accept: base
    .route({
      method: 'POST',
      path: '/workflows/{id}/tests/{test_id}/accept',
      summary: 'Let a test expect what the workflow does now',
    })
    .input(z.strictObject({ ...oneTest.shape, draft: draftInput.optional() }))
    .output(workflowTestSchema),
  remove: base
    .route({
      method: 'DELETE',
      path: '/workflows/{id}/tests/{test_id}',
      successStatus: 204,
      summary: 'Remove a test of a workflow',
    })
    .input(oneTest)
    .output(z.void()),
  /** Runs all tests of a workflow on a draft of it, or as it is stored. Nothing of it stays. */
  run: base
    .route({
      method: 'POST',
      path: '/workflows/{id}/tests/run',
      summary: 'Run the tests of a workflow',
    })
    .input(z.strictObject({ id: z.string(), draft: draftInput.optional() }))
    .output(z.object({ items: z.array(testResultSchema) })),
};
