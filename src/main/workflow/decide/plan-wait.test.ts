import { describe, expect, test } from 'vitest';
import type { WaitConfig } from '../../../shared/workflow/definition.ts';
import { fieldDue, planWait, type WaitFacts } from './plan-wait.ts';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
const kolkata = 'Asia/Kolkata';
const lordHowe = 'Australia/Lord_Howe';

function plan(config: WaitConfig, now: string, timeZone = berlin, more: Partial<WaitFacts> = {}) {
  return planWait(config, {
    now: Date.parse(now),
    timeZone,
    lastEventSeq: 7,
    until: config.until,
    read: () => null,
    holds: () => false,
    reaches: () => true,
    hasHappened: () => false,
    ...more,
  });
}

/** The instant a wait ends, as text. */
function endOf(config: WaitConfig, now: string, timeZone = berlin): string | null {
  const planned = plan(config, now, timeZone);
  if (planned.kind !== 'wait') throw new Error(`It does not wait: ${JSON.stringify(planned)}`);
  return planned.due === null ? null : new Date(planned.due).toISOString();
}

describe('a duration', () => {
  test.each([
    // Hours are exact; days and longer keep the time on the wall, over both changes of the clocks.
    ['+24 hours', '2026-03-28T09:00:00Z', berlin, '2026-03-29T09:00:00.000Z'],
    ['+1 day', '2026-03-28T09:00:00Z', berlin, '2026-03-29T08:00:00.000Z'],
    ['+1 day', '2026-10-24T09:00:00Z', berlin, '2026-10-25T10:00:00.000Z'],
    ['+1 day', '2026-03-07T14:00:00Z', newYork, '2026-03-08T13:00:00.000Z'],
    ['+1 day', '2026-10-31T13:00:00Z', newYork, '2026-11-01T14:00:00.000Z'],
    ['+1 day', '2026-03-28T09:00:00Z', kolkata, '2026-03-29T09:00:00.000Z'],
    ['+1 day', '2026-10-24T09:00:00Z', kolkata, '2026-10-25T09:00:00.000Z'],
    ['+1 day', '2026-04-03T23:00:00Z', lordHowe, '2026-04-04T23:30:00.000Z'],
    ['+1 day', '2026-10-02T23:30:00Z', lordHowe, '2026-10-03T23:00:00.000Z'],
    ['+1 week', '2026-03-23T09:00:00Z', berlin, '2026-03-30T08:00:00.000Z'],
    // A time that is skipped moves forward, one that is there twice is the earlier.
    ['+1 day', '2026-03-28T01:30:00Z', berlin, '2026-03-29T01:30:00.000Z'],
    ['+1 day', '2026-10-24T00:30:00Z', berlin, '2026-10-25T00:30:00.000Z'],
    // Leap day, end of the month, end of the year.
    ['+1 day', '2028-02-28T12:00:00Z', berlin, '2028-02-29T12:00:00.000Z'],
    ['+1 day', '2026-02-28T12:00:00Z', berlin, '2026-03-01T12:00:00.000Z'],
    ['+1 month', '2028-01-31T12:00:00Z', berlin, '2028-02-29T12:00:00.000Z'],
    ['+12 months', '2028-02-29T12:00:00Z', kolkata, '2029-02-28T12:00:00.000Z'],
    ['+1 day', '2026-12-31T23:30:00Z', kolkata, '2027-01-01T23:30:00.000Z'],
    ['+1 month', '2026-12-31T12:00:00Z', newYork, '2027-01-31T12:00:00.000Z'],
    ['+2 business days', '2026-03-05T09:00:00Z', berlin, '2026-03-09T09:00:00.000Z'],
    ['+0 days', '2026-03-05T09:00:00Z', berlin, '2026-03-05T09:00:00.000Z'],
    ['-1 hour', '2026-03-05T09:00:00Z', berlin, '2026-03-05T08:00:00.000Z'],
  ])('%s from %s in %s ends at %s', (duration, now, zone, expected) => {
    expect(endOf({ duration }, now, zone)).toBe(expected);
  });
});

