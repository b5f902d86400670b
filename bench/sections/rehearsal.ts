import { mkdirSync } from 'node:fs';
import type { RehearsalInput } from '../../src/shared/contract/rehearsal.ts';
import { inSlices } from '../../src/main/in-slices.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import { dealKind } from '../../src/main/crm/deals/deal-kind.ts';
import { createRecord, updateRecord } from '../../src/main/crm/records/record-store.ts';
import { type BenchCore, startBenchCore } from '../support/bench-core.ts';
import { LoopHolds } from '../support/loop-holds.ts';
import { median } from '../support/measure.ts';
import type { Measurement } from '../support/report.ts';

const deals = 2_500;
const changesOfEach = 3;
const events = deals * (1 + changesOfEach);
const rounds = 5;
const firstTarget = 1_000;
/** Longest the loop may be held meanwhile, in milliseconds. */
const holdTarget = 50;

const workflow: RehearsalInput['draft'] = {
  trigger_type: 'deal_created',
  actions: [
    { type: 'create_task', config: { title: 'Call about {{deal.title}}', due_date: '+2 days' } },
    { type: 'wait', config: { duration: '+3 days' } },
    {
      type: 'if',
      config: {
        conditions: {
          combinator: 'and',
          rules: [{ field: 'deal.value', operator: '>', value: 5_000 }],
        },
      },
      // biome-ignore lint/suspicious/noThenProperty: the branch of a condition is called so
      then: [{ type: 'add_tag', config: { object: 'deal', tag: 'large' } }],
    },
  ],
};

/** Deals that were made and changed, as many events as the target speaks of. */
async function livePast({ core }: BenchCore): Promise<void> {
  const { committer } = core;
  const numbers = Array.from({ length: deals }, (_, index) => index);
  await inSlices(
    { committer, clock: systemClock },
    { kind: 'api' },
    numbers,
    undefined,
    (unit, index) => {
      const deal = createRecord(unit, dealKind, { title: `Deal ${index}`, value: index * 10 });
      for (let change = 1; change <= changesOfEach; change += 1)
        updateRecord(unit, dealKind, deal.id, { value: index * 10 + change });
    },
  );
  await core.idle();
}

/** A draft over 10,000 events of the past, on a thread: when the first run is there, and the last. */
export async function rehearsal(dataDir: string): Promise<Measurement[]> {
  mkdirSync(dataDir, { recursive: true });
  const bench = startBenchCore(dataDir, 'FULL');
  const from = new Date(Date.now() - 1_000).toISOString();
  await livePast(bench);
  const input: RehearsalInput = { draft: workflow, on: { kind: 'past', from } };
  const firsts: number[] = [];
  const wholes: number[] = [];
  const holds = new LoopHolds();
  holds.start();
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    let first: number | null = null;
    let runs = 0;
    for await (const message of await bench.client.rehearsal.run(input)) {
      if (message.kind === 'progress') continue;
      ({ runs } = message.counts);
      if (runs > 0) first ??= performance.now() - begun;
    }
    if (runs !== deals || first === null) throw new Error(`${runs} runs were rehearsed`);
    firsts.push(first);
    wholes.push(performance.now() - begun);
  }
  const longest = holds.stop().reduce((most, gap) => Math.max(most, gap), 0);
  await bench.core.stop();
  const name = `Rehearsal over ${events.toLocaleString('en')} past events`;
  return [
    judged(`${name}: first results`, median(firsts), firstTarget),
    {
      ...judged(`${name}: all of ${deals.toLocaleString('en')} runs`, median(wholes), 0),
      target: 'printed',
      ok: true,
    },
    judged(`${name}: longest hold of the loop`, longest, holdTarget),
  ];
}

function judged(name: string, ms: number, target: number): Measurement {
  const shown = `${Math.round(ms)} ms`;
  return {
    name,
    engine: shown,
    floor: '',
    value: ms,
    shown,
    target: `< ${target} ms`,
    ok: ms < target,
  };
}
