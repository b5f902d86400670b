// Brings node_modules in line with package-lock.json before `npm start` and `npm test`. It runs on
// the machine's own Node, with nothing installed: no dependency, and the syntax of Node 14.
import { spawnSync } from 'node:child_process';
import { delimiter, sep } from 'node:path';
import { decideInstallation, readInstallation, writeStamp } from './support/installation.mjs';
import {
  isAtLeast,
  oldestToInstall,
  oldestToRun,
  pinnedNodeVersion,
} from './support/node-version.mjs';
import { inProject, root } from './support/project.mjs';

if (!isAtLeast(process.version, oldestToInstall)) {
  console.error(
    `Trellis needs Node 20 or newer to set itself up, and this is ${process.version}: install Node 24 from https://nodejs.org and try again.`,
  );
  process.exit(1);
}

const decision = decideInstallation(readInstallation(pinnedNodeVersion));

if (decision.do === 'install') {
  console.log(`Installing the dependencies (${decision.why}). About half a minute, once.`);
  // Install scripts stay off: npm 10 does not know `allowScripts` and would compile
  // better-sqlite3, whose binaries are in its package already. `node` alone needs its script.
  npm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    must: true,
  });
}
if (decision.do === 'install' || decision.do === 'rebuild-node') {
  npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], { must: false });
}
if (decision.do !== 'nothing') {
  const node = pinnedNodeVersion();
  // Without the pinned Node the machine's own does, if it is new enough.
  if (node !== null || isAtLeast(process.version, oldestToRun)) writeStamp(node);
}

/**
 * npm runs under the machine's Node, never under the one in node_modules: that file is about to be
 * replaced.
 *
 * @param {string[]} args
 * @param {{ must: boolean }} options
 */
function npm(args, { must }) {
  const node = process.env.npm_node_execpath;
  const cli = process.env.npm_execpath;
  const env = { ...process.env, PATH: pathWithoutTools() };
  const byFile = node !== undefined && cli !== undefined && isOutside(node) && /\.c?js$/.test(cli);
  const windows = process.platform === 'win32';
  const result = byFile
    ? spawnSync(node, [cli, ...args], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync(windows ? 'npm.cmd' : 'npm', args, {
        cwd: root,
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
        shell: windows,
      });
  if (result.status === 0 || !must) return;
  const why = result.error === undefined ? `status ${result.status}` : result.error.message;
  console.error(`"npm ${args.join(' ')}" failed (${why}): the lines above say why.`);
  process.exit(1);
}

/** @param {string} file */
function isOutside(file) {
  return !file.startsWith(inProject('node_modules') + sep);
}

function pathWithoutTools() {
  return (process.env.PATH || '').split(delimiter).filter(isOutsideTools).join(delimiter);
}

/** @param {string} folder */
function isOutsideTools(folder) {
  return isOutside(folder + sep);
}