describe('business hours', () => {
  // 2 March 2026 is a Monday; Berlin is an hour ahead of UTC then.
  test.each([
    ['inside they change nothing', '+1 hour', '2026-03-02T09:00:00Z', '2026-03-02T10:00:00.000Z'],
    [
      'before nine they wait for nine',
      '+1 hour',
      '2026-03-02T04:00:00Z',
      '2026-03-02T08:00:00.000Z',
    ],
    ['nine sharp is inside', '+1 hour', '2026-03-02T07:00:00Z', '2026-03-02T08:00:00.000Z'],
    ['the last minute is inside', '+1 minute', '2026-03-02T15:58:00Z', '2026-03-02T15:59:00.000Z'],
    ['at five it is the next day', '+1 hour', '2026-03-02T15:00:00Z', '2026-03-03T08:00:00.000Z'],
    [
      'on Friday evening it is Monday',
      '+1 hour',
      '2026-03-06T17:00:00Z',
      '2026-03-09T08:00:00.000Z',
    ],
    ['on Saturday it is Monday', '+1 hour', '2026-03-07T10:00:00Z', '2026-03-09T08:00:00.000Z'],
    ['on Sunday it is Monday', '+1 hour', '2026-03-08T04:00:00Z', '2026-03-09T08:00:00.000Z'],
    ['over the change of the clocks', '+1 day', '2026-03-27T18:00:00Z', '2026-03-30T07:00:00.000Z'],
    ['at the turn of the year', '+1 hour', '2026-12-31T17:00:00Z', '2027-01-01T08:00:00.000Z'],
  ])('%s', (_, duration, now, expected) => {
    expect(endOf({ duration, business_hours: true }, now)).toBe(expected);
  });

  test('are those of the zone', () => {
    const config = { duration: '+1 minute', business_hours: true };
    expect(endOf(config, '2026-03-02T12:00:00Z', newYork)).toBe('2026-03-02T14:00:00.000Z');
    expect(endOf(config, '2026-03-02T12:00:00Z', kolkata)).toBe('2026-03-03T03:30:00.000Z');
  });

  test('also move a given date and a time of day', () => {
    const hours = { business_hours: true };
    const now = '2026-03-02T09:00:00Z';
    expect(endOf({ until: '2026-03-08', ...hours }, now)).toBe('2026-03-09T08:00:00.000Z');
    expect(endOf({ until_time: '20:00', ...hours }, now)).toBe('2026-03-03T08:00:00.000Z');
  });
});

describe('a time of day', () => {
  test.each([
    ['09:00', [], '2026-03-02T07:59:59Z', berlin, '2026-03-02T08:00:00.000Z'],
    ['09:00', [], '2026-03-02T08:00:00Z', berlin, '2026-03-03T08:00:00.000Z'],
    ['00:00', [], '2026-03-02T22:59:00Z', berlin, '2026-03-02T23:00:00.000Z'],
    ['23:59', [], '2026-12-31T22:59:30Z', berlin, '2027-01-01T22:59:00.000Z'],
    ['09:00', [5], '2026-03-02T09:00:00Z', berlin, '2026-03-06T08:00:00.000Z'],
    ['09:00', [1], '2026-03-02T09:00:00Z', berlin, '2026-03-09T08:00:00.000Z'],
    ['09:00', [1], '2026-03-02T07:00:00Z', berlin, '2026-03-02T08:00:00.000Z'],
    ['09:00', [6, 7], '2026-03-02T09:00:00Z', berlin, '2026-03-07T08:00:00.000Z'],
    ['09:00', [7], '2026-03-28T09:00:00Z', berlin, '2026-03-29T07:00:00.000Z'],
    // 02:30 is skipped in Berlin on 29 March, and there twice on 25 October.
    ['02:30', [], '2026-03-28T12:00:00Z', berlin, '2026-03-29T01:30:00.000Z'],
    ['02:30', [], '2026-10-24T12:00:00Z', berlin, '2026-10-25T00:30:00.000Z'],
    ['02:30', [], '2026-10-25T00:30:00Z', berlin, '2026-10-26T01:30:00.000Z'],
    ['02:30', [], '2026-10-25T00:45:00Z', berlin, '2026-10-26T01:30:00.000Z'],
    ['02:30', [], '2026-03-08T01:00:00Z', newYork, '2026-03-08T07:30:00.000Z'],
    ['01:30', [], '2026-11-01T01:00:00Z', newYork, '2026-11-01T05:30:00.000Z'],
    ['01:30', [], '2026-11-01T05:45:00Z', newYork, '2026-11-02T06:30:00.000Z'],
    // Lord Howe moves its clocks by half an hour: 02:15 is skipped in October, 01:45 there twice in April.
    ['02:15', [], '2026-10-03T12:00:00Z', lordHowe, '2026-10-03T15:45:00.000Z'],
    ['01:45', [], '2026-04-04T12:00:00Z', lordHowe, '2026-04-04T14:45:00.000Z'],
    ['01:45', [], '2026-04-04T15:00:00Z', lordHowe, '2026-04-05T15:15:00.000Z'],
    ['05:30', [], '2026-03-28T23:59:00Z', kolkata, '2026-03-29T00:00:00.000Z'],
    ['12:00', [], '2028-02-28T12:00:00Z', berlin, '2028-02-29T11:00:00.000Z'],
  ])('%s on %j after %s in %s is %s', (time, weekdays, now, zone, expected) => {
    expect(endOf({ until_time: time, weekdays }, now, zone)).toBe(expected);
  });
});

