import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

export interface PhoneKey {
  /** The number within its country, digits alone. */
  readonly national: string;
  /** Calling code of the country; null where the number does not say it. */
  readonly country: string | null;
}

/** Fewer digits than these are an extension or a short number: many have the same. */
const fewestDigits = 7;

/** A phone number without how it is written; null where there is too little of it to tell two apart. */
export function phoneKey(text: string): PhoneKey | null {
  const bare = text.trim().replace(/^00(?=[1-9])/, '+');
  if (bare.startsWith('+')) {
    const parsed = parsePhoneNumberFromString(bare);
    if (parsed) return { national: parsed.nationalNumber, country: parsed.countryCallingCode };
  }
  const digits = bare.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length < fewestDigits ? null : { national: digits, country: null };
}
