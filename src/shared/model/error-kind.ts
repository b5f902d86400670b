/**
 * Who can do something about an error. `fix_input`: the user, by changing what was given. `try_again`: nothing is wrong
 * with it, and later it may work. `our_bug`: only the makers of Trellis.
 */
export const errorKinds = ['fix_input', 'try_again', 'our_bug'] as const;

export type ErrorKind = (typeof errorKinds)[number];

/** Statuses that say of themselves that the same request may do well later: a time-out, too many, cancelled, not ready. */
const laterStatuses: ReadonlySet<number> = new Set([408, 429, 499, 503]);

/** What an HTTP status of ours says, where the error itself says nothing. */
export function errorKindOfStatus(status: number): ErrorKind {
  if (laterStatuses.has(status)) return 'try_again';
  return status >= 500 ? 'our_bug' : 'fix_input';
}
