import type { OpenAPI } from '@orpc/openapi';
import { errorKindOfStatus, errorKinds } from '../../../src/shared/model/error-kind.ts';

export const errorSchema: OpenAPI.SchemaObject = {
  type: 'object',
  properties: {
    code: { type: 'string', description: 'For programs: never changes.' },
    kind: {
      type: 'string',
      enum: [...errorKinds],
      description:
        'fix_input: change what you sent. try_again: later the same may do well. our_bug: a fault of Trellis.',
    },
    message: { type: 'string', description: 'For people: what happened and what to do.' },
    field: { type: 'string', description: 'Dotted path of the input that is to blame.' },
    problems: {
      type: 'array',
      description: 'All that is wrong with a workflow; `field` and `message` are the first.',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
        required: ['path', 'code', 'message'],
      },
    },
  },
  required: ['code', 'kind', 'message'],
};

const rows: readonly [status: string, code: string, what: string, example: object][] = [
  [
    '400',
    'bad_request',
    'Malformed: no JSON, or a wrong key or value in the query.',
    { message: 'limit must be from 1 to 500.', field: 'limit' },
  ],
  [
    '401',
    'unauthorized',
    'No token, or one that is not valid.',
    { message: 'The token is not valid; the right one is in the file "token" of the data folder.' },
  ],
  [
    '403',
    'forbidden',
    'Not from another site, and not by a token.',
    { message: 'A token cannot do this. Do it in Settings, under API.' },
  ],
  [
    '404',
    'not_found',
    'There is no such thing, or it is in the bin.',
    { message: 'There is no deal with the id "x".' },
  ],
  [
    '409',
    'conflict',
    'Not as things are now; the message says what to do first.',
    {
      message: 'The workflow "Follow up" is paused. Set its status to active, then start it again.',
      field: 'status',
    },
  ],
  [
    '413',
    'payload_too_large',
    'The body is larger than 1 MB.',
    { message: 'The body is larger than 1 MB. Send less in one request.' },
  ],
  [
    '415',
    'unsupported_media_type',
    'The body is not application/json.',
    { message: 'Send the body with Content-Type: application/json, not text/plain.' },
  ],
  [
    '421',
    'misdirected_request',
    'The Host header names another computer.',
    { message: 'The Host header must be 127.0.0.1:8000 or localhost:8000, not "evil.example".' },
  ],
  [
    '422',
    'validation_failed',
    'JSON, but not a valid input; `field` says where.',
    { message: 'title must not be empty.', field: 'title' },
  ],
];

/** One for each status, to be referred to. */
export const errorResponses: Record<string, OpenAPI.ResponseObject> = Object.fromEntries(
  rows.map(([status, code, description, example]) => [
    status,
    {
      description,
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/Error' },
          example: { code, kind: errorKindOfStatus(Number(status)), ...example },
        },
      },
    },
  ]),
);
