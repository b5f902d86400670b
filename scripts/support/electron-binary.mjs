import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, readJson } from './project.mjs';

const folder = inProject('node_modules/electron');

/** @returns {string | null} the Electron executable, where this very version is installed */
export function electronBinary() {
  try {
    const { version } = readJson(join(folder, 'package.json'));
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
    if (readFileSync(join(dist, 'version'), 'utf8').replace(/^v/, '').trim() !== version)
      return null;
    const file = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/**
 * Runs Electron's own installer, with a limit on the silence of the network and with its progress
 * shown.
 *
 * @returns {Promise<{ binary: string } | { why: string }>} why: one line
 */
export function installElectron() {
  return new Promise((resolve) => {
    console.log('Fetching Electron, once (about 120 MB).');
    const child = spawn(
      process.execPath,
      [
        '--import',
        new URL('electron-download.mjs', import.meta.url).href,
        join(folder, 'install.js'),
      ],
      {
        // Our own progress takes the place of the installer's, which only starts after 30 s.
        env: { ...process.env, ELECTRON_GET_NO_PROGRESS: '1' },
        stdio: ['ignore', 'inherit', 'pipe'],
      },
    );
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk.toString();
    });
    child.on('error', (error) => resolve({ why: error.message }));
    child.on('close', () => {
      const binary = electronBinary();
      resolve(binary === null ? { why: firstLine(errors) } : { binary });
    });
  });
}

/** @param {string} errors */
function firstLine(errors) {
  const line = errors.split('\n').find((text) => /^\w*Error: /.test(text));
  return line === undefined ? 'the installer failed' : line.replace(/^\w*Error: /, '').trim();
}
