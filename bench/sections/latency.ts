import { percentile } from '../support/measure.ts';
import { type Measurement, milliseconds } from '../support/report.ts';
import { createDeal, type ReferenceFiles } from '../support/reference-workflow.ts';

const rounds = 1_500;
const warmUp = 200;
const medianTarget = 2.5;
const slowestTarget = 3;

/** From the moment a deal is given to the core to the moment its task is committed, one at a time, at `FULL`. */
export async function latency(files: ReferenceFiles): Promise<Measurement[]> {
  const { core, connection } = files.startEngine('FULL');
  const floor = files.openFloor('FULL');
  const taskOf = connection.sqlite
    .prepare<[string], number>('SELECT 1 FROM activities WHERE deal_id = ?')
    .pluck();
  const engineMs: number[] = [];
  const floorMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const id = createDeal(core, files, round);
    // A turn of the loop is a slice of the dispatcher.
    while (taskOf.get(id) === undefined) await new Promise(setImmediate);
    const middle = performance.now();
    await core.idle();
    const before = performance.now();
    // The two commits until the task is there; the third only marks events.
    floor.run(1, 2);
    const end = performance.now();
    if (round < warmUp) continue;
    engineMs.push(middle - start);
    floorMs.push(end - before);
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
