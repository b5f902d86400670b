import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { root } from './project.mjs';

const windows = process.platform === 'win32';

/**
 * For a child that this process stands in for. In a group of its own it gets each signal once, from
 * here: a second SIGTERM, meant for the group, would cut its orderly end short.
 */
export const standIn = { detached: !windows };

/**
 * Hands the signals that ask for an end on to a child started as `standIn`.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function passSignalsTo(child) {
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
    process.on(signal, () => {
      // On Windows Ctrl-C is with the child already, and a kill from here would be a hard one.
      if (!windows) child.kill(signal);
    });
  }
}

/**
 * Under `npm run`, ends this process in order once the shell that npm put in between is gone. npm
 * passes a SIGTERM to that shell, which dies of it and tells nobody: without this, whoever stops
 * `npm run serve` would leave a server behind that holds the file.
 */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined && process.env[stoodInFor] === undefined)
    return;
  const parent = process.ppid;
  let handled = false;
  const watch = setInterval(() => {
    const listeners = process.listenerCount('SIGTERM') > 0;
    if (isRunning(parent)) {
      handled = handled || listeners;
      return;
    }
    clearInterval(watch);
    if (listeners) process.emit('SIGTERM', 'SIGTERM');
    // A handler that has been here and is not any more: the end is under way.
    else if (!handled) process.exit(143);
  }, 250);
  watch.unref();
}

/** Set for a child that was started because this Node was too old. */
export const stoodInFor = 'TRELLIS_STOOD_IN_FOR';

/** @param {number} parent */
function isRunning(parent) {
  // An orphan gets another parent at once; Windows alone keeps the old number.
  if (!windows) return process.ppid === parent;
  try {
    process.kill(parent, 0);
    return true;
  } catch {
    return false;
  }
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
      // What is kept is printed later, perhaps to a file: no colours then.
      env: { ...process.env, ...(quiet && !process.stdout.isTTY && { NO_COLOR: '1' }), ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const kill = () => child.kill();
    process.once('exit', kill);
    process.once('SIGTERM', endNow);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    if (child.stdout !== null) child.stdout.on('data', keep);
    if (child.stderr !== null) child.stderr.on('data', keep);
    const finish = (/** @type {boolean} */ ok) => {
      process.removeListener('exit', kill);
      process.removeListener('SIGTERM', endNow);
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

/** Unlike the signal's own default, this runs the exit handlers, which end the child. */
const endNow = () => process.exit(143);

/** @param {number} seconds */
export const inSeconds = (seconds) => `${seconds.toFixed(1)} s`;
