import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TriggerConfig } from '../../../shared/workflow/definition.ts';
import type { TriggerType } from '../../../shared/workflow/triggers.ts';
import {
  type DateTrigger,
  mayFireAfter,
  readDateTrigger,
  triggerDue,
  valueRanges,
} from './trigger-due.ts';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
const kolkata = 'Asia/Kolkata';
const lordHowe = 'Australia/Lord_Howe';

const holidays = new Set(['2026-12-25', '2026-12-28', '2027-01-01', '2026-05-01']);

function read(
  config: TriggerConfig,
  zone: string,
  type: TriggerType = 'date_reached',
): DateTrigger {
  const trigger = readDateTrigger({ type, config }, zone, holidays);
  if (!trigger) throw new Error('It is no date trigger');
  return trigger;
}

const close = 'deal.expected_close_date';

describe('when a date trigger fires', () => {
  test.each<[string, TriggerConfig, string, string]>([
    // A calendar day begins at midnight of the zone.
    ['2026-12-31', { field: close }, berlin, '2026-12-30T23:00:00.000Z'],
    ['2026-12-31', { field: close }, newYork, '2026-12-31T05:00:00.000Z'],
    ['2026-12-31', { field: close }, kolkata, '2026-12-30T18:30:00.000Z'],
    ['2026-12-31', { field: close }, lordHowe, '2026-12-30T13:00:00.000Z'],
    ['2026-12-31', { field: close, at: '09:00' }, berlin, '2026-12-31T08:00:00.000Z'],
    [
      '2026-12-31',
      { field: close, offset: '-7 days', at: '09:00' },
      berlin,
      '2026-12-24T08:00:00.000Z',
    ],
    // Both changes of the clocks: a time that is skipped moves forward, one that is there twice is the earlier.
    ['2026-03-29', { field: close, at: '02:30' }, berlin, '2026-03-29T01:30:00.000Z'],
    ['2026-10-25', { field: close, at: '02:30' }, berlin, '2026-10-25T00:30:00.000Z'],
    ['2026-03-08', { field: close, at: '02:30' }, newYork, '2026-03-08T07:30:00.000Z'],
    ['2026-11-01', { field: close, at: '01:30' }, newYork, '2026-11-01T05:30:00.000Z'],
    ['2026-10-04', { field: close, at: '02:15' }, lordHowe, '2026-10-03T15:45:00.000Z'],
    ['2026-04-05', { field: close, at: '01:45' }, lordHowe, '2026-04-04T14:45:00.000Z'],
    ['2026-03-29', { field: close, at: '09:00' }, kolkata, '2026-03-29T03:30:00.000Z'],
    // Leap day, ends of months and years.
    ['2028-02-29', { field: close, offset: '+12 months' }, berlin, '2029-02-27T23:00:00.000Z'],
    ['2026-01-31', { field: close, offset: '+1 month' }, berlin, '2026-02-27T23:00:00.000Z'],
    ['2027-12-31', { field: close, offset: '+2 months' }, kolkata, '2028-02-28T18:30:00.000Z'],
    ['2026-12-31', { field: close, offset: '+1 day' }, newYork, '2027-01-01T05:00:00.000Z'],
    // Business days know weekends and holidays.
    ['2026-12-24', { field: close, offset: '+1 business day' }, berlin, '2026-12-28T23:00:00.000Z'],
    ['2026-12-29', { field: close, offset: '-1 business day' }, berlin, '2026-12-23T23:00:00.000Z'],
    // Hours are exact, and counted from the time of day.
    [
      '2026-12-31',
      { field: close, offset: '-2 hours', at: '09:00' },
      berlin,
      '2026-12-31T06:00:00.000Z',
    ],
    ['2026-06-01T10:00:00.000Z', { field: 'task.due_at' }, berlin, '2026-06-01T10:00:00.000Z'],
    [
      '2026-06-01T10:00:00.000Z',
      { field: 'task.due_at', offset: '-30 minutes' },
      berlin,
      '2026-06-01T09:30:00.000Z',
    ],
    [
      '2026-06-01T22:30:00.000Z',
      { field: 'task.due_at', at: '08:00' },
      berlin,
      '2026-06-02T06:00:00.000Z',
    ],
    [
      '2026-03-28T09:00:00.000Z',
      { field: 'deal.created_at', offset: '+1 day' },
      berlin,
      '2026-03-29T08:00:00.000Z',
    ],
  ])('%s with %j in %s fires at %s', (value, config, zone, expected) => {
    const due = triggerDue(read(config, zone), value);
    expect(due === null ? null : new Date(due).toISOString()).toBe(expected);
  });

  test('a task is overdue at its due time, and only while it is open', () => {
    const trigger = read({}, berlin, 'task_overdue');
    expect(trigger).toMatchObject({ object: 'task', field: 'due_at', openOnly: true });
    expect(triggerDue(trigger, '2026-06-01T10:00:00.000Z')).toBe(Date.UTC(2026, 5, 1, 10));
    expect(triggerDue(trigger, null)).toBeNull();
    expect(triggerDue(trigger, 'soon')).toBeNull();
  });
});

