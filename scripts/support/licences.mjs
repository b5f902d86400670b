import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/** Folders whose imports end up in the app. */
const shipped = '{electron,hosts,server,src}/**/*.{ts,tsx}';

/**
 * Names of every package the app is made of: what its sources import, and what that depends on, as the lock has it.
 *
 * @returns {string[]} places in the lock, such as `node_modules/zod`
 */
export function shippedPackages() {
  /** @type {{ packages: Record<string, { dependencies?: Record<string, string>, dev?: boolean }> }} */
  const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'));
  /** @type {Set<string>} */
  const found = new Set();
  const queue = importedPackages().map((name) => place(lock.packages, name, ''));
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (at === null || found.has(at)) continue;
    found.add(at);
    for (const name of Object.keys(lock.packages[at]?.dependencies ?? {})) {
      queue.push(place(lock.packages, name, at));
    }
  }
  return [...found].toSorted();
}

/** @returns {string[]} */
function importedPackages() {
  const files = globSync(shipped, { cwd: inProject('.') }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  const imported = files.flatMap((file) => {
    const text = readFileSync(inProject(file), 'utf8');
    return [
      ...text.matchAll(/(?:from|import)\s*\(?\s*'((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g),
    ].map((match) => match[1] ?? '');
  });
  // Electron brings its own licences; Node has none of its modules in the lock.
  return [...new Set(imported)].filter((name) => name !== 'electron');
}

/**
 * Where a package finds another: in its own folder first, then in each one above.
 *
 * @param {Record<string, unknown>} packages
 * @param {string} name
 * @param {string} from
 * @returns {string | null}
 */
function place(packages, name, from) {
  for (
    let folder = from;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules') - 1))
  ) {
    const at = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (at in packages) return at;
    if (folder === '') return null;
  }
}

/**
 * @param {string} file
 * @returns {number} how many packages it names
 */
export function writeLicences(file) {
  const packages = shippedPackages().filter((at) =>
    existsSync(inProject(join(at, 'package.json'))),
  );
  const texts = packages.map((at) => {
    /** @type {{ name: string, version: string, license?: string }} */
    const { name, version, license } = JSON.parse(
      readFileSync(inProject(join(at, 'package.json')), 'utf8'),
    );
    const own = readdirSync(inProject(at)).filter((entry) =>
      /^(licen[cs]e|copying|notice)/i.test(entry),
    );
    const text = own
      .map((entry) => readFileSync(inProject(join(at, entry)), 'utf8').trim())
      .join('\n\n');
    return `${name} ${version} (${license ?? 'see below'})\n\n${text || 'No licence file; the one named above applies.'}`;
  });
  writeFileSync(file, `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
  return packages.length;
}
