/**
 * Money is a plain number in major units everywhere but the file, which holds integer minor units
 * plus an ISO 4217 code. Digits per currency come from the runtime's own CLDR data.
 */
const digitsByCurrency = new Map<string, number>();

/** How many decimals amounts of a currency have: 2 for EUR, 0 for JPY. */
export function currencyDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

let supportedCurrencies: ReadonlySet<string> | undefined;

export function isCurrency(code: string): boolean {
  supportedCurrencies ??= new Set(Intl.supportedValuesOf('currency'));
  return supportedCurrencies.has(code);
}

export function currencyCodes(): readonly string[] {
  return Intl.supportedValuesOf('currency');
}

/**
 * @param value amount in major units
 * @returns minor units, or null when the amount has more decimals than the currency or is not exact as a number
 */
export function toMinorUnits(value: number, currency: string): number | null {
  const digits = currencyDigits(currency);
  const minor = Math.round(value * 10 ** digits);
  if (!Number.isSafeInteger(minor)) return null;
  return fromMinorUnits(minor, currency) === value ? minor : null;
}

/** @returns the amount in major units, the nearest number to the exact decimal */
export function fromMinorUnits(minor: number, currency: string): number {
  // Both are exact, and so division gives the nearest number there is.
  return minor / 10 ** currencyDigits(currency);
}
