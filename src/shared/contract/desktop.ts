import { z } from 'zod';
import { base } from './errors.ts';

const desktopSchema = z.object({
  start_at_login: z.boolean(),
  /** Null: the user was not asked yet. */
  keep_in_tray: z.boolean().nullable(),
});

/** What only the desktop app has. */
export const desktop = {
  /** Null in a browser. */
  get: base.output(desktopSchema.nullable()),
  update: base
    .input(
      z.strictObject({
        start_at_login: z.boolean().optional(),
        keep_in_tray: z.boolean().optional(),
      }),
    )
    .output(z.null()),
  open_data_folder: base.output(z.null()),
  /** Copies the data folder to a new or empty one, then starts again there; the old file is kept. */
  move_data_folder: base.input(z.strictObject({ path: z.string() })).output(z.null()),
};
