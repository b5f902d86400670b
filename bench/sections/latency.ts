import { nextTurn, percentile, settle } from '../support/measure.ts';
import { type Measurement, milliseconds } from '../support/report.ts';
import { createDeal, type ReferenceFiles } from '../support/reference-workflow.ts';

const blocks = 15;
const size = 100;
/** Blocks that are not counted. */
const warmUps = 2;
const medianTarget = 2.5;
const slowestTarget = 3;

/** How many commits of a run it takes until its task is there. */
function taskCommits(commits: ReferenceFiles['commits']): number {
  return commits.findIndex((writes) => writes.some(({ table }) => table === 'activities')) + 1;
}

/** From the moment a deal is given to the core to the moment its task is committed, one at a time, at `FULL`. */
export async function latency(files: ReferenceFiles): Promise<Measurement[]> {
  const { core, connection } = files.startEngine('FULL');
  const floor = files.openFloor('FULL');
  const taskOf = connection.sqlite
    .prepare<[string], number>('SELECT 1 FROM activities WHERE deal_id = ?')
    .pluck();
  const engineMs: number[] = [];
  const floorMs: number[] = [];
  const commits = taskCommits(files.commits);
  let deals = 0;
  for (let block = 0; block < blocks + warmUps; block += 1) {
    const isCounted = block >= warmUps;
    for (let round = 0; round < size; round += 1) {
      deals += 1;
      const start = performance.now();
      const id = createDeal(core, files, deals);
      // A turn of the loop is a slice of the dispatcher.
      while (taskOf.get(id) === undefined) await nextTurn();
      if (isCounted) engineMs.push(performance.now() - start);
      await core.idle();
    }
    await settle();
    for (let round = 0; round < size; round += 1) {
      const start = performance.now();
      floor.run(1, commits);
      if (isCounted) floorMs.push(performance.now() - start);
      await nextTurn();
    }
    await settle();
  }
  await core.stop();
  await floor.stop();
  const ratio = percentile(engineMs, 0.5) / percentile(floorMs, 0.5);
  const slowest = percentile(engineMs, 0.99);
  return [
    {
      name: 'deal to task, p50, FULL',
      engine: milliseconds(percentile(engineMs, 0.5)),
      floor: milliseconds(percentile(floorMs, 0.5)),
      value: ratio,
      shown: `${ratio.toFixed(2)} ×`,
      target: `≤ ${medianTarget} ×`,
      ok: ratio <= medianTarget,
    },
    {
      name: 'deal to task, p99, FULL',
      engine: milliseconds(slowest),
      floor: milliseconds(percentile(floorMs, 0.99)),
      value: slowest,
      shown: milliseconds(slowest),
      target: `≤ ${slowestTarget} ms`,
      ok: slowest <= slowestTarget,
    },
  ];
}
