// `npm run bench:records`: search and views over a large file, through the API, the same rows by plain SQL beside them.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createRouterClient } from '@orpc/server';
import { readerThread } from '../hosts/reader-thread.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { uuidIds } from '../hosts/uuid-ids.ts';
import { createCore } from '../src/main/create-core.ts';
import { databaseFileName, openDatabase, openReader } from '../src/main/db/open-database.ts';
import { FakeHttpClient, FakeMailer, fakeSecrets } from '../tests/support/fake-delivery.ts';
import { fillFile } from './records/fill-file.ts';
import { measures, type Measure } from './records/measures.ts';

const resultFile = resolve(import.meta.dirname, '../out/bench-records.json');

/** Nobody switches REST here. */
const unserved = { enabled: false, can_switch: false, port: 8000, url: null, error: null };

const { values: options } = parseArgs({
  options: {
    contacts: { type: 'string', default: '1000000' },
    activities: { type: 'string', default: '1000000' },
    deals: { type: 'string', default: '100000' },
    /** A folder to fill once and measure again; without it one is made and removed. */
    'data-dir': { type: 'string' },
  },
});

const folder = options['data-dir'] ?? mkdtempSync(join(tmpdir(), 'trellis-bench-records-'));
try {
  if (!existsSync(join(folder, databaseFileName))) {
    const connection = openDatabase(folder);
    console.log('… filling the file');
    fillFile(connection, {
      contacts: Number(options.contacts),
      activities: Number(options.activities),
      deals: Number(options.deals),
    });
    connection.sqlite.close();
  }
  await measure();
} finally {
  if (options['data-dir'] === undefined) rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const core = createCore({
    clock: systemClock,
    ids: uuidIds,
    logger: { info: () => undefined, error: (line) => console.error(line) },
    notifier: { show: () => Promise.resolve() },
    settings: {
      read: () => ({
        theme: 'system',
        language: 'en',
        backup_dir: null,
        keep_in_tray: false,
        seen_version: null,
        rest_enabled: false,
        rest_port: 8000,
      }),
      write: () => undefined,
    },
    rest: { state: () => unserved, change: () => Promise.resolve(unserved) },
    mailer: new FakeMailer(),
    http: new FakeHttpClient(),
    secrets: fakeSecrets(),
    host: { kind: 'server', version: '0.0.0-bench', system: 'a bench', label: 'Bench' },
    startReader: () => readerThread(resolve(import.meta.dirname, '../hosts/reader-worker.ts')),
    dataDir: folder,
    backupDir: null,
  });
  const client = createRouterClient(core.router, { context: { actor: { kind: 'api' } } });
  const floor = openReader(folder);
  const results = [];
  for (const one of measures) results.push(await run(one));
  floor.sqlite.close();
  await core.stop();
  print(results);
  mkdirSync(dirname(resultFile), { recursive: true });
  writeFileSync(resultFile, `${JSON.stringify(results, null, 2)}\n`);

  async function run({ name, inputs, call, sql, limits }: Measure) {
    // Once before: caches fill, statements are planned.
    for (const input of inputs) await call(client, input);
    const trellis: number[] = [];
    const raw: number[] = [];
    for (const input of inputs) {
      trellis.push(await millisecondsOf(() => call(client, input)));
      raw.push(await millisecondsOf(() => sql(floor.reader, input)));
    }
    const [p95, p99] = [percentile(trellis, 0.95), percentile(trellis, 0.99)];
    const ok = p95 <= limits.p95 && p99 <= (limits.p99 ?? Infinity);
    return {
      name,
      samples: trellis.length,
      p95,
      p99,
      floor_p95: percentile(raw, 0.95),
      limits,
      ok,
    };
  }
}

async function millisecondsOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function print(
  results: readonly {
    name: string;
    p95: number;
    p99: number;
    floor_p95: number;
    limits: Measure['limits'];
    ok: boolean;
  }[],
): void {
  console.log('| what | p95 ms | p99 ms | plain SQL p95 ms | allowed | met |');
  console.log('| --- | ---: | ---: | ---: | --- | --- |');
  for (const { name, p95, p99, floor_p95: floor, limits, ok } of results) {
    const allowed = limits.p99 === undefined ? `${limits.p95}` : `${limits.p95} / ${limits.p99}`;
    console.log(
      `| ${name} | ${p95.toFixed(1)} | ${p99.toFixed(1)} | ${floor.toFixed(1)} | ${allowed} | ${ok ? 'yes' : 'NO'} |`,
    );
  }
}
