import { startBenchCore } from '../support/bench-core.ts';
import { LoopHolds } from '../support/loop-holds.ts';
import { percentile } from '../support/measure.ts';
import { type Measurement, milliseconds } from '../support/report.ts';

const secondsTarget = 20;
const longestTarget = 50;
const longMs = 16;
const longShareTarget = 1 / 1_000;
const answerTarget = 25;
const everyMs = 10;

/** Asks the API for a contact every 10 ms; answers are counted from the moment the question was meant to be put. */
function askRegularly(ask: () => Promise<unknown>): () => Promise<number[]> {
  const answers: number[] = [];
  const open: Promise<void>[] = [];
  const start = performance.now();
  let asked = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    // A loop that was held puts the questions it is late with at once.
    for (; start + (asked + 1) * everyMs <= now; asked += 1) {
      const meant = start + (asked + 1) * everyMs;
      open.push(ask().then(() => void answers.push(performance.now() - meant)));
    }
  }, 1);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    return answers;
  };
}

/** All waits of a file were over before the start: how long until they are carried out, and how the loop fares. */
export async function dueAtStart(dataDir: string, waits: number): Promise<Measurement[]> {
  const { core, client, connection } = startBenchCore(dataDir, 'FULL');
  const [contact] = (await client.contacts.list({ limit: 1 })).items;
  if (!contact) throw new Error('There is no contact to ask for');
  const holds = new LoopHolds();
  const stopAsking = askRegularly(() => client.contacts.get({ id: contact.id }));
  const start = performance.now();
  holds.start();
  await core.idle();
  const seconds = (performance.now() - start) / 1_000;
  const gaps = holds.stop();
  const answers = await stopAsking();
  const done = connection.reader.get<{ count: number }>(
    "SELECT count(*) AS count FROM workflow_executions WHERE status = 'succeeded'",
  );
  if (done?.count !== waits) throw new Error(`${done?.count} of ${waits} waits were carried out`);
  await core.stop();
  const longest = percentile(gaps, 1);
  const longShare = gaps.filter((gap) => gap > longMs).length / gaps.length;
  const answer = percentile(answers, 0.99);
  const measured = `${waits.toLocaleString('en')} waits due at start`;
  return [
    {
      name: `${measured}: carried out`,
      engine: `${seconds.toFixed(1)} s`,
      floor: '',
      value: seconds,
      shown: `${seconds.toFixed(1)} s`,
      target: `≤ ${secondsTarget} s`,
      ok: seconds <= secondsTarget,
    },
    {
      name: `${measured}: longest hold`,
      engine: milliseconds(longest),
      floor: '',
      value: longest,
      shown: milliseconds(longest),
      target: `< ${longestTarget} ms`,
      ok: longest < longestTarget,
    },
    {
      name: `${measured}: holds over ${longMs} ms`,
      engine: `${gaps.filter((gap) => gap > longMs).length} of ${gaps.length}`,
      floor: '',
      value: longShare,
      shown: `${(longShare * 1_000).toFixed(2)} in 1,000`,
      target: '≤ 1 in 1,000',
      ok: longShare <= longShareTarget,
    },
    {
      name: `${measured}: API answers, p99`,
      engine: milliseconds(answer),
      floor: '',
      value: answer,
      shown: milliseconds(answer),
      target: `< ${answerTarget} ms`,
      ok: answer < answerTarget,
    },
  ];
}
