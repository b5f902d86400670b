import { z } from 'zod';
import { base } from './errors.ts';
import { idInput } from './lists.ts';
import { workflowSchema } from './workflows.ts';

const versionSchema = z.object({
  number: z.number(),
  /** When it was published. */
  created_at: z.string(),
  runs: z.number(),
  /** Of these, runs that have not come to their end. */
  open_runs: z.number(),
});

export type VersionSummary = z.infer<typeof versionSchema>;

const config = z.record(z.string(), z.unknown());

const definitionSchema = versionSchema.pick({ number: true, created_at: true }).extend({
  triggers: z.array(z.object({ type: z.string(), config })),
  conditions: config.nullable(),
  settings: config,
  actions: z.array(z.unknown()),
});

export type VersionDefinition = z.infer<typeof definitionSchema>;

/** Over REST the number is a part of the address, and so a text. */
const numberInput = z.coerce
  .number('number must be the number of a version')
  .int('number must be a whole number')
  .min(1, 'number must be 1 or more');

const versionInput = z.strictObject({ id: z.string(), number: numberInput });

/** What was published of a workflow: never changed, so that a run can be read by what it followed. */
export const versions = {
  /** Newest first. */
  list: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/versions',
      summary: 'List the versions of a workflow',
    })
    .input(idInput)
    .output(z.object({ items: z.array(versionSchema) })),
  get: base
    .route({ method: 'GET', path: '/workflows/{id}/versions/{number}' })
    .input(versionInput)
    .output(definitionSchema),
  /**
   * Makes an older version what the workflow does again. An active workflow publishes it at once, as a new version with
   * the very same definition.
   */
  restore: base
    .route({ method: 'POST', path: '/workflows/{id}/versions/{number}/restore' })
    .input(versionInput)
    .output(workflowSchema),
};
