// `npm start`: the app in front of the user, whatever the machine lacks.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { buildIsStale } from './support/build-state.mjs';
import { dataFolder } from './support/data-folder.mjs';
import { hasDisplay, openInBrowser } from './support/display.mjs';
import { electronBinary, installElectron } from './support/electron-binary.mjs';
import { needRunnableNode } from './support/node-version.mjs';
import { inSeconds, passSignalsTo, runTool, standIn } from './support/processes.mjs';
import { inProject, root, toolFile } from './support/project.mjs';
import { runServer } from './support/built-server.mjs';
import { findRunningServer } from './support/running-server.mjs';

await needRunnableNode(import.meta.url);

const args = process.argv.slice(2);
const folder = dataFolder(args);
/** Ends that somebody wanted, and not a crash on the way up. */
const askedToEnd = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL']);

const running = await findRunningServer(folder);
if (running !== null) {
  console.log(`Trellis is already running: ${running.url}`);
  if (!running.signedIn) console.log('It was started with a token of its own: enter that one.');
  openInBrowser(running.url);
  process.exit(0);
}

if (buildIsStale()) await build();

const desktop = await findDesktop();
if ('binary' in desktop) {
  await startDesktop(desktop.binary);
} else {
  await startServer(desktop.why);
}

async function build() {
  process.stdout.write('Building Trellis … ');
  const { ok, output, seconds } = await runTool([toolFile('electron-vite'), 'build'], {
    quiet: true,
  });
  console.log(ok ? `done in ${inSeconds(seconds)}.` : `failed.\n${output}`);
  if (!ok) process.exit(1);
}

/** @returns {Promise<{ binary: string } | { why: string }>} */
async function findDesktop() {
  if (!existsSync(inProject('out/main/main.js'))) {
    return { why: 'this version has no desktop window yet' };
  }
  if (!hasDisplay()) return { why: 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY)' };
  // Chromium's sandbox is never switched off for this.
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { why: 'Electron does not start as root' };
  }
  const binary = electronBinary();
  if (binary !== null) return { binary };
  const fetched = await installElectron();
  return 'why' in fetched ? { why: `Electron could not be fetched: ${fetched.why}` } : fetched;
}

/** @param {string} binary */
async function startDesktop(binary) {
  const started = Date.now();
  // Set by terminals inside Electron apps; it would turn the app into a bare Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(binary, [root, ...args], {
    ...standIn,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  passSignalsTo(child);
  /** @type {{ code: number | null, why: string }} */
  const end = await new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, why: error.message }));
    child.on('exit', (code, signal) => {
      if (signal !== null && askedToEnd.has(signal)) process.exit(1);
      resolve({ code: code === 127 ? null : code, why: signal ?? 'a system library is missing' });
    });
  });
  if (end.code === null && Date.now() - started < 10_000) {
    await startServer(`Electron does not start here: ${end.why}`);
    return;
  }
  process.exit(end.code ?? 1);
}

/** @param {string} why */
async function startServer(why) {
  console.log(`Trellis opens in the browser: ${why}.`);
  await runServer();
  // With a code of our own, so that the printed one is still good for another browser.
  const started = await findRunningServer(folder);
  if (started !== null) openInBrowser(started.url);
}
