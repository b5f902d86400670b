import { join } from 'node:path';
import { systemClock } from '../../hosts/system-clock.ts';
import { resumeDueRun } from '../../src/main/workflow/executor/end-waits.ts';
import { Presence } from '../../src/main/workflow/executor/presence.ts';
import { dueWaits, insertWait } from '../../src/main/workflow/store/wait-store.ts';
import { makeBenchCore } from '../support/bench-core.ts';
import { median } from '../support/measure.ts';
import { type Measurement, rate } from '../support/report.ts';
import { prepareWaiting } from '../support/waiting-file.ts';

const few = 1_000;
const many = 100_000;
const batch = 1_000;
const rounds = 9;
const scheduleTarget = 40_000;
const claimTarget = 20_000;
/** How much of its rate must be left with a hundred times as many waiting, to be called flat. */
const flatTarget = 0.7;

interface Rates {
  readonly schedule: number;
  readonly claim: number;
}

/** Waits put down, and taken up to the end of their runs, a thousand in a commit, among so many others. */
async function measure(folder: string, waiting: number): Promise<Rates> {
  const amounts = { companies: 0, contacts: 1_000, deals: 0, activities: 0 };
  const { dataDir, runIds } = await prepareWaiting(folder, amounts, waiting + rounds * batch);
  const { core, connection } = makeBenchCore(dataDir, 'FULL');
  const presence = new Presence(systemClock);
  const schedule: number[] = [];
  const claim: number[] = [];
  const due = new Date(Date.now() - 1_000).toISOString();
  const rule = { kind: 'instant' } as const;
  const takeAway = connection.sqlite.prepare('DELETE FROM waits WHERE execution_id = ?');
  for (let round = 0; round < rounds; round += 1) {
    const from = waiting + round * batch;
    const mine = runIds.slice(from, from + batch);
    for (const id of mine) takeAway.run(id);
    const start = performance.now();
    core.committer.commit({ kind: 'user' }, (unit) => {
      for (const id of mine) {
        const wait = { execution_id: id, step_id: 'wait', rule, due_at: due };
        insertWait(unit.db, wait, [], unit.nowText);
      }
    });
    const middle = performance.now();
    core.committer.commit({ kind: 'user' }, (unit) => {
      for (const wait of dueWaits(unit.db, unit.nowText, batch)) resumeDueRun(unit, wait, presence);
    });
    const end = performance.now();
    schedule.push(batch / ((middle - start) / 1_000));
    claim.push(batch / ((end - middle) / 1_000));
  }
  const ended = connection.reader.get<{ count: number }>(
    "SELECT count(*) AS count FROM workflow_executions WHERE status = 'succeeded'",
  );
  if (ended?.count !== rounds * batch) throw new Error(`${ended?.count} runs came to their end`);
  await core.stop();
  return { schedule: median(schedule), claim: median(claim) };
}

/** @param folder of this section alone */
export async function timers(folder: string): Promise<Measurement[]> {
  const small = await measure(join(folder, 'few'), few);
  const large = await measure(join(folder, 'many'), many);
  return [
    atLeast('schedule, 100,000 waiting', large.schedule, scheduleTarget),
    atLeast('claim and complete, 100,000 waiting', large.claim, claimTarget),
    flat('schedule', small.schedule, large.schedule),
    flat('claim and complete', small.claim, large.claim),
  ];
}

function atLeast(name: string, value: number, target: number): Measurement {
  return {
    name,
    engine: rate(value),
    floor: '',
    value,
    shown: rate(value),
    target: `≥ ${rate(target)}`,
    ok: value >= target,
  };
}

function flat(name: string, small: number, large: number): Measurement {
  const value = large / small;
  return {
    name: `${name}, with 1,000 waiting`,
    engine: rate(small),
    floor: '',
    value,
    shown: `${value.toFixed(2)} of it with 100,000`,
    target: `≥ ${flatTarget}`,
    ok: value >= flatTarget,
  };
}
