import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { root } from './project.mjs';

/**
 * Ends the child in order when this process is asked to end. From a terminal, Ctrl-C reaches the
 * whole group and so the child by itself: passing it on would ask twice.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function forwardSignals(child) {
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
}

/**
 * Runs a JavaScript tool under this Node.
 *
 * @param {string[]} command the file, then its arguments
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options]
 *   quiet: keep the output and hand it back instead of showing it
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
export async function runTool(command, options = {}) {
  return run(process.execPath, command, options);
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
export function run(file, args, { quiet = false, env = {} } = {}) {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const kill = () => child.kill();
    process.once('exit', kill);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    if (child.stdout !== null) child.stdout.on('data', keep);
    if (child.stderr !== null) child.stderr.on('data', keep);
    const finish = (/** @type {boolean} */ ok) => {
      process.removeListener('exit', kill);
      resolve({ ok, output, seconds: (performance.now() - start) / 1000 });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      if (!quiet) console.error(error.message);
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

/** @param {number} seconds */
export const inSeconds = (seconds) => `${seconds.toFixed(1)} s`;