/** A day or an instant of the years 2026 to 2028. */
const firstMs = Date.UTC(2026, 0, 1);
const spanMs = 3 * 365 * 86_400_000;

describe('the values an index is asked for', () => {
  const offsets = [
    undefined,
    '+3 hours',
    '-45 minutes',
    '+1 day',
    '-7 days',
    '+2 weeks',
    '+1 month',
    '-2 months',
    '+3 business days',
    '-1 business day',
    '+0 business days',
  ];

  test('hold every value that fires between two instants', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(close, 'task.due_at'),
        fc.constantFrom(...offsets),
        fc.constantFrom(undefined, '00:00', '02:30', '09:00', '23:59'),
        fc.constantFrom(berlin, newYork, kolkata, lordHowe),
        fc.integer({ min: 0, max: spanMs }),
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        fc.integer({ min: 1, max: 86_400_000 }),
        (field, offset, at, zone, shift, before, after) => {
          const config = {
            field,
            ...(offset === undefined ? {} : { offset }),
            ...(at === undefined ? {} : { at }),
          };
          const trigger = read(config, zone);
          const instant = new Date(firstMs + shift).toISOString();
          const value = field === close ? instant.slice(0, 10) : instant;
          const due = triggerDue(trigger, value);
          if (due === null) throw new Error('It never fires');
          const found = (from: number, to: number): boolean =>
            valueRanges(trigger, from, to).some(
              (range) => range.from <= value && value <= range.to,
            );
          expect(found(due - 1 - before, due + after)).toBe(true);
          expect(found(due - 1, due)).toBe(true);
          for (const from of [due - 1, due - 1 - before])
            expect(mayFireAfter(trigger, from) ?? due).toBeLessThanOrEqual(due);
        },
      ),
      { numRuns: 3_000, seed: 20_261_124 },
    );
  });

  test('are few: a second asks for a second, or for the day that begins in it', () => {
    const now = Date.UTC(2026, 5, 1, 10);
    expect(valueRanges(read({ field: 'task.due_at' }, berlin), now - 1_000, now)).toEqual([
      { from: '2026-06-01T09:59:59.000Z', to: '2026-06-01T10:00:00.000Z' },
    ]);
    expect(valueRanges(read({ field: close }, berlin), now - 1_000, now)).toEqual([]);
    const midnight = Date.UTC(2026, 5, 1, 22);
    expect(valueRanges(read({ field: close }, berlin), midnight - 1_000, midnight)).toEqual([
      { from: '2026-06-02', to: '2026-06-02' },
    ]);
    expect(valueRanges(read({ field: close }, berlin), now, now - 1_000)).toEqual([]);
  });
});
