import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '../src/main/ports.ts';

/** A log this big is set aside, in bytes. */
const largest = 2_000_000;

/** So many logs are kept: `trellis.log`, then the ones set aside, `trellis.log.1` the newest of them. */
const kept = 4;

/** Logs into a file as well; what a terminal shows is lost with it. */
export function logFile(file: string, also: Logger, largestBytes = largest): Logger {
  /** Bytes in the file; null before the first line, so that a folder that is refused stays as it was. */
  let size: number | null = null;

  function write(level: string, message: string): void {
    // What goes on over several lines is set in, so that each entry begins a line.
    const line = `${new Date().toISOString()} ${level} ${message.replaceAll('\n', '\n    ')}\n`;
    try {
      size ??= begin(file);
      if (size > largestBytes) {
        setAside(file);
        size = 0;
      }
      // For the user alone: it names workflows and records.
      appendFileSync(file, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      // A full disk or a folder that may only be read is no reason to stop; the other logger has the line.
    }
  }

  return {
    info(message) {
      also.info(message);
      write('info', message);
    },
    error(message) {
      also.error(message);
      write('error', message);
    },
  };
}

/** @returns how large the log is that is there already */
function begin(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function setAside(file: string): void {
  rmSync(`${file}.${kept - 1}`, { force: true });
  for (let age = kept - 1; age > 0; age -= 1) {
    const younger = age === 1 ? file : `${file}.${age - 1}`;
    if (statSync(younger, { throwIfNoEntry: false })) renameSync(younger, `${file}.${age}`);
  }
}
