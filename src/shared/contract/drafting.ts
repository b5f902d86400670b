import { z } from 'zod';
import { objectNames } from '../model/objects.ts';
import { base } from './errors.ts';
import { recordReferenceSchema } from './lists.ts';
import { loopWarningSchema } from './workflows.ts';

const json = z.record(z.string(), z.unknown());

/** What an editor asks while a workflow is built; nothing of it is kept. */
export const drafting = {
  /** How many records of an object are like the conditions now; refused while the conditions are not complete. */
  count_matching: base
    .input(
      z.strictObject({
        object: z.enum(objectNames),
        conditions: json,
        /** IANA name; null takes the one of Settings. */
        time_zone: z.string().nullable(),
      }),
    )
    .output(z.object({ matching: z.number(), total: z.number() })),
  /** Loops a draft may be part of with the active workflows; none while it is not complete. */
  loops: base
    .input(
      z.strictObject({
        /** Null for one that is not stored yet. */
        id: z.string().nullable(),
        name: z.string(),
        trigger_type: z.string(),
        trigger_config: json,
        triggers: z.array(z.object({ type: z.string(), config: json })),
        conditions: json.nullable(),
        settings: json.nullable(),
        actions: z.array(z.unknown()),
      }),
    )
    .output(z.object({ warnings: z.array(loopWarningSchema) })),
  /** What the variables of a step would hold for a record: those of its newest event that fits, and the record as it is. */
  sample: base
    .input(
      z.strictObject({
        triggers: z.array(z.object({ type: z.string(), config: json })),
        record: recordReferenceSchema,
        workflow_name: z.string(),
      }),
    )
    .output(
      z.object({
        /** As a template sees it; outputs of steps are not in it. */
        context: json,
        /** The event the frozen values are of; null when there was none, and they are as the record is now. */
        event: z.object({ type: z.string(), occurred_at: z.string() }).nullable(),
        time_zone: z.string(),
      }),
    ),
};
