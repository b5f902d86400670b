import { existsSync } from 'node:fs';
import { run } from './processes.mjs';
import { findBrowser } from './browser.mjs';
import { findProgram } from './programs.mjs';

/**
 * What a test run needs beyond node_modules: a browser, and on Linux a display and a notification
 * daemon of its own. Each program with the Debian package it comes in.
 */
const notificationPrograms = [
  { program: 'Xvfb', package: 'xvfb' },
  { program: 'dunst', package: 'dunst' },
  { program: 'notify-send', package: 'libnotify-bin' },
  { program: 'dbus-run-session', package: 'dbus' },
  { program: 'dbus-launch', package: 'dbus-x11' },
];

/** A real mail server for the tests of sending; its program is not on everybody's PATH. */
const mailServer = { file: '/usr/sbin/smtpd', package: 'opensmtpd' };

/** @returns {Promise<{ browser: string | null, missing: string[] }>} missing: Debian packages */
export async function findTestPieces() {
  const browser = await findBrowser();
  const missing = browser === null ? ['chromium'] : [];
  if (process.platform === 'linux') {
    missing.push(
      ...notificationPrograms
        .filter(({ program }) => findProgram(program) === null)
        .map((piece) => piece.package),
    );
    if (!existsSync(mailServer.file)) missing.push(mailServer.package);
  }
  return { browser, missing };
}

/**
 * Finds the pieces; on Debian, as root, installs those that are missing.
 *
 * @returns {Promise<{ browser: string } | { why: string }>}
 */
export async function needTestPieces() {
  let pieces = await findTestPieces();
  if (pieces.missing.length > 0 && canInstall()) {
    console.log(`Installing for the tests: ${pieces.missing.join(' ')}`);
    await aptInstall(pieces.missing);
    pieces = await findTestPieces();
  }
  const { browser, missing } = pieces;
  if (browser !== null && missing.length === 0) return { browser };
  return { why: `The tests need ${missing.join(', ')}: ${cure(missing)}` };
}

function canInstall() {
  return (
    process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get') !== null
  );
}

/** @param {string[]} packages */
async function aptInstall(packages) {
  const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const update = await run('apt-get', ['update'], options);
  const install = await run(
    'apt-get',
    ['install', '--yes', '--no-install-recommends', ...packages],
    options,
  );
  if (!install.ok) console.log(update.output + install.output);
}

/** @param {string[]} missing */
function cure(missing) {
  if (process.platform !== 'linux') return 'install Chrome, Chromium or Edge.';
  if (findProgram('apt-get') !== null) return `sudo apt-get install ${missing.join(' ')}`;
  return 'install them with your package manager.';
}
