import { foundation } from './0001-foundation.ts';
import { waitingAndTags } from './0002-waiting-and-tags.ts';
import { hooksAndTokens } from './0011-hooks-and-tokens.ts';
import { notificationStates } from './0012-notification-states.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Append-only and strictly increasing; a released migration is never edited. */
export const migrations: readonly Migration[] = [
  foundation,
  waitingAndTags,
  hooksAndTokens,
  notificationStates,
];
