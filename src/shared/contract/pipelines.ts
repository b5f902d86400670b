import { z } from 'zod';
import { base } from './errors.ts';
import { idInput } from './lists.ts';

export const stageKinds = ['open', 'won', 'lost'] as const;

const stageSchema = z.object({
  /** What the API, conditions and templates call it: unlike any other stage's, also in other pipelines. */
  slug: z.string(),
  name: z.string(),
  position: z.number(),
  kind: z.enum(stageKinds),
  /** How likely a deal in it is to be won, in percent. */
  probability: z.number(),
  /** Slug of its pipeline. */
  pipeline: z.string(),
});

export type Stage = z.infer<typeof stageSchema>;

const moneySchema = z.object({ currency: z.string(), value: z.number() });

const boardStageSchema = stageSchema.extend({
  deal_count: z.number(),
  /** Sums in major units, one per currency, the largest first. */
  totals: z.array(moneySchema),
});

export type BoardStage = z.infer<typeof boardStageSchema>;

const pipelineSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  position: z.number(),
  stages: z.array(stageSchema),
});

export type Pipeline = z.infer<typeof pipelineSchema>;

/** For the screens: the stages of all pipelines, and what is in those of one. */
export const pipeline = {
  stages: base
    .route({
      method: 'GET',
      path: '/stages',
      summary: 'The stages, pipeline by pipeline, in order',
    })
    .output(z.array(stageSchema)),
  board: base
    .route({
      method: 'GET',
      path: '/board',
      summary: 'The stages of a pipeline with count and sums of their deals',
    })
    .input(
      z
        .strictObject({
          /** Slug; left out: the first pipeline. */
          pipeline: z.string().optional(),
        })
        .optional(),
    )
    .output(z.array(boardStageSchema)),
};

const name = z
  .string('name must be text')
  .trim()
  .min(1, 'name must not be empty')
  .max(100, 'name may have at most 100 characters');

const slug = z
  .string('slug must be text')
  .regex(
    /^[a-z0-9][a-z0-9_]{0,59}$/,
    'slug must be small letters, digits and _, such as first_call',
  );

const position = z
  .int('position must be a whole number')
  .min(0, 'position must be 0 or more')
  .max(1_000, 'position must be at most 1000');

const stageInput = {
  name,
  /** Left out: made of the name. */
  slug: slug.optional(),
  kind: z.enum(stageKinds, `kind must be one of: ${stageKinds.join(', ')}`).optional(),
  probability: z
    .int('probability must be a whole number of percent')
    .min(0, 'probability must be 0 or more')
    .max(100, 'probability must be at most 100')
    .optional(),
};

const newStageSchema = z.strictObject(stageInput);

export type NewStage = z.infer<typeof newStageSchema>;

const slugInput = z.strictObject({ slug: z.string() });

/** Where the deals of what is removed go. */
const movedTo = z.string('move_to must be the slug of a stage');

/** Several pipelines; their slugs and those of their stages are given once and never change. */
export const pipelines = {
  list: base
    .route({ method: 'GET', path: '/pipelines', summary: 'List pipelines, in order' })
    .output(z.object({ items: z.array(pipelineSchema) })),
  get: base.route({ method: 'GET', path: '/pipelines/{id}' }).input(idInput).output(pipelineSchema),
  create: base
    .route({ method: 'POST', path: '/pipelines', successStatus: 201 })
    .input(
      z.strictObject({
        name,
        slug: slug.optional(),
        /** In order; left out: as a new file has them. */
        stages: z.array(newStageSchema).min(1, 'stages must not be empty').max(50).optional(),
      }),
    )
    .output(pipelineSchema),
  update: base
    .route({ method: 'PATCH', path: '/pipelines/{id}' })
    .input(z.strictObject({ id: z.string(), name: name.optional(), position: position.optional() }))
    .output(pipelineSchema),
  remove: base
    .route({
      method: 'DELETE',
      path: '/pipelines/{id}',
      successStatus: 204,
      summary: 'Remove a pipeline that holds no deal',
    })
    .input(idInput)
    .output(z.void()),
  dissolve: base
    .route({
      method: 'POST',
      path: '/pipelines/{id}/dissolve',
      summary: 'Move the deals of a pipeline to a stage of another one, and remove it',
    })
    .input(z.strictObject({ id: z.string(), move_to: movedTo }))
    .output(z.object({ count: z.number() })),
};

export const stages = {
  create: base
    .route({ method: 'POST', path: '/pipelines/{id}/stages', successStatus: 201 })
    .input(z.strictObject({ id: z.string(), ...stageInput, position: position.optional() }))
    .output(stageSchema),
  update: base
    .route({ method: 'PATCH', path: '/stages/{slug}' })
    .input(
      z.strictObject({
        slug: z.string(),
        name: name.optional(),
        kind: stageInput.kind,
        probability: stageInput.probability,
        position: position.optional(),
      }),
    )
    .output(stageSchema),
  remove: base
    .route({
      method: 'DELETE',
      path: '/stages/{slug}',
      successStatus: 204,
      summary: 'Remove a stage that holds no deal',
    })
    .input(slugInput)
    .output(z.void()),
  dissolve: base
    .route({
      method: 'POST',
      path: '/stages/{slug}/dissolve',
      summary: 'Move the deals of a stage to another one, and remove it',
    })
    .input(z.strictObject({ slug: z.string(), move_to: movedTo }))
    .output(z.object({ count: z.number() })),
};
