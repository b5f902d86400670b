import { foundation } from './0001-foundation.ts';
import { waitingAndTags } from './0002-waiting-and-tags.ts';
import { undoAndBin } from './0013-undo-and-bin.ts';
import { notes } from './0014-notes.ts';
import { customFieldsAndReminders } from './0015-custom-fields-and-reminders.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Append-only and strictly increasing; a released migration is never edited. */
export const migrations: readonly Migration[] = [
  foundation,
  waitingAndTags,
  undoAndBin,
  notes,
  customFieldsAndReminders,
];
