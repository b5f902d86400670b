import { z } from 'zod';
import { base } from './errors.ts';

export const stageSchema = z.object({
  slug: z.string(),
  name: z.string(),
  position: z.number(),
  kind: z.enum(['open', 'won', 'lost']),
});

export type Stage = z.infer<typeof stageSchema>;

const boardStageSchema = stageSchema.extend({
  deal_count: z.number(),
  /** Sums in major units, one per currency, the largest first. */
  totals: z.array(z.object({ currency: z.string(), value: z.number() })),
});

export type BoardStage = z.infer<typeof boardStageSchema>;

/** For the screens: the stages of the one pipeline, in order, with what is in them. */
export const pipeline = {
  stages: base
    .route({ method: 'GET', path: '/stages', summary: 'The stages of the pipeline, in order' })
    .output(z.array(stageSchema)),
  board: base
    .route({
      method: 'GET',
      path: '/board',
      summary: 'The stages with count and sums of their deals',
    })
    .output(z.array(boardStageSchema)),
};
