import { z } from 'zod';
import { backupSchema, fileSummarySchema } from './backups.ts';
import { base } from './errors.ts';

const damageSchema = z.object({
  /** Path of the damaged file. */
  file: z.string(),
  reason: z.string(),
  /** Newest first; the first sound one is the best start. */
  backups: z.array(backupSchema),
});

const repairSchema = z.object({
  /** Where the damaged file was put; it is never deleted. */
  kept_as: z.string(),
  /** Of each table of which something could be read or is known to be lost. */
  tables: z.array(z.object({ table: z.string(), read: z.number(), unreadable: z.number() })),
  /** Rows left out because what they belong to is lost. */
  orphans: z.number(),
  summary: fileSummarySchema,
});

export type Damage = z.infer<typeof damageSchema>;
export type Repair = z.infer<typeof repairSchema>;

const start = z.strictObject({
  /** The backup to start from; null: none, only what can be read of the damaged file. */
  file: z.string().nullable(),
  passphrase: z.string().nullable(),
});

/** All that a program answers whose file is damaged. */
export const recovery = {
  /** Null while the file is sound. */
  state: base.output(damageSchema.nullable()),
  /** Makes a sound file of a backup and what can be read of the damaged one, which is kept beside it. */
  repair: base.input(start).output(repairSchema),
};
