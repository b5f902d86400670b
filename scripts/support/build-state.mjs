import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/** What the build makes of which source; an entry that is not there is not built. */
const outputs = [
  { source: 'electron/main.ts', output: 'out/main/main.js' },
  { source: 'server/main.ts', output: 'out/main/server.js' },
  { source: 'src/preload/preload.ts', output: 'out/preload/preload.cjs' },
  { source: 'src/renderer/index.html', output: 'out/renderer/index.html' },
];

const sources = [
  'electron',
  'hosts',
  'server',
  'src',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
];

/** Whether a source is newer than what was built from it, or an output is missing. */
export function buildIsStale() {
  const built = outputs
    .filter(({ source }) => existsSync(inProject(source)))
    .map(({ output }) => inProject(output));
  if (built.length === 0 || !built.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return sources.some((source) => newestChange(inProject(source)) > oldest);
}

/**
 * When something in here last changed. A folder's own time counts: it moves when a file is removed.
 *
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  let newest = stats.mtimeMs;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (/\.test\.tsx?$/.test(entry.name)) continue;
    newest = Math.max(newest, newestChange(join(path, entry.name)));
  }
  return newest;
}
