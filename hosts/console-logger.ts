import type { Logger } from '../src/main/ports.ts';

/** Everything goes to standard error: standard output carries the READY line that scripts read. */
export const consoleLogger: Logger = {
  info: (message) => void process.stderr.write(`${message}\n`),
  error: (message) => void process.stderr.write(`${message}\n`),
};
