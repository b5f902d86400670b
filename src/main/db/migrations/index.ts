import { foundation } from './0001-foundation.ts';
import { waitingAndTags } from './0002-waiting-and-tags.ts';
import { runsAgain } from './0005-runs-again.ts';
import { control } from './0006-control.ts';
import { deliveries } from './0009-deliveries.ts';
import { mail } from './0010-mail.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Append-only and strictly increasing; a released migration is never edited. */
export const migrations: readonly Migration[] = [
  foundation,
  waitingAndTags,
  runsAgain,
  control,
  deliveries,
  mail,
];
