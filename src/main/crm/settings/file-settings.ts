import { type QuietHours, weekStarts } from '../../../shared/contract/app.ts';
import { isCurrency } from '../../../shared/model/money.ts';
import { isTimeZone, parseDateConfig } from '../../../shared/workflow/relative-date.ts';
import type { Reader, Writer } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid } from '../../errors.ts';
import { localUserId } from '../records/record-store.ts';

/** The currency new deals get, kept in the file because amounts in it depend on it. */
export function defaultCurrency(db: Reader): string {
  return db.remember('file_settings', 'currency', () => {
    const row = db.get<{ value: string }>("SELECT value FROM file_settings WHERE key = 'currency'");
    return row?.value ?? 'EUR';
  });
}

/** Another program may have written anything: what is no such day reads as Monday. */
export function weekStart(db: Reader): (typeof weekStarts)[number] {
  const row = db.get<{ value: string }>("SELECT value FROM file_settings WHERE key = 'week_start'");
  return weekStarts.find((day) => day === row?.value) ?? 'monday';
}

const quietHoursKey = 'quiet_hours';

/** When nothing is shown but in the Inbox; null when there are no such hours. */
export function quietHours(db: Reader): QuietHours | null {
  const row = db.get<{ value: string }>(
    'SELECT value FROM file_settings WHERE key = ?',
    quietHoursKey,
  );
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(row?.value ?? '') ?? [];
  return from === undefined || to === undefined ? null : { from, to };
}

export interface LocalUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

export function localUser(db: Reader): LocalUser {
  const user = db.get<LocalUser>('SELECT id, name, email FROM users ORDER BY seq LIMIT 1');
  if (!user) throw new Error('The file has no user');
  return user;
}

export interface FileSettingsPatch {
  readonly currency?: string | undefined;
  readonly week_start?: (typeof weekStarts)[number] | undefined;
  readonly user_name?: string | undefined;
  readonly user_email?: string | null | undefined;
  /** IANA name; null takes the machine's. */
  readonly time_zone?: string | null | undefined;
  readonly holidays?: readonly string[] | undefined;
  readonly history_days?: number | undefined;
  readonly history_megabytes?: number | undefined;
  readonly quiet_hours?: QuietHours | null | undefined;
}

function writeSetting(db: Writer, key: string, value: string | null): void {
  if (value === null) {
    db.run('DELETE FROM file_settings WHERE key = ?', key);
    return;
  }
  db.run(
    'INSERT INTO file_settings (key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
    key,
    value,
  );
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDateConfig(text) !== null;
}

/** @throws UserError naming the setting that is not valid */
export function updateFileSettings(unit: UnitOfWork, patch: FileSettingsPatch): void {
  const { db } = unit;
  if (patch.currency !== undefined) {
    if (!isCurrency(patch.currency)) {
      throw invalid(
        'currency',
        `Unknown currency "${patch.currency}". Use an ISO 4217 code such as EUR.`,
      );
    }
    writeSetting(db, 'currency', patch.currency);
  }
  if (patch.week_start !== undefined) writeSetting(db, 'week_start', patch.week_start);
  if (patch.time_zone !== undefined) {
    const zone = patch.time_zone === '' ? null : patch.time_zone;
    if (zone !== null && !isTimeZone(zone)) {
      throw invalid('time_zone', `Unknown time zone "${zone}". Use a name such as Europe/Berlin.`);
    }
    writeSetting(db, 'time_zone', zone);
  }
  if (patch.holidays !== undefined) {
    const index = patch.holidays.findIndex((day) => !isDay(day));
    if (index !== -1) {
      throw invalid(
        `holidays[${index}]`,
        `"${patch.holidays[index] ?? ''}" is no day. Write each as 2026-12-25.`,
      );
    }
    const days = [...new Set(patch.holidays)].toSorted((a, b) => a.localeCompare(b));
    writeSetting(db, 'holidays', days.length === 0 ? null : days.join(' '));
  }
  for (const key of ['history_days', 'history_megabytes'] as const) {
    const value = patch[key];
    if (value !== undefined) writeSetting(db, key, String(value));
  }
  const id = localUserId(db);
  if (patch.user_name !== undefined)
    db.run('UPDATE users SET name = ? WHERE id = ?', patch.user_name, id);
  if (patch.user_email !== undefined) {
    db.run(
      'UPDATE users SET email = ? WHERE id = ?',
      patch.user_email === '' ? null : patch.user_email,
      id,
    );
  }
  if (patch.quiet_hours === null) {
    db.run('DELETE FROM file_settings WHERE key = ?', quietHoursKey);
  } else if (patch.quiet_hours !== undefined) {
    const { from, to } = patch.quiet_hours;
    db.run(
      'INSERT INTO file_settings (key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
      quietHoursKey,
      `${from}-${to}`,
    );
  }
  unit.touch('settings', id);
}
