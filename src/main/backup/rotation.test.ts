import { describe, expect, test } from 'vitest';
import { backupName, type BackupName, newestFirst, parseBackupName } from './backup-name.ts';
import { expiredBackups } from './rotation.ts';

const day = 86_400_000;
const start = Date.parse('2026-01-01T08:00:00Z');

function backup(at: number, reason: BackupName['reason']): BackupName {
  const parsed = parseBackupName(backupName(at, reason, false, new Set()));
  if (parsed === null) throw new Error('its own name is not understood');
  return parsed;
}

const mornings = (count: number) =>
  Array.from({ length: count }, (_, number) => backup(start + number * day, 'start-of-day'));

function keptOf(backups: readonly BackupName[]): string[] {
  const expired = new Set(expiredBackups(backups, 'Europe/Berlin'));
  return backups
    .filter((one) => !expired.has(one))
    .toSorted(newestFirst)
    .map(({ created_at: at }) => at.slice(0, 10));
}

describe('names', () => {
  test.each([
    'trellis-2026-11-24T091500Z-start-of-day.db',
    'trellis-2026-11-24T091500Z-before-publish-2.db',
    'trellis-2026-11-24T091500Z-by-hand.db.sealed',
  ])('%s is one of ours', (file) => {
    expect(parseBackupName(file)).toMatchObject({ file, created_at: '2026-11-24T09:15:00.000Z' });
  });

  test.each([
    'trellis.db',
    'trellis-2026-11-24T091500Z-start-of-day.db.unfinished',
    'trellis-2026-13-24T091500Z-start-of-day.db',
    'trellis-2026-11-24T091500Z-holiday.db',
    'copy of trellis-2026-11-24T091500Z-start-of-day.db',
  ])('%s is left alone', (file) => {
    expect(parseBackupName(file)).toBeNull();
  });

  test('two of one second have two names', () => {
    const first = backupName(start, 'by-hand', true, new Set());
    const second = backupName(start, 'by-hand', true, new Set([first]));
    expect([first, second]).toEqual([
      'trellis-2026-01-01T080000Z-by-hand.db.sealed',
      'trellis-2026-01-01T080000Z-by-hand-2.db.sealed',
    ]);
    expect(parseBackupName(second)?.reason).toBe('by-hand');
  });
});

describe('rotation', () => {
  test('a week of mornings stays whole', () => {
    expect(keptOf(mornings(7))).toHaveLength(7);
  });

  test('a year keeps seven days, four weeks and twelve months', () => {
    const kept = keptOf(mornings(365));
    expect(kept.slice(0, 7)).toEqual([
      '2026-12-31',
      '2026-12-30',
      '2026-12-29',
      '2026-12-28',
      '2026-12-27',
      '2026-12-26',
      '2026-12-25',
    ]);
    // The last backup of each of four weeks, the first of which are among the days.
    expect(kept).toEqual(expect.arrayContaining(['2026-12-27', '2026-12-20', '2026-12-13']));
    const months = new Set(kept.map((date) => date.slice(0, 7)));
    expect(months.size).toBe(12);
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12);
  });

  test('rotation as it happens keeps the same as rotation all at once', () => {
    const stored = new Set<BackupName>();
    for (const one of mornings(200)) {
      stored.add(one);
      for (const expired of expiredBackups([...stored], 'Europe/Berlin')) stored.delete(expired);
      expect(stored).toContain(one);
    }
    // A month is known by its last morning that is still there, and every month must have one.
    expect(new Set(keptOf([...stored]).map((date) => date.slice(0, 7))).size).toBe(7);
  });

  test('five of each kind made before a change, and all made by hand', () => {
    const backups = Array.from({ length: 9 }, (_, number) => [
      backup(start + number * day, 'before-import'),
      backup(start + number * day + 1_000, 'before-publish'),
      backup(start + number * day + 2_000, 'by-hand'),
    ]).flat();
    const expired = expiredBackups(backups, 'UTC');
    expect(expired.map(({ reason }) => reason).toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'before-import'),
      ...Array.from({ length: 4 }, () => 'before-publish'),
    ]);
  });

  test('the newest of all stays whatever it is', () => {
    expect(expiredBackups([backup(start, 'start-of-day')], 'UTC')).toEqual([]);
  });
});
