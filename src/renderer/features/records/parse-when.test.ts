import { expect, test } from 'vitest';
import { parseWhen } from './parse-when.ts';

// A Monday.
const now = new Date(2026, 10, 23, 15, 0);

test.each([
  ['today', '2026-11-23 00:00:00'],
  ['Tomorrow 10:00', '2026-11-24 10:00:00'],
  ['tomorrow at 10', '2026-11-24 10:00:00'],
  ['fri 14:30', '2026-11-27 14:30:00'],
  ['Monday', '2026-11-30 00:00:00'],
  ['+3 days', '2026-11-26 00:00:00'],
  ['in 2 weeks 9am', '2026-12-07 09:00:00'],
  ['24 Dec', '2026-12-24 00:00:00'],
  ['Dec 24, 2027 6pm', '2027-12-24 18:00:00'],
  ['24 Dec 2026 09:30', '2026-12-24 09:30:00'],
  ['24.12.2026', '2026-12-24 00:00:00'],
  ['1.2.', '2027-02-01 00:00:00'],
  ['2026-12-31', '2026-12-31 00:00:00'],
  ['17:45', '2026-11-23 17:45:00'],
])('%s', (typed, expected) => {
  expect(parseWhen(typed, now)).toBe(expected);
});

test.each(['', 'soon', '31 June', '24 Dec 25:00', '12', 'x tomorrow'])(
  'not understood: %s',
  (typed) => {
    expect(parseWhen(typed, now)).toBeNull();
  },
);
