import { z } from 'zod';
import { base } from './errors.ts';
import { idInput } from './lists.ts';

const contactLinkSchema = z.object({
  /** Null for a primary one that has no role yet: nothing but the record's own field says so. */
  id: z.string().nullable(),
  contact_id: z.string(),
  contact_name: z.string(),
  /** One of the two is given. */
  company_id: z.string().nullable(),
  deal_id: z.string().nullable(),
  /** Name of that company or deal. */
  linked_name: z.string(),
  role: z.string().nullable(),
  /** The company of the contact, the contact of the deal. */
  is_primary: z.boolean(),
});

export type ContactLink = z.infer<typeof contactLinkSchema>;

const role = z
  .string('role must be text')
  .trim()
  .max(100, 'role may have at most 100 characters')
  .nullable()
  .optional();

const id = z.string().optional();

/** Contacts and companies, deals and contacts: several of each, one of them primary. */
export const contactLinks = {
  list: base
    .route({
      method: 'GET',
      path: '/contact_links',
      summary: 'The links of a contact, a company or a deal, the primary first',
    })
    .input(z.strictObject({ contact_id: id, company_id: id, deal_id: id }))
    .output(z.object({ items: z.array(contactLinkSchema) })),
  create: base
    .route({
      method: 'POST',
      path: '/contact_links',
      successStatus: 201,
      summary: 'Link a contact to a company or a deal',
    })
    .input(z.strictObject({ contact_id: z.string(), company_id: id, deal_id: id, role }))
    .output(contactLinkSchema),
  update: base
    .route({
      method: 'PATCH',
      path: '/contact_links/{id}',
      summary: 'Change the role of a link, or make it the primary one',
    })
    .input(
      z.strictObject({
        id: z.string(),
        role,
        is_primary: z.literal(true, 'is_primary can be set to true alone').optional(),
      }),
    )
    .output(contactLinkSchema),
  remove: base
    .route({
      method: 'DELETE',
      path: '/contact_links/{id}',
      successStatus: 204,
      summary: 'Remove a link; the records stay',
    })
    .input(idInput)
    .output(z.void()),
};
