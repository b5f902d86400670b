import type { Field } from '../model/fields/field.ts';

/** @returns null for anything but a number or text that is one */
export function readNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return null;
  return Number(value);
}

/** What a workflow wrote for a field, in the field's own type: numeric text becomes a number, `true` a yes, and
 * `a, b` two choices. */
export function prepareFieldValue(field: Field, value: unknown): unknown {
  const isNumber = field.type === 'money' || field.type === 'number';
  if (isNumber && typeof value === 'string' && value.trim() !== '')
    return readNumber(value) ?? value;
  if (field.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (field.type === 'multi_choice' && typeof value === 'string' && value.trim() !== '')
    return value.split(',').map((choice) => choice.trim());
  return value;
}
