/** Waits between the first attempts, in milliseconds; after these every two hours. */
const firstDelaysMs = [4_000, 8_000, 16_000, 60_000, 300_000, 1_800_000];
const laterDelayMs = 7_200_000;

/** No attempt begins later than this after the first. */
const longestMs = 24 * 3_600_000;

/** How much is added to a delay at most, so that deliveries that failed together do not come back together. */
const jitterPart = 0.2;

export interface RetryFacts {
  readonly delivery_id: string;
  /** How many attempts there were, this one included. */
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly first_attempt: number;
  readonly now: number;
  /** What the server asked for, in milliseconds from now; null when it did not ask. */
  readonly retry_after: number | null;
}

/** @returns epoch milliseconds of the next attempt, or null: no more */
export function planRetry(facts: RetryFacts): number | null {
  const { attempt, first_attempt: first, now, retry_after: asked } = facts;
  const delay = firstDelaysMs[attempt - 1] ?? laterDelayMs;
  const planned = now + Math.round(delay * (1 + jitterPart * fraction(facts)));
  const next = asked === null ? planned : Math.max(planned, now + asked);
  return next - first > longestMs ? null : next;
}

/** A number from 0 to 1 that the same attempt of the same delivery always gets (FNV-1a). */
function fraction({ delivery_id: id, attempt }: RetryFacts): number {
  let hash = 0x811c9dc5;
  for (const character of `${id}:${attempt}`) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash / 0xffffffff;
}

/** Reads `Retry-After`, seconds or a date. @returns milliseconds from now, or null */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Statuses a later attempt may not meet; every other 4xx is about the request itself. */
export function isWorthRetrying(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}
