import { describe, expect, test } from 'vitest';
import {
  addRelativeDate,
  dateOf,
  parseDateConfig,
  parseRelativeDate,
  resolveDateConfig,
  startOfDate,
} from './relative-date.ts';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
const kolkata = 'Asia/Kolkata';
const lordHowe = 'Australia/Lord_Howe';

/** Adds a relative date to an instant, both as text. */
function add(from: string, relative: string, zone: string): string {
  const parsed = parseRelativeDate(relative);
  if (!parsed) throw new Error(`"${relative}" is no relative date`);
  return new Date(addRelativeDate(Date.parse(from), parsed, zone)).toISOString();
}

describe('the grammar', () => {
  test.each([
    ['+3 days', 3, 'day'],
    ['+1 week', 1, 'week'],
    ['+1 day', 1, 'day'],
    ['-2 weeks', -2, 'week'],
    ['+90 seconds', 90, 'second'],
    ['+1 second', 1, 'second'],
    ['-15 minutes', -15, 'minute'],
    ['+24 hours', 24, 'hour'],
    ['+1 month', 1, 'month'],
    ['+6 months', 6, 'month'],
    ['+2 business days', 2, 'business day'],
    ['-1 business day', -1, 'business day'],
    ['+0 days', 0, 'day'],
    ['  +3 days  ', 3, 'day'],
    ['+ 3 days', 3, 'day'],
    ['+3   days', 3, 'day'],
    ['+3 DAYS', 3, 'day'],
    ['+1 Business Day', 1, 'business day'],
    ['+003 days', 3, 'day'],
  ])('"%s" is read', (text, amount, unit) => {
    expect(parseRelativeDate(text)).toEqual({ amount, unit });
  });

  test.each([
    '',
    '3 days',
    '+3',
    '+ days',
    '+3days',
    '+3 day s',
    '+3 fortnights',
    '+3 years',
    '+1.5 days',
    '+1,5 days',
    '+-3 days',
    '++3 days',
    '+1234567 days',
    '+3 days later',
    'in 3 days',
    'tomorrow',
    '+3 businessdays',
    '+3 days\n+4 days',
  ])('"%s" is refused', (text) => {
    expect(parseRelativeDate(text)).toBeNull();
  });
});

