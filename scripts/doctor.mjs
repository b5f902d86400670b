// `npm run doctor`: what this machine has of what Trellis uses.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dataFolder } from './support/data-folder.mjs';
import { hasDisplay } from './support/display.mjs';
import { electronBinary } from './support/electron-binary.mjs';
import { decideInstallation, readInstallation } from './support/installation.mjs';
import { chooseNode, pinnedNodeVersion } from './support/node-version.mjs';
import { inProject } from './support/project.mjs';
import { buildIsStale } from './support/build-state.mjs';
import { findTestPieces } from './support/test-pieces.mjs';

const pinned = pinnedNodeVersion();
const installed = existsSync(inProject('node_modules'));
const node = chooseNode({ version: process.version, pinned: () => pinned, installed });

line('system', `${process.platform} ${process.arch}`);
line('node', `${process.version} (${process.execPath})`);
line('node 24', pinned ?? 'not installed');
line(
  'runs on',
  node.run === 'nowhere' ? node.why : node.run === 'pinned' ? 'node 24' : 'this node',
);
line('npm', npmVersion());
line('packages', packages());
line('build', existsSync(inProject('out')) ? (buildIsStale() ? 'stale' : 'up to date') : 'none');
line('electron', electronBinary() ?? 'no binary; "npm start" fetches it');
line('display', hasDisplay() ? 'yes' : 'none');
await testPieces();
const folder = dataFolder(process.argv.slice(2));
line('data', `${folder}${existsSync(folder) ? '' : ' (not made yet)'}`);

/**
 * @param {string} name
 * @param {string} value
 */
function line(name, value) {
  console.log(`${name.padEnd(10)} ${value}`);
}

function npmVersion() {
  const agent = /npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? '');
  if (agent !== null) return agent[1] ?? '';
  const windows = process.platform === 'win32';
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', ['--version'], {
    encoding: 'utf8',
    shell: windows,
  });
  return result.status === 0 ? result.stdout.trim() : 'not found';
}

function packages() {
  const decision = decideInstallation(readInstallation(() => pinned));
  switch (decision.do) {
    case 'install':
      return `${decision.why}; "npm start" installs them`;
    case 'rebuild-node':
      return 'match the lock, but for Node 24';
    default:
      return 'match the lock';
  }
}

async function testPieces() {
  const { browser, missing } = await findTestPieces();
  line('browser', browser ?? 'none found; the tests need Chrome, Chromium or Edge');
  if (process.platform !== 'linux') return;
  const pieces = missing.filter((name) => name !== 'chromium');
  line('notify', pieces.length === 0 ? 'all pieces there' : `missing: ${pieces.join(' ')}`);
}
