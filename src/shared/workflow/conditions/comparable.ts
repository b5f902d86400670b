import type { FieldType } from '../../model/fields/field.ts';
import { dateOf } from '../relative-date.ts';

/** How the values of a field are compared. */
export type Comparison = 'text' | 'number' | 'date' | 'instant' | 'boolean' | 'tags';

export function comparisonOf(type: FieldType): Comparison {
  switch (type) {
    case 'money':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'datetime':
      return 'instant';
    case 'tags':
      return 'tags';
    case 'id':
    case 'text':
    case 'long_text':
    case 'email':
    case 'phone':
    case 'domain':
    case 'currency':
    case 'choice':
    // Several choices read as one text: `contains` asks for one of them.
    case 'multi_choice':
    case 'stage':
    case 'pipeline':
    case 'link':
      return 'text';
  }
}

/** Text without case and accents: what two texts must share to be the same. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

export function isDateText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/**
 * A value in the form comparisons are made in: folded text, a number, a calendar day, or an instant in ms.
 *
 * @param value of the field, or written in a rule
 * @returns null for an empty or unreadable value
 */
export function toComparable(value: unknown, comparison: Comparison): string | number | null {
  if (value === null || value === undefined || value === '') return null;
  switch (comparison) {
    // A rule may say it in words or in numbers.
    case 'boolean':
      if (value === true || value === 1 || value === 'true' || value === '1') return 1;
      return value === false || value === 0 || value === 'false' || value === '0' ? 0 : null;
    case 'text':
    case 'tags':
      return typeof value === 'string' || typeof value === 'number'
        ? foldText(String(value))
        : null;
    case 'number': {
      if (typeof value !== 'number' && typeof value !== 'string') return null;
      const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
      return Number.isFinite(number) ? number : null;
    }
    case 'date':
      return typeof value === 'string' && isDateText(value) ? value : null;
    case 'instant': {
      const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      return Number.isFinite(ms) ? ms : null;
    }
  }
}

/** The calendar day of a date or an instant in a zone; null for an empty or unreadable value. */
export function toLocalDate(value: unknown, timeZone: string): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (isDateText(value)) return value;
  const ms = Date.parse(value);
  return Number.isFinite(ms) ? dateOf(ms, timeZone) : null;
}
