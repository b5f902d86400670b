import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { ConnectionLostError, describeFailure } from './errors.ts';

test.each([
  [
    'fix_input',
    'an answer',
    new ORPCError('not_found', { status: 404, message: 'There is no x.' }),
  ],
  ['try_again', 'no answer', new ConnectionLostError()],
  [
    'try_again',
    'an answer that says so itself',
    new ORPCError('conflict', { status: 409, message: 'Full.', data: { kind: 'try_again' } }),
  ],
  ['our_bug', 'a fault of the server', new ORPCError('internal', { status: 500 })],
  ['our_bug', 'a fault of the screen', new TypeError('x is not a function')],
])('%s: %s', (kind, _what, error) => {
  expect(describeFailure(error).kind).toBe(kind);
});

test('what the server says of its own faults is not shown: the screens have better words', () => {
  expect(describeFailure(new ORPCError('internal', { status: 500, message: 'x' })).message).toBe(
    '',
  );
});
