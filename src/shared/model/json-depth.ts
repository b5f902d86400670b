/** Nobody nests so deep on purpose, and what walks a value by recursion would run out of stack. */
export const deepestJson = 100;

/** Whether a parsed JSON value has lists and objects within each other beyond {@link deepestJson}. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestJson) return true;
    level = level.flatMap((part) =>
      typeof part === 'object' && part !== null ? Object.values(part) : [],
    );
  }
  return false;
}
