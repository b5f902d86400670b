// `npm run package`: builds the app, collects the licences of what is in it, and makes the installers of this system.
import { needRunnableNode } from './support/node-version.mjs';
import { writeLicences } from './support/licences.mjs';
import { runTool } from './support/processes.mjs';
import { inProject, toolFile } from './support/project.mjs';

await needRunnableNode(import.meta.url);

/** Passed on: `--linux deb`, `--dir`, `-c.compression=store`. */
const args = process.argv.slice(2);

const built = await runTool([toolFile('electron-vite'), 'build']);
if (!built.ok) process.exit(1);
console.log(`${writeLicences(inProject('THIRD-PARTY-LICENSES.txt'))} licences are in the package.`);
const { ok } = await runTool([
  toolFile('electron-builder'),
  '--publish=never',
  '--config',
  'build/release.yml',
  ...args,
]);
process.exit(ok ? 0 : 1);
