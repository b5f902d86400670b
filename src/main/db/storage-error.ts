import Database from 'better-sqlite3';
import { UserError } from '../errors.ts';

const damaged =
  'The file is damaged. Nothing was changed: restore a backup under Settings, Data safety, or start Trellis again to have it repaired.';

const words: readonly (readonly [code: string, message: string])[] = [
  [
    'SQLITE_FULL',
    'The disk is full, so this could not be saved. Nothing was changed: free some space and try again.',
  ],
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_NOTADB', damaged],
  [
    'SQLITE_READONLY',
    'The file or its folder may only be read. Nothing was changed: give yourself the right to write there and try again.',
  ],
  [
    'SQLITE_PERM',
    'The file or its folder may only be read. Nothing was changed: give yourself the right to write there and try again.',
  ],
  [
    'SQLITE_CANTOPEN',
    'The file cannot be opened. Nothing was changed: see that its folder is still there and may be written, and try again.',
  ],
  [
    'SQLITE_IOERR',
    'The disk reported an error while Trellis was using the file. Nothing was changed: see that the disk is connected and sound, and try again.',
  ],
  [
    'SQLITE_BUSY',
    'Another program is writing to the file. Nothing was changed: try again when it has finished.',
  ],
];

/** The disk or the file under it failed. No rule of ours was broken, so another try later may well succeed. */
export function isStorageFailure(error: unknown): boolean {
  return messageFor(error) !== null;
}

/** What a failure of the disk or the file means and what to do about it; null for any other error. */
export function explainStorageFailure(error: unknown): UserError | null {
  const message = messageFor(error);
  if (message === null) return null;
  // Once the disk has room, or the other program is done, the same call does well. A damaged file stays damaged.
  const kind = message === damaged ? 'fix_input' : 'try_again';
  return new UserError('conflict', message, { cause: error, kind });
}

function messageFor(error: unknown): string | null {
  if (!(error instanceof Database.SqliteError)) return null;
  const { code } = error;
  // SQLite refines its codes: SQLITE_IOERR_WRITE, SQLITE_CORRUPT_INDEX.
  return words.find(([known]) => code === known || code.startsWith(`${known}_`))?.[1] ?? null;
}
