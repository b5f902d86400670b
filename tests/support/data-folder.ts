import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder for one or more servers in a row; gone with the process that made it. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-data-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
