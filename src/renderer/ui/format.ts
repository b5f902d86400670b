import { currencyDigits } from '../../shared/model/money.ts';

// The page's language; English until there is another.
const locale = 'en';
const day = 86_400_000;

const numberFormat = new Intl.NumberFormat(locale);
const timeFormat = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const weekdayFormat = new Intl.DateTimeFormat(locale, { weekday: 'short' });
const dayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const yearFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const fullFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const longDayFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

export function formatNumber(value: number): string {
  return numberFormat.format(value);
}

/** Cents only where there are some: €5,000, €5,000.50. */
export function formatMoney(value: number, currency: string): string {
  const digits = Number.isInteger(value) ? 0 : currencyDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** For sums in narrow places: €1.2M, €48.5K. */
export function formatMoneyShort(value: number, currency: string): string {
  if (value < 100_000) return formatMoney(Math.round(value), currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value);
}

/** Midnight of a moment's day on this machine's clock. */
export function startOfDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

function daysFromToday(date: Date): number {
  // Rounded, since a day may have 23 or 25 hours.
  return Math.round((startOfDay(date).getTime() - startOfDay(new Date()).getTime()) / day);
}

/** A calendar date `2026-12-31` is that day on this machine's clock, not midnight UTC. */
export function parseDate(text: string): Date {
  return new Date(text.length === 10 ? `${text}T00:00:00` : text);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Today, Tomorrow, Fri, 12 Nov, 12 Nov 2025: as short as is clear. */
export function formatDay(text: string): string {
  const date = parseDate(text);
  const distance = daysFromToday(date);
  if (Math.abs(distance) <= 1) return capitalised(relativeFormat.format(distance, 'day'));
  if (distance > 1 && distance < 7) return weekdayFormat.format(date);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return (sameYear ? dayFormat : yearFormat).format(date);
}

/** As {@link formatDay}, with the time: Today 14:00. */
export function formatDayTime(text: string): string {
  return `${formatDay(text)} ${timeFormat.format(parseDate(text))}`;
}

export function formatFull(text: string): string {
  return fullFormat.format(parseDate(text));
}

/** Monday, November 23. */
export function formatLongDay(date: Date): string {
  return longDayFormat.format(date);
}

/** How long ago: 3 min ago, 2 hr ago, 5 days ago. */
export function formatAgo(text: string): string {
  const seconds = (Date.now() - parseDate(text).getTime()) / 1000;
  if (seconds < 60) return relativeFormat.format(0, 'second');
  if (seconds < 3600) return relativeFormat.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return relativeFormat.format(-Math.floor(seconds / 3600), 'hour');
  if (seconds < 30 * 86_400) return relativeFormat.format(-Math.floor(seconds / 86_400), 'day');
  return formatDay(text);
}

/** Whole days since then. */
export function daysSince(text: string): number {
  return Math.max(0, Math.floor((Date.now() - parseDate(text).getTime()) / day));
}

export function isOverdue(text: string): boolean {
  return parseDate(text).getTime() < Date.now();
}

/** 12 ms, 1.4 s, 12 s, 3 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.001) return '< 1 ms';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
