// `npm run bench`: the engine beside the least that SQLite itself needs for the same rows. Never part of `npm test`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bulk } from './sections/bulk.ts';
import { singleEvents } from './sections/single-events.ts';
import { prepareReference, type ReferenceFiles } from './support/reference-workflow.ts';
import { describeRows, type Measurement, toTable } from './support/report.ts';

const resultFile = resolve(import.meta.dirname, '../out/bench.json');

const sections: Readonly<Record<string, (files: ReferenceFiles) => Promise<Measurement[]>>> = {
  single: async (files) => [await singleEvents(files, 'NORMAL'), await singleEvents(files, 'FULL')],
  bulk: async (files) => [await bulk(files)],
};

const { values: options } = parseArgs({
  options: {
    /** Names of sections, with commas between them; all without it. */
    only: { type: 'string' },
  },
});
const wanted = options.only?.split(',') ?? Object.keys(sections);

const folder = mkdtempSync(join(tmpdir(), 'trellis-bench-'));
try {
  const files = await prepareReference(folder);
  const rows = describeRows(files.commits);
  console.log(`${rows}\n`);
  const measurements: Measurement[] = [];
  for (const [name, section] of Object.entries(sections)) {
    if (!wanted.includes(name)) continue;
    console.log(`… ${name}`);
    measurements.push(...(await section(files)));
  }
  console.log(`\n${toTable(measurements)}`);
  mkdirSync(dirname(resultFile), { recursive: true });
  writeFileSync(resultFile, `${JSON.stringify({ rows, measurements }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
