import type { Holidays } from '../../../shared/workflow/relative-date.ts';
import { isTimeZone } from '../../../shared/workflow/relative-date.ts';
import type { Reader } from '../../db/handle.ts';

/** What days and hours of work are counted by, as Settings has it; kept in the file, since runs depend on it. */
export interface WorkingCalendar {
  /** IANA name; null: the machine's. */
  readonly time_zone: string | null;
  readonly holidays: Holidays;
}

function readSetting(db: Reader, key: string): string | null {
  return (
    db.get<{ value: string }>('SELECT value FROM file_settings WHERE key = ?', key)?.value ?? null
  );
}

/** Also edited by SQL: a value that makes no sense counts as none. */
export function workingCalendar(db: Reader): WorkingCalendar {
  return db.remember('file_settings', 'working calendar', () => readCalendar(db));
}

function readCalendar(db: Reader): WorkingCalendar {
  const zone = readSetting(db, 'time_zone');
  const days = (readSetting(db, 'holidays') ?? '').split(/[\s,]+/);
  return {
    time_zone: zone !== null && isTimeZone(zone) ? zone : null,
    holidays: new Set(days.filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))),
  };
}
