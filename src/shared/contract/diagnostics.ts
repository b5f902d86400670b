import { z } from 'zod';
import { base } from './errors.ts';

/** For the screens alone. */
export const diagnostics = {
  /** What helps to find a fault, as text to be copied: versions, sizes, timings, last errors; nothing of the user's. */
  report: base.output(z.object({ text: z.string() })),
};
