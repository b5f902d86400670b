/** Pause between two looks, in milliseconds. */
const lookAgainMs = 10;

export interface WaitOptions {
  /** The state must be there by then. */
  readonly withinMs?: number;
}

/**
 * Looks until `look` finds something: the only way a test waits.
 *
 * @param what names the state awaited, for the message when it does not come
 * @param look answers the value that was awaited; `undefined`, `null` and `false` mean not yet
 * @throws Error when the time is over, with the last fault of `look` as its cause
 */
export async function waitUntil<T>(
  what: string,
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { withinMs = 10_000 }: WaitOptions = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let fault: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
      fault = undefined;
    } catch (error) {
      fault = error;
    }
    if (performance.now() >= deadline) {
      throw new Error(`Not within ${withinMs} ms: ${what}`, { cause: fault });
    }
    await new Promise((resolve) => {
      setTimeout(resolve, lookAgainMs);
    });
  }
}
