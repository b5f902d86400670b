import type { OpenAPI } from '@orpc/openapi';
import { z } from 'zod';
import { hookTakenSchema } from '../../../src/shared/contract/hooks.ts';

const taken = { schema: z.toJSONSchema(hookTakenSchema) };

const refusals = ['400', '401', '404', '409', '413', '415', '421', '422'];

/** A workflow's own address. It is no procedure: it takes any object, needs no token, and logs what it refuses. */
const path = {
  post: {
    operationId: 'hooks.receive',
    summary: 'Start a workflow that waits for a webhook',
    description:
      'The key in the path is the secret. A repeated `Idempotency-Key` is refused for 24 hours. Where the workflow asks for a signature, send `X-Trellis-Timestamp` (seconds) and `X-Trellis-Signature`: `sha256=` and the HMAC-SHA256 of `TIMESTAMP.BODY` in hex.',
    security: [],
    parameters: [
      { name: 'key', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } },
      { name: 'X-Trellis-Timestamp', in: 'header', schema: { type: 'string' } },
      { name: 'X-Trellis-Signature', in: 'header', schema: { type: 'string' } },
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { type: 'object' },
          example: { customer: { email: 'anna@example.com', name: 'Anna Kovacs' } },
        },
      },
    },
    responses: {
      '202': {
        description: 'Taken: the workflow starts.',
        content: {
          'application/json': taken,
        },
      },
      ...Object.fromEntries(
        refusals.map((status) => [status, { $ref: `#/components/responses/${status}` }]),
      ),
    },
  },
};

// zod's type of a schema is not OpenAPI's, though what it makes is both.
export const hookPath = path as OpenAPI.PathItemObject;
