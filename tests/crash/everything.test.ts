import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { queryFile, withFile } from '../support/data-file.ts';
import { writeMeasured } from '../support/measured.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

/** How often the server is killed; the long run sets 300. */
const kills = Number(process.env['TRELLIS_CRASH_KILLS'] ?? 6);
const seed = Number(process.env['TRELLIS_CRASH_SEED'] ?? 20_261_126);

/** Calls in flight at a time. */
const callers = 4;

/** A kill comes at most this long after the server is ready, in milliseconds. */
const longestLifeMs = 900;

/** About as long as a start takes, so that such a kill may come at any point of it. */
const longestStartMs = 350;

/** Every so many kills one comes while the server still starts. */
const killInStart = 5;

/** Every so many deals one is never won, so that its wait ends by its time-out. */
const neverWon = 4;

/** Every so many deals one is large: its runs call the web server, which takes twenty calls a second. */
const large = 8;

/** Every so many keys one is told at first to come again. */
const busyKeys = 4;

const servers = useServers();

interface Acknowledged {
  readonly deals: string[];
  readonly won: string[];
}

/** A web server that notes what came under which key, and takes a while, so that kills come in between. */
async function webServer() {
  const bodies = new Map<string, Set<string>>();
  const accepted = new Map<string, number>();
  const toldToWait = new Set<string>();
  const server = http.createServer((request, answer) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const key = String(request.headers['idempotency-key']);
      const isNew = !bodies.has(key);
      bodies.set(key, (bodies.get(key) ?? new Set()).add(body));
      const isBusy = isNew && bodies.size % busyKeys === 0;
      if (isBusy) toldToWait.add(key);
      // The answer comes late enough for a kill to come before it; nothing is awaited by this time.
      setTimeout(() => {
        if (!isBusy) accepted.set(key, (accepted.get(key) ?? 0) + 1);
        answer.writeHead(isBusy ? 503 : 200).end('{}');
      }, 20);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, bodies, accepted, toldToWait };
}

const task = (title: string) => ({ type: 'create_task', config: { title } });

/** An event, a wait for time, a wait for an event, and what leaves this computer, in one load. */
async function createWorkflows({ api }: RunningServer, webPort: number): Promise<void> {
  const body = { deal: '{{deal.id}}', name: '{{deal_title}}' };
  const call = { type: 'webhook', config: { url: `http://127.0.0.1:${webPort}/`, body } };
  const isLarge = {
    combinator: 'and',
    rules: [{ field: 'deal.value', operator: '>=', value: 500 }],
  };
  const definition = { status: 'active', trigger_type: 'deal_created' };
  await api.create('workflows', {
    ...definition,
    name: 'At once',
    actions: [
      task('once'),
      { type: 'update_field', config: { object: 'deal', field: 'description', value: 'Seen' } },
      { type: 'send_notification', config: { title: 'New deal', message: '{{deal_title}}' } },
    ],
  });
  await api.create('workflows', {
    ...definition,
    name: 'Waits for time',
    actions: [
      task('time: before'),
      { type: 'wait', config: { duration: '+1 second' } },
      {
        type: 'if',
        config: { conditions: isLarge },
        then: [{ ...call, id: 'call' }, task('time: called')],
      },
      { type: 'add_tag', config: { object: 'deal', tag: 'waited' } },
      task('time: after'),
    ],
  });
  await api.create('workflows', {
    ...definition,
    name: 'Waits for an event',
    actions: [
      task('event: before'),
      {
        type: 'wait',
        config: { until_event: 'deal_won', timeout: '+6 seconds' },
        on_timeout: [task('event: late')],
      },
      task('event: after'),
    ],
  });
}

/** Null when the server was gone before it answered. */
async function tryCall(
  server: RunningServer,
  method: string,
  path: string,
  body: object,
): Promise<Answer | null> {
  try {
    return await server.api.call(method, path, { body });
  } catch {
    return null;
  }
}

