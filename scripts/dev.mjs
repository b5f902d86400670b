// `npm run dev`: the desktop app with hot reload, or, where it cannot open, the server, built and
// started anew at each change.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { hasDisplay } from './support/display.mjs';
import { electronBinary } from './support/electron-binary.mjs';
import { needRunnableNode } from './support/node-version.mjs';
import { inSeconds, passSignalsTo, runTool, standIn } from './support/processes.mjs';
import { inProject, toolFile } from './support/project.mjs';

await needRunnableNode(import.meta.url);

const args = process.argv.slice(2);
const electronVite = toolFile('electron-vite');

if (existsSync(inProject('electron/main.ts')) && hasDisplay() && electronBinary() !== null) {
  const child = start([electronVite, 'dev', '--', ...args]);
  passSignalsTo(child);
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  await serveAndWatch();
}

async function serveAndWatch() {
  /** @type {import('node:child_process').ChildProcess | null} */
  let server = null;
  let waiting = false;
  let building = false;

  const renew = async () => {
    // A change while building waits for the build, which may not have read it.
    waiting = true;
    if (building) return;
    building = true;
    while (waiting) {
      waiting = false;
      const { ok, output, seconds } = await runTool([electronVite, 'build'], { quiet: true });
      console.log(ok ? `Built in ${inSeconds(seconds)}.` : output);
      if (!ok || waiting) continue;
      await end(server);
      server = start([inProject('out/main/server.js'), ...args]);
    }
    building = false;
  };

  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
    process.on(signal, () => void end(server).then(() => process.exit(0)));
  }
  await renew();
  for (const folder of ['server', 'src']) {
    if (existsSync(inProject(folder)))
      watch(inProject(folder), { recursive: true }, () => void renew());
  }
}

/** @param {string[]} command */
function start(command) {
  return spawn(process.execPath, command, {
    ...standIn,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/**
 * Asks the server to end and waits until it has: the next one needs its port and its lock.
 *
 * @param {import('node:child_process').ChildProcess | null} server
 */
async function end(server) {
  if (server === null || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}
