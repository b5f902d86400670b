import { expect, test } from 'vitest';
import { parseQuickAdd } from './parse-quick-add.ts';

// A Tuesday.
const now = new Date(2026, 10, 24, 9, 30);

const friday = '2026-11-27';

test.each([
  [
    'call Anna Friday 10:00 #proposal',
    'call',
    'Call Anna',
    `${friday} 10:00:00`,
    ['proposal'],
    'Anna',
  ],
  ['Friday call Anna', 'call', 'Call Anna', `${friday} 00:00:00`, [], null],
  [
    'call Anna Lind on Friday at 10:00',
    'call',
    'Call Anna Lind',
    `${friday} 10:00:00`,
    [],
    'Anna Lind',
  ],
  ['meet with Bo tomorrow 14:30', 'meeting', 'Meet with Bo', '2026-11-25 14:30:00', [], 'Bo'],
  ['email Cleo', 'email', 'Email Cleo', null, [], 'Cleo'],
  [
    'send the offer 24 Dec #offer #big',
    'task',
    'Send the offer',
    '2026-12-24 00:00:00',
    ['offer', 'big'],
    null,
  ],
  ['order 12 chairs', 'task', 'Order 12 chairs', null, [], null],
  ['thank May', 'task', 'Thank May', null, [], null],
  [
    'call Anna tomorrow about the offer',
    'call',
    'Call Anna about the offer',
    '2026-11-25 00:00:00',
    [],
    'Anna',
  ],
  ['#vip', 'task', '', null, ['vip'], null],
  ['   ', 'task', '', null, [], null],
] as const)('%s', (line, type, title, due, tags, about) => {
  expect(parseQuickAdd(line, now)).toEqual({ type, title, due_at: due, tags, about });
});
