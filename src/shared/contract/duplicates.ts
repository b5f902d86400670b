import { z } from 'zod';
import { base } from './errors.ts';

/** Kinds of record that are there twice by accident; a deal or a task that looks like another is mostly another. */
export const mergeableObjects = ['contact', 'company'] as const;

export type MergeableObject = (typeof mergeableObjects)[number];

const object = z.enum(mergeableObjects);

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

const groupSchema = z.object({
  /** Names of the keys they share: `email`, `phone`, `name_company`, `domain`, `name`. */
  reasons: z.array(z.string()),
  records: z.array(
    z.object({
      values: z.record(z.string(), valueSchema),
      /** How many records and notes hang on it. */
      links: z.number(),
    }),
  ),
});

export type DuplicateGroup = z.infer<typeof groupSchema>;

const mergeInput = z.strictObject({
  object,
  /** The record that stays. */
  into: z.string(),
  others: z.array(z.string()).min(1, 'others must name a record').max(20),
  /** Values it takes over, checked as a `PATCH` of it would be. */
  fields: z.record(z.string(), z.unknown()),
});

export type MergeInput = z.infer<typeof mergeInput>;

/** For the screens: records that are there more than once, and how they become one. */
export const duplicates = {
  /** Groups of records that share a key, the oldest first. */
  find: base
    .input(z.strictObject({ object }))
    .output(z.object({ groups: z.array(groupSchema), total: z.number() })),
  /** Moves what hangs on the others to the one that stays, and puts them in the bin: one action, undone as one. */
  merge: base.input(mergeInput).output(z.object({ moved: z.number() })),
  /** They are not the same: they are not shown together again. */
  dismiss: base.input(z.strictObject({ ids: z.array(z.string()).min(2).max(20) })).output(z.null()),
  /** Takes a dismissal back. */
  recall: base.input(z.strictObject({ ids: z.array(z.string()).min(2).max(20) })).output(z.null()),
};
