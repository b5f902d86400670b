/** A schedule as the form asks for it. */
export const cronPresets = ['hourly', 'daily', 'workdays', 'weekly', 'monthly', 'custom'] as const;
export type CronPreset = (typeof cronPresets)[number];

export interface CronDraft {
  readonly preset: CronPreset;
  /** `09:00`. */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekday: string;
  readonly day: string;
}

const start: CronDraft = { preset: 'custom', time: '09:00', weekday: '1', day: '1' };

/** What five parts say, when a preset says the same. */
export function readCron(cron: string): CronDraft {
  const parts = cron.trim().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  if (parts.length !== 5 || month !== '*' || !/^\d{1,2}$/.test(minute)) return start;
  if (hour === '*')
    return day === '*' && weekday === '*' && minute === '0'
      ? { ...start, preset: 'hourly' }
      : start;
  if (!/^\d{1,2}$/.test(hour)) return start;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return { ...start, preset: 'daily', time };
  if (day === '*' && weekday === '1-5') return { ...start, preset: 'workdays', time };
  if (day === '*' && /^[0-6]$/.test(weekday)) return { ...start, preset: 'weekly', time, weekday };
  if (weekday === '*' && /^\d{1,2}$/.test(day)) return { ...start, preset: 'monthly', time, day };
  return { ...start, time };
}

/** @returns the five parts a preset stands for; null for one that only a person can write */
export function writeCron({ preset, time, weekday, day }: CronDraft): string | null {
  const [hour = '9', minute = '0'] = time.split(':').map((part) => String(Number(part)));
  switch (preset) {
    case 'hourly':
      return '0 * * * *';
    case 'daily':
      return `${minute} ${hour} * * *`;
    case 'workdays':
      return `${minute} ${hour} * * 1-5`;
    case 'weekly':
      return `${minute} ${hour} * * ${weekday}`;
    case 'monthly':
      return `${minute} ${hour} ${day} * *`;
    case 'custom':
      return null;
  }
}
