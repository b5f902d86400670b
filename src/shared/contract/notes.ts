import { z } from 'zod';
import { base } from './errors.ts';
import { idInput, pageOf, pageQuery, recordReferenceSchema } from './lists.ts';

export const noteSchema = z.object({
  id: z.string(),
  object: recordReferenceSchema.shape.object,
  record_id: z.string(),
  /** Sanitised HTML: paragraphs, headings, lists, quotes, code, bold, italic, struck out and links. */
  body: z.string(),
  /** The same as plain text. */
  text: z.string(),
  owner_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type Note = z.infer<typeof noteSchema>;

/** As long as what a note may hold; a longer one is a document. */
const longestNote = 100_000;

const body = z
  .string('body must be text')
  .max(longestNote, `body may have at most ${longestNote} characters`);

const { object } = recordReferenceSchema.shape;

/** Notes on records. `body` is HTML; text without tags is taken as plain text. */
export const notes = {
  list: base
    .route({ method: 'GET', path: '/notes' })
    .input(
      z
        .strictObject({ ...pageQuery, object: object.optional(), record_id: z.string().optional() })
        .optional(),
    )
    .output(pageOf(noteSchema)),
  get: base.route({ method: 'GET', path: '/notes/{id}' }).input(idInput).output(noteSchema),
  create: base
    .route({ method: 'POST', path: '/notes', successStatus: 201 })
    .input(z.strictObject({ object, record_id: z.string('record_id must be text'), body }))
    .output(noteSchema),
  update: base
    .route({ method: 'PATCH', path: '/notes/{id}' })
    .input(z.strictObject({ id: z.string(), body: body.optional() }))
    .output(noteSchema),
  remove: base
    .route({ method: 'DELETE', path: '/notes/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
};
