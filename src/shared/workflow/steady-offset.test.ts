import { assert, constantFrom, integer, pre, property } from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { hasSteadyOffset } from './steady-offset.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const day = 86_400_000;

test.each([
  ['Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T00:59:59.999Z', true],
  ['Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z', false],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z', true],
  ['Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25T00:59:59Z', false],
  ['Asia/Kolkata', '2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', true],
  ['UTC', '2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z', true],
])('%s from %s to %s: %j', (zone, from, to, steady) => {
  expect(hasSteadyOffset(zone, Date.parse(from), Date.parse(to))).toBe(steady);
});

test('where it says so, whole days are added as the calendar adds them', () => {
  const instant = integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) });
  assert(
    property(constantFrom(...zones), instant, integer({ min: -40, max: 40 }), (zone, ms, days) => {
      pre(hasSteadyOffset(zone, ms, ms + days * day));
      const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      expect(ms + days * day).toBe(local.add({ days }).epochMilliseconds);
    }),
  );
});
