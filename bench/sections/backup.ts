import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { Core } from '../../src/main/create-core.ts';
import { generateRecords } from '../data/generate.ts';
import { openFor, startBenchCore } from '../support/bench-core.ts';
import { LoopHolds } from '../support/loop-holds.ts';
import { percentile } from '../support/measure.ts';
import { type Measurement, milliseconds } from '../support/report.ts';

/** A call comes so often while the backup is made, in milliseconds. */
const callEvery = 10;

/** The longest the main thread may be held while a backup is made, in milliseconds. */
const longestHold = 50;

interface Load {
  readonly seconds: number;
  readonly holds: readonly number[];
  readonly answers: readonly number[];
}

/** A backup of a large file, while a contact is created every few milliseconds, beside the same calls without one. */
export async function backup(folder: string, contacts: number): Promise<Measurement[]> {
  const dataDir = join(folder, 'data');
  const backupDir = join(folder, 'backups');
  // Makes the file and its user.
  await startBenchCore(dataDir, 'NORMAL').core.stop();
  const { sqlite } = openFor(dataDir, 'NORMAL');
  generateRecords(sqlite, { companies: 0, contacts, deals: 0, activities: 0 });
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();

  const { core } = startBenchCore(dataDir, 'FULL', undefined, backupDir);
  // The morning's backup, which comes by itself, is not the one that is measured.
  await core.backups.settled();
  let isOver = false;
  const made = core.backups.make('by-hand').finally(() => {
    isOver = true;
  });
  const during = await underLoad(core, () => !isOver);
  await made;
  const end = performance.now() + during.seconds * 1_000;
  const without = await underLoad(core, () => performance.now() < end);
  await core.stop();

  const [file = ''] = readdirSync(backupDir);
  const megabytes = Math.round(statSync(join(backupDir, file)).size / 1e6);
  const longest = percentile(during.holds, 1);
  return [
    {
      name: `backup of ${megabytes} MB: longest hold of the main thread`,
      engine: milliseconds(longest),
      floor: milliseconds(percentile(without.holds, 1)),
      value: longest,
      shown: milliseconds(longest),
      target: `< ${longestHold} ms`,
      ok: longest < longestHold,
    },
    {
      name: `the same, 99.9 % of the turns`,
      engine: milliseconds(percentile(during.holds, 0.999)),
      floor: milliseconds(percentile(without.holds, 0.999)),
      value: percentile(during.holds, 0.999),
      shown: `${during.holds.filter((gap) => gap > 16).length} turns over 16 ms in ${during.seconds.toFixed(1)} s`,
      target: '< 16 ms',
      ok: percentile(during.holds, 0.999) < 16,
    },
    {
      name: 'the same, a call that writes, p99',
      engine: milliseconds(percentile(during.answers, 0.99)),
      floor: milliseconds(percentile(without.answers, 0.99)),
      value: percentile(during.answers, 0.99),
      shown: `${during.answers.length} calls`,
      target: '< 50 ms',
      ok: percentile(during.answers, 0.99) < 50,
    },
  ];
}

/** Writes while there is something to wait for, and notes how long each call took and the loop was held. */
async function underLoad(core: Core, goesOn: () => boolean): Promise<Load> {
  const client = createRouterClient(core.router, { context: { actor: { kind: 'user' } } });
  const loop = new LoopHolds();
  const answers: number[] = [];
  const start = performance.now();
  loop.start();
  while (goesOn()) {
    const asked = performance.now();
    await client.contacts.create({ first_name: 'Meanwhile' });
    answers.push(performance.now() - asked);
    await new Promise((resolve) => {
      setTimeout(resolve, callEvery);
    });
  }
  return { holds: loop.stop(), answers, seconds: (performance.now() - start) / 1_000 };
}
