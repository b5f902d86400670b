import { z } from 'zod';
import { objectNames } from '../model/objects.ts';
import { base } from './errors.ts';
import { idInput } from './lists.ts';

const previewSchema = z.object({
  /** Per object that a trigger of the workflow is about. */
  objects: z.array(
    z.object({
      object: z.enum(objectNames),
      /** How many records match already and would be taken in. */
      matching: z.number(),
      /** The newest of them, some hundreds at most, to pick from. */
      records: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
});

export type EnrolmentPreview = z.infer<typeof previewSchema>;

/** Taking in records that match a workflow already, when it is switched on. */
export const enrolment = {
  preview: base
    .route({ method: 'GET', path: '/workflows/{id}/enrol' })
    .input(idInput)
    .output(previewSchema),
  start: base
    .route({ method: 'POST', path: '/workflows/{id}/enrol', successStatus: 202 })
    .input(
      z.strictObject({
        id: z.string(),
        records: z.enum(['none', 'all', 'pick'], 'records must be one of: none, all, pick'),
        /** Needed where the triggers are about several. */
        object: z.enum(objectNames, `object must be one of: ${objectNames.join(', ')}`).optional(),
        record_ids: z
          .array(z.string(), 'record_ids must be a list of ids')
          .max(10_000, 'record_ids may name 10000 records at most')
          .optional(),
      }),
    )
    .output(
      z.object({
        /** Null when there is nothing to do. */
        enrolment_id: z.string().nullable(),
        count: z.number(),
      }),
    ),
};
