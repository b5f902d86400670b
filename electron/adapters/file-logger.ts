import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../src/main/ports.ts';

/** A log this big is set aside at the next start, in place of the one set aside before. */
const largest = 2_000_000;

/** An installed app has no terminal, so what it logs is kept in the data folder too. */
export function fileLogger(folder: string): Logger {
  const file = join(folder, 'trellis.log');
  mkdirSync(folder, { recursive: true });
  setAside(file);

  function write(level: string, message: string): void {
    // What goes on over several lines is set in, so that each entry begins a line.
    const line = `${new Date().toISOString()} ${level} ${message.replaceAll('\n', '\n    ')}\n`;
    process.stderr.write(line);
    try {
      // For the user alone: it names workflows and records.
      appendFileSync(file, line, { mode: 0o600 });
    } catch {
      // A full disk is no reason to stop; stderr has the line.
    }
  }

  return {
    info: (message) => write('info', message),
    error: (message) => write('error', message),
  };
}

function setAside(file: string): void {
  try {
    if (statSync(file).size > largest) renameSync(file, `${file}.old`);
  } catch {
    // There is none yet.
  }
}
