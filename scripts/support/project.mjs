import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** @param {...string} parts */
export const inProject = (...parts) => join(root, ...parts);

/** @param {string} file */
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * The JavaScript file behind a tool's command, to be run by the Node that runs this. (The shims in
 * node_modules/.bin need a shell on Windows.)
 *
 * @param {string} packageName
 * @param {string} [command] the command's name, where it differs from the package's
 */
export function toolFile(packageName, command = packageName) {
  const folder = inProject('node_modules', ...packageName.split('/'));
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) {
    throw new Error(`${packageName} is not installed: run "npm ci" first`);
  }
  const { bin } = readJson(manifest);
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}
