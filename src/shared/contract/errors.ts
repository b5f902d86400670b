import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorKinds } from '../model/error-kind.ts';
import { problemSchema } from '../workflow/definition.ts';

/** `field` is the dotted path of the input that is to blame; `kind` is there where the status does not say it. */
const fieldData = z.object({
  field: z.string().optional(),
  kind: z.enum(errorKinds).optional(),
});

/** The errors every call may answer with, the same over each transport; REST sends `{code, kind, message, field?}`. */
const apiErrors = {
  bad_request: { status: 400, data: fieldData },
  forbidden: { status: 403 },
  not_found: { status: 404 },
  conflict: { status: 409, data: fieldData },
  validation_failed: {
    status: 422,
    data: fieldData.extend({ problems: z.array(problemSchema).optional() }),
  },
} as const;

/** What every procedure of the contract starts from. */
export const base = oc.errors(apiErrors);
