import { describe, expect, test } from 'vitest';
import {
  currencyCodes,
  currencyDigits,
  fromMinorUnits,
  isCurrency,
  toMinorUnits,
} from './money.ts';

describe('money', () => {
  test.each([
    ['EUR', 2],
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
  ])('%s has %i decimals', (currency, digits) => {
    expect(currencyDigits(currency)).toBe(digits);
  });

  test.each([
    [100, 'EUR', 10_000],
    [5000.01, 'EUR', 500_001],
    [0, 'EUR', 0],
    [0.01, 'EUR', 1],
    // Each of these misses its integer by a hair when multiplied: the traps of binary fractions.
    [1.1, 'EUR', 110],
    [0.29, 'EUR', 29],
    [0.57, 'EUR', 57],
    [1.15, 'EUR', 115],
    [4.35, 'EUR', 435],
    [8.2, 'EUR', 820],
    [19.99, 'EUR', 1999],
    [1_000_000_000_000, 'EUR', 100_000_000_000_000],
    [999_999_999_999.99, 'EUR', 99_999_999_999_999],
    [5000, 'JPY', 5000],
    [1.234, 'KWD', 1234],
    [0.001, 'KWD', 1],
    [1_000_000_000_000, 'KWD', 1_000_000_000_000_000],
  ])('%d %s is stored as %d and read back as it was', (value, currency, minor) => {
    expect(toMinorUnits(value, currency)).toBe(minor);
    expect(fromMinorUnits(minor, currency)).toBe(value);
  });

  test.each([
    [1.005, 'EUR'],
    [5000.001, 'EUR'],
    [0.1 + 0.2 + 0.001, 'EUR'],
    [0.5, 'JPY'],
    [5000.01, 'JPY'],
    [1.2345, 'KWD'],
    [Number.MAX_SAFE_INTEGER, 'EUR'],
    [Number.NaN, 'EUR'],
    [Number.POSITIVE_INFINITY, 'EUR'],
  ])('%d %s has too many decimals or is too large', (value, currency) => {
    expect(toMinorUnits(value, currency)).toBeNull();
  });

  test('every amount of cents up to 200 euros makes the round trip', () => {
    for (let minor = 0; minor <= 20_000; minor += 1) {
      expect(toMinorUnits(fromMinorUnits(minor, 'EUR'), 'EUR')).toBe(minor);
    }
  });

  test('currencies are the ISO codes, in capitals', () => {
    expect(isCurrency('EUR')).toBe(true);
    for (const code of ['eur', 'EURO', 'XXZ', '', 'constructor', '€'])
      expect(isCurrency(code)).toBe(false);
    expect(currencyCodes()).toEqual(expect.arrayContaining(['EUR', 'USD', 'JPY', 'KWD']));
  });
});
