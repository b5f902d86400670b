// `npm run dev`: the desktop app with hot reload, or, where it cannot open, the server, rebuilt and
// restarted at each change.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hasDisplay } from './support/display.mjs';
import { electronBinary } from './support/electron-binary.mjs';
import { needRunnableNode } from './support/node-version.mjs';
import { forwardSignals, runTool } from './support/processes.mjs';
import { inProject, toolFile } from './support/project.mjs';

await needRunnableNode(import.meta.url);

const args = process.argv.slice(2);
const electronVite = toolFile('electron-vite');

if (existsSync(inProject('electron/main.ts')) && hasDisplay() && electronBinary() !== null) {
  start([electronVite, 'dev', '--', ...args]);
} else {
  const first = await runTool([electronVite, 'build']);
  if (!first.ok) process.exit(1);
  start([electronVite, 'build', '--watch']);
  start(['--watch', '--watch-preserve-output', inProject('out/main/server.js'), ...args]);
}

/** @param {string[]} command */
function start(command) {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'] });
  forwardSignals(child);
  child.on('exit', (code) => process.exit(code ?? 1));
  process.on('exit', () => child.kill());
}
