import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `runtime.json`, by which `npm start` finds the server of a data folder; of several it names the last to start.
 *
 * @returns takes the file away again, unless another server has put its own there since
 */
export function announceServer(dataDir: string, url: string): () => void {
  const path = join(dataDir, 'runtime.json');
  const text = JSON.stringify({ pid: process.pid, url });
  writeFileSync(path, text, { mode: 0o600 });
  return () => {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) rmSync(path, { force: true });
  };
}
