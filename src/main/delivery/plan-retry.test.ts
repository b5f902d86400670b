import { describe, expect, test } from 'vitest';
import { isWorthRetrying, planRetry, readRetryAfter } from './plan-retry.ts';

const first = Date.parse('2026-03-02T09:00:00Z');
const facts = { delivery_id: 'd1', first_attempt: first, now: first, retry_after: null };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('when a delivery is tried again', () => {
  test.each([
    [1, 4 * second],
    [2, 8 * second],
    [3, 16 * second],
    [4, minute],
    [5, 5 * minute],
    [6, 30 * minute],
    [7, 2 * hour],
    [8, 2 * hour],
    [12, 2 * hour],
  ])('after attempt %i it waits %i ms, and at most a fifth more', (attempt, delay) => {
    const next = planRetry({ ...facts, attempt });
    expect(next).toBeGreaterThanOrEqual(first + delay);
    expect(next).toBeLessThanOrEqual(first + delay * 1.2);
  });

  test('the same attempt always waits as long, another delivery differs', () => {
    const again = planRetry({ ...facts, attempt: 6 });
    expect(planRetry({ ...facts, attempt: 6 })).toBe(again);
    expect(planRetry({ ...facts, attempt: 6, delivery_id: 'd2' })).not.toBe(again);
  });

  test('no attempt begins later than 24 hours after the first', () => {
    expect(planRetry({ ...facts, attempt: 15, now: first + 21 * hour })).not.toBeNull();
    expect(planRetry({ ...facts, attempt: 16, now: first + 22.5 * hour })).toBeNull();
  });

  test('what the server asks for is honoured when it is longer, also when it is too long', () => {
    expect(planRetry({ ...facts, attempt: 1, retry_after: 90 * second })).toBe(first + 90 * second);
    expect(planRetry({ ...facts, attempt: 4, retry_after: second })).toBeGreaterThanOrEqual(
      first + minute,
    );
    expect(planRetry({ ...facts, attempt: 1, retry_after: 25 * hour })).toBeNull();
  });
});

test('Retry-After is seconds or a date', () => {
  expect(readRetryAfter('120', first)).toBe(120_000);
  expect(readRetryAfter('Mon, 02 Mar 2026 09:00:30 GMT', first)).toBe(30_000);
  expect(readRetryAfter('Mon, 02 Mar 2020 09:00:30 GMT', first)).toBe(0);
  expect(readRetryAfter('soon', first)).toBeNull();
  expect(readRetryAfter(undefined, first)).toBeNull();
});

test.each([
  [408, true],
  [425, true],
  [429, true],
  [500, true],
  [503, true],
  [400, false],
  [401, false],
  [404, false],
  [410, false],
  [422, false],
])('%i is tried again: %s', (status, again) => {
  expect(isWorthRetrying(status)).toBe(again);
});
