import { isDeepStrictEqual } from 'node:util';

/** What did not hold, by name; the boot check is green when there is nothing here. */
export const failures: string[] = [];

export function expect(name: string, actual: unknown, wanted: unknown = true): void {
  if (isDeepStrictEqual(actual, wanted)) return;
  failures.push(`${name}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);
}
