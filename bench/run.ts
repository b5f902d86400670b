// `npm run bench`: the engine beside the least that SQLite itself needs for the same rows. Never part of `npm test`.
// `npm run bench -- --large` measures start-up and a flood of due waits on a file with a million records instead;
// `npm run bench -- --host` what the program around the core does: a backup of a large file, and a cold start.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backup } from './sections/backup.ts';
import { bulk } from './sections/bulk.ts';
import { coldStart } from './sections/cold-start.ts';
import { importFile } from './sections/import.ts';
import { dueAtStart } from './sections/due-at-start.ts';
import { latency } from './sections/latency.ts';
import { overHttp } from './sections/over-http.ts';
import { singleEvents } from './sections/single-events.ts';
import { startUp } from './sections/start-up.ts';
import { timers } from './sections/timers.ts';
import { prepareReference, type ReferenceFiles } from './support/reference-workflow.ts';
import { describeRows, type Measurement, toPage, toTable } from './support/report.ts';
import { copyFile, prepareWaiting } from './support/waiting-file.ts';

const { values: options } = parseArgs({
  options: {
    /** Names of sections, with commas between them; all without it. */
    only: { type: 'string' },
    large: { type: 'boolean', default: false },
    host: { type: 'boolean', default: false },
    /** Writes the page in docs/measured. */
    save: { type: 'boolean', default: false },
  },
});

const root = resolve(import.meta.dirname, '..');
const part = options.host ? 'bench-host' : options.large ? 'bench-large' : 'bench';
const folder = mkdtempSync(join(tmpdir(), 'trellis-bench-'));

type Section = () => Promise<Measurement[]>;

/** The reference workflow and the timers. */
function usualSections(files: ReferenceFiles): Readonly<Record<string, Section>> {
  return {
    single: async () => [await singleEvents(files, 'NORMAL'), await singleEvents(files, 'FULL')],
    bulk: async () => [await bulk(files)],
    latency: () => latency(files),
    http: () => overHttp(files),
    timers: () => timers(join(folder, 'timers')),
    import: () => importFile(join(folder, 'imports')),
  };
}

/** A file of a large business. */
const million = { companies: 20_000, contacts: 1_000_000, deals: 100_000, activities: 1_000_000 };
const waits = 100_000;

function largeSections(): Readonly<Record<string, Section>> {
  return {
    'start-up': async () => {
      const { dataDir } = await prepareWaiting(join(folder, 'pending'), million, waits);
      return startUp(dataDir);
    },
    'due-at-start': async () => {
      const made = join(folder, 'due');
      const amounts = { ...million, activities: 0 };
      const { dataDir } = await prepareWaiting(
        made,
        amounts,
        waits,
        () => '2026-01-02T00:00:00.000Z',
      );
      copyFile(dataDir, join(folder, 'due-copy'));
      return dueAtStart(join(folder, 'due-copy'), waits);
    },
  };
}

const hostSections: Readonly<Record<string, Section>> = {
  backup: async () => await backup(join(folder, 'backup'), million.contacts),
  'cold-start': async () => {
    const amounts = { companies: 2_000, contacts: 100_000, deals: 10_000, activities: 100_000 };
    const { dataDir } = await prepareWaiting(join(folder, 'cold'), amounts, 10_000);
    return await coldStart(dataDir);
  },
};

try {
  const files = part !== 'bench' ? null : await prepareReference(folder);
  const rows = files ? describeRows(files.commits) : '';
  if (rows !== '') console.log(`${rows}\n`);
  const sections = files ? usualSections(files) : options.host ? hostSections : largeSections();
  const wanted = options.only?.split(',') ?? Object.keys(sections);
  const measurements: Measurement[] = [];
  for (const [name, section] of Object.entries(sections)) {
    if (!wanted.includes(name)) continue;
    console.log(`… ${name}`);
    measurements.push(...(await section()));
  }
  console.log(`\n${toTable(measurements)}`);
  write(`out/${part}.json`, `${JSON.stringify({ rows, measurements }, null, 2)}\n`);
  if (options.save) write(`docs/measured/${part}.md`, toPage(part, rows, measurements));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function write(file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
