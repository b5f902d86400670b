import { expect, it } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { queryFile, withFile } from '../support/data-file.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

/** How often the server is killed. */
const kills = Number(process.env['TRELLIS_CRASH_KILLS'] ?? 15);
const seed = Number(process.env['TRELLIS_CRASH_SEED'] ?? 20_261_123);

/** Calls in flight at a time. */
const callers = 6;

/** A kill comes at most this long after the server is ready, in milliseconds. */
const longestLifeMs = 900;

/** About as long as a start takes, so that such a kill may come at any point of it. */
const longestStartMs = 350;

/** Every so many kills one comes while the server still starts. */
const killInStart = 5;

const servers = useServers();

/** What the server said it had done before it was killed. */
interface Acknowledged {
  readonly deals: string[];
  readonly runs: string[];
}

async function createWorkflows(server: RunningServer): Promise<string> {
  const actions = [
    { type: 'create_task', config: { title: 'Call about {{deal_title}}', due_date: '+3 days' } },
    { type: 'update_field', config: { object: 'deal', field: 'description', value: 'Seen' } },
    { type: 'send_notification', config: { title: 'New deal', message: '{{deal_title}}' } },
  ];
  const definition = { name: 'On each deal', status: 'active', trigger_type: 'deal_created' };
  await server.api.create('workflows', { ...definition, actions });
  const manual = await server.api.create('workflows', {
    name: 'By hand',
    status: 'active',
    trigger_type: 'manual',
    actions: [{ type: 'send_notification', config: { title: 'By hand', message: 'Started' } }],
  });
  return manual.id;
}

/** Null when the server was gone before it answered. */
async function tryCall(server: RunningServer, path: string, body?: object): Promise<Answer | null> {
  try {
    return await server.api.call('POST', path, body === undefined ? {} : { body });
  } catch {
    return null;
  }
}

/** Creates deals, and starts a workflow by hand now and then, until the server is gone. */
async function callUntilGone(
  server: RunningServer,
  manualId: string,
  acknowledged: Acknowledged,
): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    const byHand = turn % 4 === 0;
    const answer = byHand
      ? await tryCall(server, `/api/workflows/${manualId}/execute`)
      : await tryCall(server, '/api/deals', { title: `Deal ${turn}` });
    if (answer === null) return;
    // Under this load every call is legal: any other answer is a fault, and must not be passed over.
    expect(answer.status).toBe(byHand ? 202 : 201);
    const answered = answer.json as { id: string; execution_id: string };
    if (byHand) acknowledged.runs.push(answered.execution_id);
    else acknowledged.deals.push(answered.id);
  }
}

function after(ms: number, act: () => void): void {
  // The moment of the kill is what is random here: nothing is awaited by it.
  setTimeout(act, ms);
}

function count(dataDir: string, sql: string): number {
  return queryFile<{ count: number }>(dataDir, `SELECT count(*) AS count FROM ${sql}`)[0]!.count;
}

it(`loses nothing and does nothing twice over ${kills} kills`, async () => {
  const random = seededRandom(seed);
  const acknowledged: Acknowledged = { deals: [], runs: [] };
  const dataDir = servers.folder();
  const first = await servers.start({ dataDir });
  const manualId = await createWorkflows(first);
  await first.kill();

  for (let kill = 1; kill <= kills; kill += 1) {
    const begun = servers.begin({ dataDir });
    if (kill % killInStart === 0) {
      after(random() * longestStartMs, () => void begun.kill());
    }
    const server = await begun.ready;
    if (server) {
      // The killed one's right to execute ended with it: nobody waits for a lease to run out.
      const health = await server.api.send('GET', '/api/health').catch(() => null);
      if (health) expect(health.json).toMatchObject({ executor: { state: 'here' } });
      after(random() * longestLifeMs, () => void server.kill());
      await Promise.all(
        Array.from({ length: callers }, () => callUntilGone(server, manualId, acknowledged)),
      );
    }
    const { signal, stderr } = await begun.ended;
    expect(signal).toBe('SIGKILL');
    expect(stderr).not.toContain('error');
  }

  const last = await servers.start({ dataDir });
  await waitUntil(
    'the dispatch of what the last kill left behind',
    () => count(dataDir, 'events WHERE dispatched_at IS NULL') === 0,
  );
  expect((await last.stop()).code).toBe(0);

  const { deals, runs } = acknowledged;
  const stored = new Set(
    queryFile<{ id: string }>(dataDir, 'SELECT id FROM deals').map(({ id }) => id),
  );
  const succeeded = new Set(
    queryFile<{ id: string }>(
      dataDir,
      "SELECT id FROM workflow_executions WHERE status = 'succeeded'",
    ).map(({ id }) => id),
  );
  const perDeal = queryFile<
    Record<'events' | 'runs' | 'tasks' | 'notifications' | 'steps', number>
  >(
    dataDir,
    `SELECT
       (SELECT count(*) FROM events e WHERE e.record_id = d.id AND e.type = 'deal_created') AS events,
       (SELECT count(*) FROM workflow_executions r JOIN events e ON e.id = r.event_id
         WHERE e.record_id = d.id AND e.type = 'deal_created' AND r.status = 'succeeded') AS runs,
       (SELECT count(*) FROM activities a WHERE a.deal_id = d.id) AS tasks,
       (SELECT count(*) FROM notifications n WHERE n.record_id = d.id) AS notifications,
       (SELECT count(*) FROM step_records s JOIN workflow_executions r ON r.id = s.execution_id
         WHERE r.record_id = d.id) / 3.0 AS steps
     FROM deals d`,
  );
  const counts = perDeal.flatMap((row) => Object.values(row));
  const lost =
    deals.filter((id) => !stored.has(id)).length +
    runs.filter((id) => !succeeded.has(id)).length +
    counts.filter((found) => found < 1).length;
  const doubled = counts.filter((found) => found > 1).length;
  process.stdout.write(
    `kills ${kills}, lost ${lost}, doubled ${doubled} (${deals.length} deals and ${runs.length} starts acknowledged, ${stored.size} deals stored, seed ${seed})\n`,
  );

  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  // A load that never got through would prove nothing.
  expect(deals.length).toBeGreaterThan(kills);
  const everyRun = count(dataDir, 'workflow_executions');
  expect(succeeded.size).toBe(everyRun);
  expect(count(dataDir, 'notifications')).toBe(everyRun);
  expect(count(dataDir, "deals WHERE description = 'Seen'")).toBe(stored.size);
  expect(count(dataDir, "events WHERE type = 'deal_created'")).toBe(stored.size);
  expect(count(dataDir, 'events WHERE dispatch_error IS NOT NULL')).toBe(0);
  const used = queryFile(dataDir, 'SELECT sum(execution_count) AS runs FROM workflows');
  expect(used).toEqual([{ runs: everyRun }]);
  withFile(dataDir, (file) => {
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(file.pragma('foreign_key_check')).toEqual([]);
  });
});