/** Creates deals and wins most of them, until the server is gone. */
async function callUntilGone(server: RunningServer, acknowledged: Acknowledged): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    const value = turn % large === 0 ? 900 : 100;
    const created = await tryCall(server, 'POST', '/api/deals', { title: `Deal ${turn}`, value });
    if (created === null) return;
    expect(created.status).toBe(201);
    const { id } = created.json as { id: string };
    acknowledged.deals.push(id);
    if (turn % neverWon === 1) continue;
    const won = await tryCall(server, 'PATCH', `/api/deals/${id}`, { stage: 'won' });
    if (won === null) return;
    expect(won.status).toBe(200);
    acknowledged.won.push(id);
  }
}

function after(ms: number, act: () => void): void {
  // The moment of the kill is what is random here: nothing is awaited by it.
  setTimeout(act, ms);
}

function count(dataDir: string, sql: string): number {
  return (
    queryFile<{ count: number }>(dataDir, `SELECT count(*) AS count FROM ${sql}`)[0]?.count ?? 0
  );
}

/** @returns how many effects of runs are missing in the file, and how many are there twice */
function effectsOf(dataDir: string): { readonly lacking: number; readonly doubled: number } {
  const times = new Map<string, Map<string, number>>();
  const note = (dealId: string, what: string, found: number): void => {
    const ofDeal = times.get(dealId) ?? new Map<string, number>();
    times.set(dealId, ofDeal.set(what, found));
  };
  for (const row of queryFile<{ deal_id: string; title: string; found: number }>(
    dataDir,
    'SELECT deal_id, title, count(*) AS found FROM activities GROUP BY deal_id, title',
  ))
    note(row.deal_id, row.title, row.found);
  for (const what of ['notifications', 'record_tags', 'deliveries']) {
    for (const row of queryFile<{ record_id: string; found: number }>(
      dataDir,
      `SELECT record_id, count(*) AS found FROM ${what} GROUP BY record_id`,
    ))
      note(row.record_id, what, row.found);
  }
  let lacking = 0;
  let doubled = 0;
  const deals = queryFile<{ id: string; value_minor: number; description: string | null }>(
    dataDir,
    'SELECT id, value_minor, description FROM deals',
  );
  const ofAll = ['once', 'time: before', 'time: after', 'event: before', 'event: after'];
  for (const { id, value_minor: value, description } of deals) {
    const found = times.get(id) ?? new Map<string, number>();
    const due = [...ofAll, 'notifications', 'record_tags'];
    if (value >= 50_000) due.push('deliveries', 'time: called');
    lacking += due.filter((what) => !found.has(what)).length + (description === 'Seen' ? 0 : 1);
    doubled += [...found.values()].filter((often) => often > 1).length;
    // Whether the event came in time is not known here; anything else that is not due is one too many.
    doubled += [...found.keys()].filter(
      (what) => what !== 'event: late' && !due.includes(what),
    ).length;
  }
  return { lacking, doubled };
}