describe('a date', () => {
  const now = '2026-03-02T09:00:00Z';

  test.each([
    ['2026-12-31', berlin, '2026-12-30T23:00:00.000Z'],
    ['2026-12-31', newYork, '2026-12-31T05:00:00.000Z'],
    ['2026-12-31', kolkata, '2026-12-30T18:30:00.000Z'],
    ['2026-12-31', lordHowe, '2026-12-30T13:00:00.000Z'],
    ['2028-02-29', berlin, '2028-02-28T23:00:00.000Z'],
    ['2026-12-31T09:00:00Z', kolkata, '2026-12-31T09:00:00.000Z'],
    ['2026-12-31T09:00:00+02:00', kolkata, '2026-12-31T07:00:00.000Z'],
    ['+1 month', berlin, '2026-04-02T08:00:00.000Z'],
  ])('%s in %s is %s', (until, zone, expected) => {
    expect(endOf({ until }, now, zone)).toBe(expected);
  });

  test.each(['continue', 'skip', 'stop'] as const)('that is past: %s', (choice) => {
    const past = { until: '2026-03-01', if_past: choice };
    expect(plan(past, now)).toEqual({ kind: 'past', if_past: choice });
    expect(plan({ until: '2026-03-01' }, now)).toEqual({ kind: 'past', if_past: 'continue' });
  });

  test('this very instant counts as past', () => {
    expect(plan({ until: '2026-03-02T09:00:00Z' }, now).kind).toBe('past');
    expect(plan({ until: '2026-03-02T09:00:00.001Z' }, now).kind).toBe('wait');
  });

  test('is not past when business hours move it on', () => {
    const saturday = '2026-03-07T12:00:00Z';
    expect(endOf({ until: '2026-03-07', business_hours: true }, saturday)).toBe(
      '2026-03-09T08:00:00.000Z',
    );
  });

  test('that a template rendered to something else fails the step', () => {
    for (const until of ['', 'soon', '2026-02-30', '31.12.2026'])
      expect(plan({ until: '{{x}}' }, now, berlin, { until })).toMatchObject({
        kind: 'failed',
        message: expect.stringContaining(`until "${until}" is no date; write`),
      });
  });
});

describe('a date field', () => {
  const rule = {
    kind: 'field',
    reference: { object: 'deal', field: 'expected_close_date' },
    offset: null,
    business_hours: false,
  } as const;
  const due = (value: unknown, offset: string | null = null, zone = berlin): string | null => {
    const ms = fieldDue({ ...rule, offset }, value, zone);
    return ms === null ? null : new Date(ms).toISOString();
  };

  test.each([
    ['2026-03-10', null, berlin, '2026-03-09T23:00:00.000Z'],
    ['2026-03-10', '-1 day', berlin, '2026-03-08T23:00:00.000Z'],
    ['2026-03-30', '-1 day', berlin, '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', '-1 day', newYork, '2026-03-29T04:00:00.000Z'],
    ['2026-03-10', '+9 hours', berlin, '2026-03-10T08:00:00.000Z'],
    ['2026-03-31', '-1 month', berlin, '2026-02-27T23:00:00.000Z'],
    ['2026-03-10T12:00:00.000Z', '-2 business days', berlin, '2026-03-06T12:00:00.000Z'],
  ])('%s %s in %s is %s', (value, offset, zone, expected) => {
    expect(due(value, offset, zone)).toBe(expected);
  });

  test('that is empty or no date ends at no time', () => {
    for (const value of [null, undefined, '', 'soon', 5, '+3 days']) expect(due(value)).toBeNull();
  });

  test('keeps to business hours when told so', () => {
    expect(fieldDue({ ...rule, business_hours: true }, '2026-03-07', berlin)).toBe(
      Date.parse('2026-03-09T08:00:00Z'),
    );
  });
});

describe('an event and a condition', () => {
  const now = '2026-03-27T09:00:00Z';

  test('wait for ever, or for their time-out in local time', () => {
    expect(endOf({ until_event: 'deal_won' }, now)).toBeNull();
    expect(endOf({ until_event: 'deal_won', timeout: '+3 days' }, now)).toBe(
      '2026-03-30T08:00:00.000Z',
    );
    const conditions = { combinator: 'and', rules: [] } as const;
    expect(endOf({ until_condition: conditions, timeout: '+1 hour' }, now)).toBe(
      '2026-03-27T10:00:00.000Z',
    );
  });

  test('only a later event ends the wait', () => {
    expect(plan({ until_event: 'deal_won' }, now)).toMatchObject({
      rule: { kind: 'event', event_type: 'deal_won', after_seq: 7 },
    });
  });

  test('a condition that holds is not waited for', () => {
    const conditions = { combinator: 'and', rules: [] } as const;
    expect(plan({ until_condition: conditions }, now, berlin, { holds: () => true })).toEqual({
      kind: 'past',
      if_past: 'continue',
    });
  });
});
