import { expect, test } from 'vitest';
import { onDay, shownDays, stepped, toInstant, toLocal } from './calendar-span.ts';

test.each([
  ['month', '2026-03-15', '2026-02-23', '2026-04-05'],
  ['month', '2026-06-30', '2026-06-01', '2026-07-12'],
  ['week', '2026-03-01', '2026-02-23', '2026-03-01'],
  ['week', '2026-03-02', '2026-03-02', '2026-03-08'],
  ['agenda', '2026-12-20', '2026-12-20', '2027-01-18'],
] as const)('a %s around %s shows %s to %s', (span, date, from, to) => {
  expect(shownDays(span, date)).toEqual({ from, to });
});

test.each([
  ['month', '2026-01-31', 1, '2026-02-01'],
  ['month', '2026-01-31', -1, '2025-12-01'],
  ['week', '2026-03-30', 1, '2026-04-06'],
  ['agenda', '2026-03-01', -1, '2026-01-30'],
] as const)('a step of a %s from %s by %i leads to %s', (span, date, step, next) => {
  expect(stepped(span, date, step)).toBe(next);
});

test('an instant keeps its time of day on another day, also across a change of the clocks', () => {
  const instant = toInstant('2026-03-28 09:30:00');
  expect(toLocal(instant)).toBe('2026-03-28 09:30:00');
  const moved = onDay('2026-03-30 00:00:00', instant);
  expect(toLocal(toInstant(moved))).toBe('2026-03-30 09:30:00');
});
