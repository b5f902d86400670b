import { describe, expect, test } from 'vitest';
import { lastScheduleTime, nextScheduleTime, scheduleFault } from './schedule-time.ts';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
const kolkata = 'Asia/Kolkata';
const lordHowe = 'Australia/Lord_Howe';

function next(cron: string, zone: string, from: string, count: number): string[] {
  const times: string[] = [];
  let at: number | null = Date.parse(from);
  while (times.length < count && at !== null) {
    at = nextScheduleTime(cron, zone, at);
    if (at !== null) times.push(new Date(at).toISOString());
  }
  return times;
}

describe('when a schedule fires', () => {
  test.each([
    // Clocks forward: the time that is skipped moves to the end of the gap, once.
    [
      '30 2 * * *',
      berlin,
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'],
    ],
    [
      '30 2 * * *',
      newYork,
      '2026-03-07T12:00:00Z',
      ['2026-03-08T07:00:00.000Z', '2026-03-09T06:30:00.000Z'],
    ],
    [
      '15 2 * * *',
      lordHowe,
      '2026-10-03T00:00:00Z',
      ['2026-10-03T15:30:00.000Z', '2026-10-04T15:15:00.000Z'],
    ],
    // Clocks back: the time that is there twice fires once.
    [
      '30 2 * * *',
      berlin,
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
    ],
    [
      '30 1 * * *',
      newYork,
      '2026-10-31T12:00:00Z',
      ['2026-11-01T05:30:00.000Z', '2026-11-02T06:30:00.000Z'],
    ],
    [
      '45 1 * * *',
      lordHowe,
      '2026-04-04T00:00:00Z',
      ['2026-04-04T14:45:00.000Z', '2026-04-05T15:15:00.000Z'],
    ],
    // An interval goes on through both.
    [
      '0 * * * *',
      berlin,
      '2026-10-25T00:30:00Z',
      ['2026-10-25T01:00:00.000Z', '2026-10-25T02:00:00.000Z'],
    ],
    [
      '0 * * * *',
      berlin,
      '2026-03-29T00:30:00Z',
      ['2026-03-29T01:00:00.000Z', '2026-03-29T02:00:00.000Z'],
    ],
    // A zone without summer time, half an hour off.
    [
      '0 9 * * 1',
      kolkata,
      '2026-03-28T00:00:00Z',
      ['2026-03-30T03:30:00.000Z', '2026-04-06T03:30:00.000Z'],
    ],
    // Leap day, last day of the month, end of the year.
    ['0 9 29 2 *', kolkata, '2026-03-01T00:00:00Z', ['2028-02-29T03:30:00.000Z']],
    [
      '0 9 L * *',
      newYork,
      '2026-01-15T00:00:00Z',
      ['2026-01-31T14:00:00.000Z', '2026-02-28T14:00:00.000Z'],
    ],
    [
      '59 23 31 12 *',
      berlin,
      '2026-06-01T00:00:00Z',
      ['2026-12-31T22:59:00.000Z', '2027-12-31T22:59:00.000Z'],
    ],
  ])('%s in %s', (cron, zone, from, expected) => {
    expect(next(cron, zone, from, expected.length)).toEqual(expected);
  });

  test('the last time, that very instant counted', () => {
    const last = (at: string) => lastScheduleTime('0 9 * * *', berlin, Date.parse(at));
    expect(last('2026-06-02T07:00:00Z')).toBe(Date.parse('2026-06-02T07:00:00Z'));
    expect(last('2026-06-02T06:59:59.999Z')).toBe(Date.parse('2026-06-01T07:00:00Z'));
    expect(lastScheduleTime('30 2 * * *', berlin, Date.parse('2026-03-29T10:00:00Z'))).toBe(
      Date.parse('2026-03-29T01:00:00Z'),
    );
  });

  test.each([
    ['0 9 * * 1', true],
    ['*/15 8-18 * * 1-5', true],
    ['0 9 * * mon-fri', true],
    ['* * * * * *', false],
    ['61 * * * *', false],
    ['soon', false],
    ['', false],
    ['0 9 31 2 *', false],
  ])('%s is a schedule: %s', (cron, good) => {
    expect(scheduleFault(cron) === null).toBe(good);
  });
});
