// Loaded by whatever Node the machine has: the syntax here stays that of Node 14.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithParent, passSignalsTo, standIn, stoodInFor } from './processes.mjs';
import { inProject } from './project.mjs';

/** better-sqlite3 crashes the process, with no message, on anything older. */
export const oldestToRun = '22.12.0';
/** What the set-up itself needs. */
export const oldestToInstall = '20.0.0';
/** From here on the Node at hand is as good as the pinned one. */
const newEnough = '24.0.0';

/**
 * @param {string} version with or without a leading v
 * @param {string} least
 */
export function isAtLeast(version, least) {
  const have = version.replace(/^v/, '').split('.').map(Number);
  const want = least.split('.').map(Number);
  for (let i = 0; i < want.length; i += 1) {
    const difference = (have[i] || 0) - (want[i] || 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * Which Node shall run the command.
 *
 * @param {{ version: string, pinned: () => string | null, installed: boolean }} found
 *   the version running now; the version of the pinned Node if it can be started; whether
 *   node_modules is there at all
 * @returns {{ run: 'here' } | { run: 'pinned' } | { run: 'nowhere', why: string }}
 */
export function chooseNode({ version, pinned, installed }) {
  if (!installed) {
    return { run: 'nowhere', why: 'The dependencies are not installed: run "npm ci" first.' };
  }
  if (isAtLeast(version, newEnough)) return { run: 'here' };
  const pinnedVersion = pinned();
  if (pinnedVersion !== null && isAtLeast(pinnedVersion, oldestToRun)) return { run: 'pinned' };
  if (isAtLeast(version, oldestToRun)) return { run: 'here' };
  const why = `Trellis needs Node ${oldestToRun} or newer, this is ${version}, and the Node 24 it brings along is not there ("npm rebuild node" fetches it): install Node 24 from https://nodejs.org and try again.`;
  return { run: 'nowhere', why };
}

/** The Node that comes with the devDependency `node`; the file may be missing or unable to run. */
function pinnedNodeFile() {
  return inProject('node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** @returns {string | null} its version, or null where it is missing or does not start */
export function pinnedNodeVersion() {
  const file = pinnedNodeFile();
  if (!existsSync(file)) return null;
  const result = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10000 });
  return result.status === 0 ? result.stdout.trim() : null;
}

/**
 * Comes back only in a Node that can run Trellis. Otherwise starts the script again under the
 * pinned Node and ends as that one ends, or says in one line what is missing.
 *
 * @param {string} scriptUrl the `import.meta.url` of the script
 */
export async function needRunnableNode(scriptUrl) {
  endWithParent();
  const choice = chooseNode({
    version: process.version,
    pinned: pinnedNodeVersion,
    installed: existsSync(inProject('node_modules')),
  });
  if (choice.run === 'here') return;
  if (choice.run === 'nowhere') {
    console.error(choice.why);
    process.exit(1);
  }
  const child = spawn(
    pinnedNodeFile(),
    [...process.execArgv, fileURLToPath(scriptUrl), ...process.argv.slice(2)],
    {
      ...standIn,
      stdio: 'inherit',
      env: { ...process.env, PATH: pathWithTools(), [stoodInFor]: String(process.pid) },
    },
  );
  passSignalsTo(child);
  child.on('error', (error) => {
    console.error(`Node 24 did not start: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code === null ? 1 : code));
  // The child now is the command: nothing after this line may run here.
  await new Promise(() => {});
}

function pathWithTools() {
  return [join(inProject('node_modules'), '.bin'), process.env.PATH || ''].join(delimiter);
}
