import { z } from 'zod';
import { recordInputSchema, recordPatchSchema, recordSchema } from '../model/fields/schemas.ts';
import type { ObjectName } from '../model/objects.ts';
import { base } from './errors.ts';
import { idInput, pageOf, searchQuery } from './lists.ts';

/** The five calls of a record kind under one REST path; `filters` are its exact-match query keys. */
function recordContract<O extends ObjectName, F extends Record<string, z.ZodType>>(
  object: O,
  path: `/${string}`,
  filters: F,
) {
  const record = recordSchema(object);
  return {
    list: base
      .route({ method: 'GET', path })
      .input(z.strictObject({ ...searchQuery, ...filters }).optional())
      .output(pageOf(record)),
    get: base
      .route({ method: 'GET', path: `${path}/{id}` })
      .input(idInput)
      .output(record),
    create: base
      .route({ method: 'POST', path, successStatus: 201 })
      .input(recordInputSchema(object))
      .output(record),
    update: base
      .route({ method: 'PATCH', path: `${path}/{id}` })
      .input(recordPatchSchema(object))
      .output(record),
    remove: base
      .route({ method: 'DELETE', path: `${path}/{id}`, successStatus: 204 })
      .input(idInput)
      .output(z.void()),
  };
}

const id = z.string().optional();

export const contacts = recordContract('contact', '/contacts', { company_id: id });
export const companies = recordContract('company', '/companies', {});
export const deals = recordContract('deal', '/deals', {
  stage: z.string().optional(),
  contact_id: id,
  company_id: id,
});
export const activities = recordContract('task', '/activities', {
  contact_id: id,
  company_id: id,
  deal_id: id,
  /** `open`: not completed yet. */
  state: z.enum(['open', 'completed'], 'state must be one of: open, completed').optional(),
});
