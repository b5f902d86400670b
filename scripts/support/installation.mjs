import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, peer?: boolean,
 *   link?: boolean, inBundle?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 * @typedef {{ lock: string, installed: string, node: string | null }} Stamp
 *   hashes of the lock and of npm's record of what it installed; the pinned Node's version
 * @typedef {{ lockText: string, installedText: string | null, stamp: Stamp | null,
 *   pinnedNode: () => string | null }} Found
 * @typedef {{ do: 'nothing' } | { do: 'stamp' } | { do: 'rebuild-node' }
 *   | { do: 'install', why: string }} Decision
 */

const lockFile = inProject('package-lock.json');
/** npm's own record of what is in node_modules. */
const installedFile = inProject('node_modules/.package-lock.json');
// Inside node_modules, so that it goes when they go.
const stampFile = inProject('node_modules/.trellis-installed.json');

/** @param {string} text */
export const hash = (text) => createHash('sha256').update(text).digest('hex');

/** @param {string} file */
const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/**
 * What is on the disk, read without starting a process.
 *
 * @param {() => string | null} pinnedNode asked only when the stamp does not answer already
 * @returns {Found}
 */
export function readInstallation(pinnedNode) {
  return {
    lockText: readFileSync(lockFile, 'utf8'),
    installedText: textOf(installedFile),
    stamp: readStamp(),
    pinnedNode,
  };
}

/** @returns {Stamp | null} */
function readStamp() {
  const text = textOf(stampFile);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    // Cut short by a kill: as good as none.
    return null;
  }
}

/**
 * Whether node_modules must be made anew.
 *
 * @param {Found} found
 * @returns {Decision}
 */
export function decideInstallation({ lockText, installedText, stamp, pinnedNode }) {
  if (installedText === null) return { do: 'install', why: 'the dependencies are not installed' };
  const stamped =
    stamp !== null && stamp.lock === hash(lockText) && stamp.installed === hash(installedText);
  if (stamped) return { do: 'nothing' };
  const difference = findDifference(JSON.parse(lockText), JSON.parse(installedText));
  if (difference !== null) return { do: 'install', why: difference };
  // The right packages, but not put there by this script: with --ignore-scripts Node is missing.
  return pinnedNode() === null ? { do: 'rebuild-node' } : { do: 'stamp' };
}

/**
 * The first way in which what is installed is not what the lock says.
 *
 * @param {Lock} lock
 * @param {Lock} installed
 */
export function findDifference(lock, installed) {
  const wanted = lock.packages || {};
  const present = installed.packages || {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const there = present[path];
    if (there === undefined) {
      // Left out on purpose: it belongs to another platform, or nobody asked for it.
      if (entry.optional === true) continue;
      return `${nameOf(path)} is not installed`;
    }
    if (there.version !== entry.version) {
      return `${nameOf(path)} is ${there.version}, the lock says ${entry.version}`;
    }
    if (there.integrity !== entry.integrity) return `${nameOf(path)} has other contents`;
  }
  for (const path of Object.keys(present)) {
    if (wanted[path] === undefined) return `${nameOf(path)} is no longer needed`;
  }
  return null;
}

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** @param {string | null} node the pinned Node's version; null where this machine cannot have it */
export function writeStamp(node) {
  /** @type {Stamp} */
  const stamp = {
    lock: hash(readFileSync(lockFile, 'utf8')),
    installed: hash(textOf(installedFile) || ''),
    node,
  };
  writeFileSync(stampFile, `${JSON.stringify(stamp)}\n`);
}
