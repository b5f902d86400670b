import { z } from 'zod';
import { base } from './errors.ts';

/** Why a backup was made. */
export const backupReasons = [
  'start-of-day',
  'by-hand',
  'before-import',
  'before-bulk-edit',
  'before-publish',
  'before-migration',
  'before-restore',
] as const;

export const backupSchema = z.object({
  /** Its name in the folder of backups, and what it is asked for by. */
  file: z.string(),
  created_at: z.string(),
  reason: z.enum(backupReasons),
  size_bytes: z.number(),
  /** Whether it takes the passphrase to read it. */
  is_sealed: z.boolean(),
});

export type Backup = z.infer<typeof backupSchema>;

export const fileSummarySchema = z.object({
  contacts: z.number(),
  companies: z.number(),
  deals: z.number(),
  activities: z.number(),
  workflows: z.number(),
  executions: z.number(),
  /** Null: nothing was ever changed in it. */
  newest_change_at: z.string().nullable(),
  schema_version: z.number(),
});

const passphrase = z
  .string()
  .min(8, 'passphrase must have at least 8 characters')
  .max(1_000)
  .nullable();

const chosen = z.strictObject({ file: z.string(), passphrase: z.string().nullable() });

/** For the screens alone: what is done to the whole file is no business of a program with a token. */
export const backups = {
  state: base.output(
    z.object({
      /** Null: this program makes none. */
      folder: z.string().nullable(),
      is_sealed: z.boolean(),
      running: z.enum(['backup', 'restore', 'export', 'move']).nullable(),
      /** How much of the copy is written, from 0 to 1; null where it cannot be told. */
      share: z.number().nullable(),
      /** It was cancelled and ends with the part it is at. */
      is_stopping: z.boolean(),
      /** Why the last automatic backup could not be made; null when it could. */
      last_failure: z.string().nullable(),
      /** Newest first. */
      backups: z.array(backupSchema),
    }),
  ),
  make: base.output(backupSchema),
  /** Stops the copy that is being made; nothing of it is left. */
  cancel: base.output(z.null()),
  /** Checks a backup and says what is in it. */
  preview: base.input(chosen).output(fileSummarySchema),
  /** Puts a backup in the file's place, after a backup of what is there now; automation is paused then. */
  restore: base.input(chosen).output(z.null()),
  /** Writes a copy of the whole file to a path of this computer that is not taken. */
  export_copy: base.input(z.strictObject({ path: z.string() })).output(z.null()),
  /** Null: the folder the program came with. */
  use_folder: base.input(z.strictObject({ folder: z.string().nullable() })).output(z.null()),
  /** Null ends the sealing. `current` is the one in use so far. */
  use_passphrase: base
    .input(z.strictObject({ passphrase, current: z.string().nullable() }))
    .output(z.null()),
};
