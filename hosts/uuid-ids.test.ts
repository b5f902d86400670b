import { afterEach, expect, test, vi } from 'vitest';
import { uuidIds } from './uuid-ids.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('ids are UUIDv7, each greater than the one before, also when the clock is set back', () => {
  const ids = Array.from({ length: 5_000 }, () => uuidIds.next());
  vi.useFakeTimers({ now: Date.now() - 3_600_000 });
  ids.push(...Array.from({ length: 5_000 }, () => uuidIds.next()));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(
    ids.filter(
      (id) => !/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id),
    ),
  ).toEqual([]);
});
