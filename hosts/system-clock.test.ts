import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from './system-clock.ts';

const day = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a wait of 60 days, longer than a timer can be, is kept', () => {
  const run = vi.fn();
  systemClock.after(60 * day, run);
  vi.advanceTimersByTime(60 * day - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test('and can be cancelled in any of its parts', () => {
  const run = vi.fn();
  const cancel = systemClock.after(60 * day, run);
  vi.advanceTimersByTime(30 * day);
  cancel();
  cancel();
  vi.advanceTimersByTime(60 * day);
  expect(run).not.toHaveBeenCalled();
});

test('a time that is over comes at once', () => {
  const run = vi.fn();
  systemClock.after(-5, run);
  vi.advanceTimersByTime(0);
  expect(run).toHaveBeenCalledOnce();
});
