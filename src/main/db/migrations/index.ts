import { foundation } from './0001-foundation.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Append-only and strictly increasing; a released migration is never edited. */
export const migrations: readonly Migration[] = [foundation];