it(
  `events, waits, retries and webhooks over ${kills} kills: nothing lost, nothing doubled`,
  async () => {
    const random = seededRandom(seed);
    const acknowledged: Acknowledged = { deals: [], won: [] };
    const web = await webServer();
    const dataDir = servers.folder();
    const first = await servers.start({ dataDir });
    await createWorkflows(first, web.port);
    await first.kill();
    const underWay = { waits: 0, calls: 0, events: 0 };

    for (let kill = 1; kill <= kills; kill += 1) {
      const begun = servers.begin({ dataDir });
      if (kill % killInStart === 0) after(random() * longestStartMs, () => void begun.kill());
      const server = await begun.ready;
      if (server) {
        after(random() * longestLifeMs, () => void server.kill());
        await Promise.all(
          Array.from({ length: callers }, () => callUntilGone(server, acknowledged)),
        );
      }
      const { signal, stderr } = await begun.ended;
      expect(signal).toBe('SIGKILL');
      expect(stderr).not.toContain('error');
      underWay.waits += count(dataDir, 'waits');
      underWay.calls += count(dataDir, "deliveries WHERE state = 'sending'");
      underWay.events += count(dataDir, 'events WHERE dispatched_at IS NULL');
    }

    const last = await servers.start({ dataDir });
    await waitUntil(
      'the end of every run and the dispatch of every event',
      () => count(dataDir, 'waits') + count(dataDir, 'events WHERE dispatched_at IS NULL') === 0,
      { withinMs: 60_000 + kills * 1_000 },
    );
    expect(last.log).not.toContain('error');
    expect((await last.stop()).code).toBe(0);

    const stored = new Set(
      queryFile<{ id: string }>(dataDir, 'SELECT id FROM deals').map(({ id }) => id),
    );
    const effects = effectsOf(dataDir);
    const lost = acknowledged.deals.filter((id) => !stored.has(id)).length + effects.lacking;
    const calls = queryFile<{ id: string; state: string }>(
      dataDir,
      'SELECT id, state FROM deliveries',
    );
    const again = [...web.accepted.values()].filter((often) => often > 1).length;
    writeMeasured('crash-kills', [
      '`SIGKILL` at random moments under load: events, waits for time and for events, webhooks and their retries.',
      '',
      '| kills | lost | doubled | seed |',
      '| ---: | ---: | ---: | ---: |',
      `| ${kills} | ${lost} | ${effects.doubled} | ${seed} |`,
      '',
      '| under way, summed over the kills | |',
      '| --- | ---: |',
      `| waits pending | ${underWay.waits} |`,
      `| events not dispatched | ${underWay.events} |`,
      `| webhooks on their way | ${underWay.calls} |`,
      '',
      '| in the end | |',
      '| --- | ---: |',
      `| deals | ${stored.size} |`,
      `| runs, all succeeded | ${count(dataDir, 'workflow_executions')} |`,
      `| webhooks sent | ${calls.length} |`,
      `| told at first to come again | ${web.toldToWait.size} |`,
      `| arrived again, under their own key | ${again} |`,
    ]);

    expect({ lost, doubled: effects.doubled }).toEqual({ lost: 0, doubled: 0 });
    // A load that never got through, never waited or never called would prove nothing.
    expect(acknowledged.deals.length).toBeGreaterThan(kills);
    expect(underWay.waits).toBeGreaterThan(kills);
    expect(calls.length).toBeGreaterThan(0);
    // No key with two bodies, no call under two keys, none that did not arrive.
    const keys = new Set(calls.map(({ id }) => id));
    expect([...web.bodies.keys()].filter((key) => !keys.has(key))).toEqual([]);
    for (const set of web.bodies.values()) expect(set.size).toBe(1);
    const bodies = new Set([...web.bodies.values()].flatMap((set) => [...set]));
    expect(bodies.size).toBe(calls.length);
    expect(calls.filter(({ id, state }) => state !== 'sent' || !web.accepted.has(id))).toEqual([]);
    // Every event was dispatched to all three, and each run came to its end: nothing is parked.
    expect(count(dataDir, "workflow_executions WHERE status = 'succeeded'")).toBe(3 * stored.size);
    expect(count(dataDir, 'workflow_executions')).toBe(3 * stored.size);
    expect(count(dataDir, "step_records WHERE status <> 'succeeded'")).toBe(0);
    expect(count(dataDir, 'wait_records')).toBe(0);
    expect(count(dataDir, 'events WHERE dispatch_error IS NOT NULL')).toBe(0);
    expect(count(dataDir, "events WHERE type = 'deal_created'")).toBe(stored.size);
    withFile(dataDir, (file) => {
      expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(file.pragma('foreign_key_check')).toEqual([]);
    });
  },
  180_000 + kills * 5_000,
);
