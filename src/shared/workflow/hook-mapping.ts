import { type Findings, isPlainObject, oneOf } from './definition-findings.ts';

/** Fields of a contact that a payload may fill; `name` is a whole name, split at its last space. */
export const hookContactFields = [
  'email',
  'name',
  'first_name',
  'last_name',
  'phone',
  'job_title',
] as const;

export type HookContactField = (typeof hookContactFields)[number];

/** Field → where it is in the payload, as a dotted path: `customer.email`, `items.0.buyer.phone`. */
export type HookMapping = Readonly<Partial<Record<HookContactField, string>>>;

/** What to do when no contact has the email: the default is to create one. */
export const hookAbsentChoices = ['create', 'ignore', 'refuse'] as const;
export type HookAbsent = (typeof hookAbsentChoices)[number];

const pathPattern = /^[^.\s][^.]*(\.[^.]+)*$/;
const longestPath = 300;

export function checkHookMapping(value: unknown, path: string, findings: Findings): void {
  if (!isPlainObject(value)) {
    findings.fault(
      path,
      'wrong_type',
      'contact must be an object such as {"email": "customer.email"}.',
    );
    return;
  }
  const known: readonly string[] = hookContactFields;
  for (const [field, place] of Object.entries(value)) {
    if (!known.includes(field)) {
      findings.fault(
        `${path}.${field}`,
        'unknown_key',
        `Unknown key "${field}" in contact. Use: ${oneOf(known)}.`,
      );
    } else if (
      typeof place !== 'string' ||
      place.length > longestPath ||
      !(place === '' || pathPattern.test(place))
    ) {
      findings.fault(
        `${path}.${field}`,
        'wrong_type',
        `${field} must be a path into the payload, such as customer.${field}.`,
      );
    }
  }
  const places = Object.values(value).filter((place) => place !== '');
  if (places.length > 0 && (value['email'] === undefined || value['email'] === '')) {
    findings.gap(
      `${path}.email`,
      'required',
      'Say where the payload has the email: contacts are found by it.',
    );
  }
}

export function checkHookAbsent(value: unknown, path: string, findings: Findings): void {
  if (hookAbsentChoices.some((choice) => choice === value)) return;
  findings.fault(path, 'unknown_choice', `${path} must be one of: ${oneOf(hookAbsentChoices)}.`);
}

/**
 * What stands at a dotted path of a payload, as text; null when there is nothing that could be text.
 *
 * @param path segments parted by dots; a number counts into a list
 */
export function textAt(payload: unknown, path: string): string | null {
  let value = payload;
  for (const segment of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return null;
    value = Reflect.get(value, segment);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}
