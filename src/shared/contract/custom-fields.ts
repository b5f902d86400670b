import { z } from 'zod';
import { customFieldTypes } from '../model/fields/custom-fields.ts';
import { base } from './errors.ts';
import { idInput, recordReferenceSchema } from './lists.ts';

const { object } = recordReferenceSchema.shape;

const customFieldSchema = z.object({
  id: z.string(),
  object,
  /** What REST, conditions and templates call it: `cf_budget`. It never changes. */
  name: z.string(),
  /** What people call it. */
  label: z.string(),
  type: z.enum(customFieldTypes),
  choices: z.array(z.string()).nullable(),
  links_to: object.nullable(),
  position: z.number(),
  /** Shown nowhere and written by nobody; its values stay in the file. */
  is_retired: z.boolean(),
});

export type CustomField = z.infer<typeof customFieldSchema>;

const label = z
  .string('label must be text')
  .trim()
  .min(1, 'label must not be empty')
  .max(60, 'label may have at most 60 characters');

const choice = z
  .string('a choice must be text')
  .trim()
  .min(1, 'a choice must not be empty')
  .max(60, 'a choice may have at most 60 characters')
  .refine((text) => !text.includes(','), 'a choice must not have a comma');

const choices = z.array(choice, 'choices must be a list such as ["small", "large"]').max(100);

/** Fields of the user's own, on any kind of record. */
export const customFields = {
  list: base.route({ method: 'GET', path: '/custom_fields' }).output(z.array(customFieldSchema)),
  create: base
    .route({ method: 'POST', path: '/custom_fields', successStatus: 201 })
    .input(
      z.strictObject({
        object,
        label,
        type: z.enum(customFieldTypes, `type must be one of: ${customFieldTypes.join(', ')}`),
        choices: choices.optional(),
        links_to: object.optional(),
      }),
    )
    .output(customFieldSchema),
  update: base
    .route({ method: 'PATCH', path: '/custom_fields/{id}' })
    .input(
      z.strictObject({
        id: z.string(),
        label: label.optional(),
        choices: choices.optional(),
        position: z.int('position must be a whole number').min(0).max(10_000).optional(),
        is_retired: z.boolean('is_retired must be true or false').optional(),
      }),
    )
    .output(customFieldSchema),
  /** Retires it. */
  remove: base
    .route({ method: 'DELETE', path: '/custom_fields/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
};
