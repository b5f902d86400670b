import { createRouterClient } from '@orpc/server';
import { uuidIds } from '../../../hosts/uuid-ids.ts';
import { type Core, createCore } from '../../../src/main/create-core.ts';
import type { Failpoint } from '../../../src/main/ports.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeHttpClient, FakeMailer, fakeSecrets } from '../../support/fake-delivery.ts';

/**
 * One life of the program: everything the engine commits, done as far as it is not done yet. Run to its end, in one
 * life or in several, it leaves the same rows.
 *
 *   node scenario.ts FOLDER [POINT SIDE NUMBER]
 *
 * With a point, the process ends itself by SIGKILL at that commit, right before or right after it, the NUMBERth time.
 * Without, it prints how often each point was come to.
 */
const [dataDir = '', point = '', side = '', number = ''] = process.argv.slice(2);

const hour = 3_600_000;
const day = 24 * hour;

const counts = new Map<string, number>();
const failpoint: Failpoint = (at, which) => {
  const name = `${at} ${which}`;
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  if (name === `${point} ${side}` && count === Number(number)) process.kill(process.pid, 'SIGKILL');
};

const clock = new FakeClock({ start: '2026-03-02T09:00:00Z' });
const switchedOff = { enabled: false, can_switch: false, port: 8_000, url: null, error: null };
const errors: string[] = [];
const core: Core = createCore({
  clock,
  ids: uuidIds,
  logger: { info: () => undefined, error: (line) => errors.push(line) },
  notifier: { show: () => Promise.resolve() },
  settings: {
    read: () => ({
      theme: 'system',
      language: 'en',
      rest_enabled: false,
      rest_port: 8_000,
      backup_dir: null,
      keep_in_tray: null,
      seen_version: null,
    }),
    write: () => undefined,
  },
  mailer: new FakeMailer(),
  http: new FakeHttpClient(),
  secrets: fakeSecrets(),
  host: { kind: 'server', version: '0.0.0-test', system: 'a test', label: 'Failpoints' },
  rest: {
    state: () => switchedOff,
    change: () => Promise.resolve(switchedOff),
  },
  backupDir: null,
  dataDir,
  failpoint,
});
const client = createRouterClient(core.router, { context: { actor: { kind: 'user' } } });
core.start();

async function settle(): Promise<void> {
  const idle = core.idle();
  clock.runToIdle();
  await idle;
}

async function pass(ms: number): Promise<void> {
  clock.sleep(ms);
  clock.advance(2_000);
  await settle();
}

const task = (title: string) => ({ type: 'create_task', config: { title } });
const wait = (duration: string) => ({ type: 'wait', id: 'pause', config: { duration } });

async function workflow(name: string, actions: readonly object[]): Promise<string> {
  const { items } = await client.workflows.list({ limit: 500 });
  const found = items.find((one) => one.name === name);
  if (found) return found.id;
  const definition = { name, status: 'active', trigger_type: 'deal_created' } as const;
  return (await client.workflows.create({ ...definition, actions: [...actions] })).id;
}

async function ensureDeals(titles: readonly string[]): Promise<void> {
  const { items } = await client.deals.list({ limit: 500 });
  for (const title of titles) {
    if (!items.some((deal) => deal.title === title)) await client.deals.create({ title });
  }
  await settle();
}

async function live(): Promise<void> {
  const plain = await workflow('Plain', [
    task('plain'),
    { type: 'send_notification', config: { title: 'New deal', message: '{{deal_title}}' } },
  ]);
  const waiting = await workflow('Waits', [
    task('waits: before'),
    wait('+1 hour'),
    task('waits: after'),
  ]);
  const failing = await workflow('Fails', [
    task('fails: before'),
    { type: 'update_field', config: { object: 'contact', field: 'job_title', value: 'Buyer' } },
    task('fails: after'),
  ]);
  // Long ago, so that its history goes in the end.
  await ensureDeals(['Old']);
  await pass(100 * day);
  await ensureDeals(['One', 'Two', 'Three']);
  // Frozen and let go: every wait ends once all the same.
  await client.workflows.pause({ id: waiting, runs: 'freeze' });
  await settle();
  await pass(day);
  await client.workflows.resume({ id: waiting });
  await settle();
  // What failed goes on without its step.
  const { items: runs } = await client.workflows.executions({ id: failing, limit: 500 });
  for (const { id, status } of runs) if (status === 'failed') await client.executions.skip({ id });
  await settle();
  // One run is made again, once.
  const { items: all } = await client.workflows.executions({ id: plain, limit: 500 });
  const [first] = all.toReversed();
  if (first && !all.some((run) => run.restart_of !== null)) {
    await client.executions.restart({ id: first.id });
  }
  await pass(10 * day);
  await client.settings.update({ history_days: 30 });
  await pass(2 * hour);
  await pass(2 * hour);
}

await live();
await core.stop();
process.stdout.write(JSON.stringify({ counts: Object.fromEntries(counts), errors }));