describe('the arithmetic', () => {
  test.each([
    // Exact units count real time, whatever the clock on the wall does.
    ['2026-03-28T23:30:00Z', '+24 hours', berlin, '2026-03-29T23:30:00.000Z'],
    ['2026-03-29T00:59:59Z', '+1 second', berlin, '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T00:30:00Z', '+60 minutes', berlin, '2026-10-25T01:30:00.000Z'],
    ['2026-01-01T00:00:00.123Z', '-1 minute', kolkata, '2025-12-31T23:59:00.123Z'],
    // Days and weeks keep the wall-clock time.
    ['2026-03-02T09:00:00Z', '+3 days', berlin, '2026-03-05T09:00:00.000Z'],
    ['2026-03-27T08:00:00Z', '+3 days', berlin, '2026-03-30T07:00:00.000Z'],
    ['2026-10-24T07:00:00Z', '+1 day', berlin, '2026-10-25T08:00:00.000Z'],
    ['2026-03-07T14:00:00Z', '+1 day', newYork, '2026-03-08T13:00:00.000Z'],
    ['2026-11-08T14:00:00Z', '-1 week', newYork, '2026-11-01T14:00:00.000Z'],
    ['2026-03-28T18:30:00Z', '+1 day', kolkata, '2026-03-29T18:30:00.000Z'],
    ['2026-04-03T23:00:00Z', '+2 days', lordHowe, '2026-04-05T23:30:00.000Z'],
    // The new time at once is 30 minutes off in Lord Howe.
    ['2026-10-03T00:00:00Z', '+1 day', lordHowe, '2026-10-03T23:30:00.000Z'],
    // A wall-clock time that is skipped moves forward …
    ['2026-03-28T01:30:00Z', '+1 day', berlin, '2026-03-29T01:30:00.000Z'],
    ['2026-03-07T07:30:00Z', '+1 day', newYork, '2026-03-08T07:30:00.000Z'],
    ['2026-10-02T15:45:00Z', '+1 day', lordHowe, '2026-10-03T15:45:00.000Z'],
    // … and one that occurs twice is the earlier.
    ['2026-10-24T00:30:00Z', '+1 day', berlin, '2026-10-25T00:30:00.000Z'],
    ['2026-10-31T05:30:00Z', '+1 day', newYork, '2026-11-01T05:30:00.000Z'],
    ['2026-04-03T14:45:00Z', '+1 day', lordHowe, '2026-04-04T14:45:00.000Z'],
    // Months end where the shorter one does, also across leap years and the turn of the year.
    ['2026-01-31T12:00:00Z', '+1 month', berlin, '2026-02-28T12:00:00.000Z'],
    ['2028-01-31T12:00:00Z', '+1 month', berlin, '2028-02-29T12:00:00.000Z'],
    ['2026-03-31T10:00:00Z', '-1 month', berlin, '2026-02-28T11:00:00.000Z'],
    ['2028-02-29T12:00:00Z', '+12 months', kolkata, '2029-02-28T12:00:00.000Z'],
    ['2026-12-31T12:00:00Z', '+2 months', kolkata, '2027-02-28T12:00:00.000Z'],
    ['2025-12-31T23:30:00Z', '+1 day', berlin, '2026-01-01T23:30:00.000Z'],
    ['2026-01-01T00:00:00Z', '-1 day', newYork, '2025-12-31T00:00:00.000Z'],
    ['2028-02-28T12:00:00Z', '+1 day', berlin, '2028-02-29T12:00:00.000Z'],
    ['2026-02-28T12:00:00Z', '+1 day', berlin, '2026-03-01T12:00:00.000Z'],
    // 20:00 UTC on the 30th is the 31st in Kolkata already.
    ['2026-01-30T20:00:00Z', '+1 month', kolkata, '2026-02-27T20:00:00.000Z'],
    ['2026-03-02T09:00:00Z', '+0 days', berlin, '2026-03-02T09:00:00.000Z'],
  ])('%s %s in %s is %s', (from, relative, zone, expected) => {
    expect(add(from, relative, zone)).toBe(expected);
  });

  // 2 March 2026 is a Monday.
  test.each([
    ['2026-03-02T09:00:00Z', '+1 business day', '2026-03-03T09:00:00.000Z'],
    ['2026-03-06T09:00:00Z', '+1 business day', '2026-03-09T09:00:00.000Z'],
    ['2026-03-06T09:00:00Z', '+5 business days', '2026-03-13T09:00:00.000Z'],
    ['2026-03-05T09:00:00Z', '+2 business days', '2026-03-09T09:00:00.000Z'],
    ['2026-03-07T09:00:00Z', '+1 business day', '2026-03-09T09:00:00.000Z'],
    ['2026-03-07T09:00:00Z', '+5 business days', '2026-03-13T09:00:00.000Z'],
    ['2026-03-08T09:00:00Z', '+6 business days', '2026-03-16T09:00:00.000Z'],
    ['2026-03-09T09:00:00Z', '-1 business day', '2026-03-06T09:00:00.000Z'],
    ['2026-03-08T09:00:00Z', '-1 business day', '2026-03-06T09:00:00.000Z'],
    ['2026-03-08T09:00:00Z', '-5 business days', '2026-03-02T09:00:00.000Z'],
    ['2026-03-07T09:00:00Z', '+0 business days', '2026-03-07T09:00:00.000Z'],
    ['2026-03-02T09:00:00Z', '+10 business days', '2026-03-16T09:00:00.000Z'],
    // Friday to Monday over the change to summer time: the wall-clock time stays.
    ['2026-03-27T08:00:00Z', '+1 business day', '2026-03-30T07:00:00.000Z'],
    // The Sunday whose 02:30 is missing lies between and leaves no trace.
    ['2026-03-27T01:30:00Z', '+1 business day', '2026-03-30T00:30:00.000Z'],
  ])('%s %s in Berlin is %s', (from, relative, expected) => {
    expect(add(from, relative, berlin)).toBe(expected);
  });

  test('business days count the days of the zone, not of UTC', () => {
    // Friday 20:00 UTC is Saturday in Kolkata and Friday in New York.
    expect(add('2026-03-06T20:00:00Z', '+1 business day', kolkata)).toBe(
      '2026-03-08T20:00:00.000Z',
    );
    expect(add('2026-03-06T20:00:00Z', '+1 business day', newYork)).toBe(
      '2026-03-09T19:00:00.000Z',
    );
  });

  test('the largest amount of business days is a matter of arithmetic, not of counting one by one', () => {
    const before = performance.now();
    expect(add('2026-03-02T09:00:00Z', '+999999 business days', kolkata)).toBe(
      '5859-03-25T09:00:00.000Z',
    );
    expect(performance.now() - before).toBeLessThan(100);
  });
});

describe('a date in a config', () => {
  test.each([
    ['+3 days', { kind: 'relative', relative: { amount: 3, unit: 'day' } }],
    ['2026-12-31', { kind: 'date', date: '2026-12-31' }],
    [' 2026-12-31 ', { kind: 'date', date: '2026-12-31' }],
    ['2026-12-31T09:00:00Z', { kind: 'instant', ms: Date.UTC(2026, 11, 31, 9) }],
    ['2026-12-31T09:00+02:00', { kind: 'instant', ms: Date.UTC(2026, 11, 31, 7) }],
  ])('%s is read', (text, expected) => {
    expect(parseDateConfig(text)).toEqual(expected);
  });

  test.each(['', 'soon', '2026-02-30', '2026-13-01', '2026-12-31T09:00', '31.12.2026', '3 days'])(
    '"%s" is refused',
    (text) => {
      expect(parseDateConfig(text)).toBeNull();
    },
  );

  test.each([
    ['+3 days', berlin, '2026-03-05T09:00:00.000Z'],
    ['2026-12-31', berlin, '2026-12-30T23:00:00.000Z'],
    ['2026-12-31', newYork, '2026-12-31T05:00:00.000Z'],
    ['2026-12-31T09:00:00Z', kolkata, '2026-12-31T09:00:00.000Z'],
  ])('%s in %s means %s', (text, zone, expected) => {
    const config = parseDateConfig(text);
    const now = Date.parse('2026-03-02T09:00:00Z');
    expect(config && new Date(resolveDateConfig(config, now, zone)).toISOString()).toBe(expected);
  });

  test('a day starts where the zone starts it, also where midnight is skipped', () => {
    expect(new Date(startOfDate('2026-09-06', 'America/Santiago')).toISOString()).toBe(
      '2026-09-06T04:00:00.000Z',
    );
    expect(dateOf(Date.parse('2026-03-06T20:00:00Z'), kolkata)).toBe('2026-03-07');
    expect(dateOf(Date.parse('2026-03-06T03:00:00Z'), newYork)).toBe('2026-03-05');
  });
});
