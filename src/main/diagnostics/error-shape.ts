import { constants } from 'node:os';

/**
 * What log lines begin with. Only these words of a line are told: whatever else is in it may be the user's, such as
 * the name of a workflow, an address or a path.
 */
const phrases = [
  'A backup could not be made',
  'A listener of',
  'A notification could not be answered',
  'A reader thread ended',
  'A request failed',
  'Delivery',
  'No backup before the restore',
  'Notifications cannot be shown on this computer',
  'Notifications stopped',
  'The API could not be switched on',
  'The Outbox could not be read and waits',
  'The end of the executor could not be noted',
  'The file could not be used',
  'The history could not be brought within its budget',
  'The log of the file is copied by commits from now on',
  'The page could not be loaded',
  'The page ended',
  'The reader thread ended',
  'The runs of paused workflows could not be held or let go',
  'Unexpected fault',
  'Unhandled',
  'Workflow trigger error',
] as const;

const errorNames = new Set([
  'AggregateError',
  'RangeError',
  'ReferenceError',
  'SqliteError',
  'TypeError',
]);

/** The deepest frames tell where; more would only be long. */
const framesTold = 4;

/** What can be told of an error without telling anything of the user's. */
export interface ErrorShape {
  readonly what: string;
  /** Codes of SQLite and of the system, and names of JavaScript's own errors. */
  readonly codes: readonly string[];
  /** Places in the program, such as `commit (core-a1b2.js:120:7)`. */
  readonly frames: readonly string[];
}

/** Reads, of a line of the log, what was written by the program itself; everything else is left out. */
export function errorShape(message: string): ErrorShape {
  const lines = message.split('\n');
  const [first = ''] = lines;
  const phrase = phrases.find((known) => first.startsWith(known)) ?? 'Another error';
  const words = first.match(/[A-Za-z_]+/g) ?? [];
  const codes = words.filter(
    (word) => /^SQLITE_[A-Z_]+$/.test(word) || word in constants.errno || errorNames.has(word),
  );
  return {
    what: phrase,
    codes: [...new Set(codes)],
    frames: lines.flatMap((line) => frameOf(line) ?? []).slice(0, framesTold),
  };
}

/** A frame inside the program: the folders before it would name the user. */
function frameOf(line: string): string | null {
  const match =
    /^\s+at (?:async )?(?:([\w.$]+) \()?.*\/(?:out\/main|src\/main|hosts|electron|server)\/(?:[\w-]+\/)*([\w.-]+\.[jt]s:\d+:\d+)\)?$/.exec(
      line,
    );
  const place = match?.[2];
  if (place === undefined) return null;
  return match?.[1] === undefined ? place : `${match[1]} (${place})`;
}
