import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Workflow } from '../support/api-client.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

/** The lock is tried once a second, and a second is what a busy machine may add. */
const takeOver = { withinMs: 2_500 };

const servers = useServers();
let first: RunningServer;
let second: RunningServer;
let workflow: Workflow;

beforeAll(async () => {
  first = await servers.start();
  workflow = await first.api.create('workflows', {
    name: 'Answers',
    status: 'active',
    trigger_type: 'deal_created',
    actions: [{ type: 'create_task', config: { title: 'Answer' } }],
  });
  second = await servers.start({ dataDir: first.dataDir });
});

function readRuntimeFile(): unknown {
  const path = join(first.dataDir, 'runtime.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

async function executorOf(server: RunningServer): Promise<{ state: string; holder: string }> {
  const { json } = await server.api.send('GET', '/api/health');
  return (json as { executor: { state: string; holder: string } }).executor;
}

async function awaitTask(server: RunningServer, dealId: string): Promise<void> {
  await waitUntil(
    'the task of the deal',
    async () => (await server.api.list('activities', `?deal_id=${dealId}`)).items.length === 1,
    takeOver,
  );
}

describe('a second server on the same file', () => {
  it('says in one line who holds it, and that it does not execute', async () => {
    const holder = `Trellis server, process ${first.pid}`;
    const lines = second.log.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(holder);
    expect(lines[0]).toContain('serves without executing');
    expect(await executorOf(first)).toEqual({ state: 'here', holder });
    expect(await executorOf(second)).toEqual({ state: 'elsewhere', holder });
  });

  it('reads and writes; the first executes what it wrote', async () => {
    const deal = await second.api.create('deals', { title: 'By the second' });
    await awaitTask(second, deal.id);
    const { items } = await first.api.executions(workflow.id);
    expect(items).toHaveLength(1);
    expect(items[0]?.status).toBe('succeeded');
  });

  it('sees a workflow made by the first at once, and the first one made by it', async () => {
    const seen = await second.api.read('workflows', workflow.id);
    expect(seen.name).toBe('Answers');
    const made = await second.api.create('workflows', {
      name: 'By the second',
      status: 'active',
      trigger_type: 'contact_created',
      actions: [{ type: 'create_task', config: { title: 'Greet' } }],
    });
    await second.api.create('contacts', { first_name: 'Anna' });
    await waitUntil(
      'the run',
      async () => (await first.api.executions(made.id)).items.length === 1,
      takeOver,
    );
  });

  it('is the one runtime.json names, and an older one leaves that alone when it ends', async () => {
    expect(readRuntimeFile()).toEqual({ pid: second.pid, url: second.url });
    const third = await servers.start({ dataDir: first.dataDir });
    expect(readRuntimeFile()).toEqual({ pid: third.pid, url: third.url });
    await second.stop();
    expect(readRuntimeFile()).toEqual({ pid: third.pid, url: third.url });
    second = third;
  });

  it('takes over within two seconds when the first is killed', async () => {
    await first.kill();
    const deal = await second.api.create('deals', { title: 'Left alone' });
    await waitUntil(
      'the second to execute',
      async () => (await executorOf(second)).state === 'here',
      takeOver,
    );
    await awaitTask(second, deal.id);
    expect((await executorOf(second)).holder).toContain(String(second.pid));
    expect(second.logLines('workflows run here now')).toHaveLength(1);
    const { items } = await second.api.executions(workflow.id);
    expect(items.map((run) => run.status)).toEqual(['succeeded', 'succeeded']);
  });

  it('makes way for the next in turn, which executes at once', async () => {
    const { code } = await second.stop();
    expect(code).toBe(0);
    expect(existsSync(join(first.dataDir, 'trellis.db-wal'))).toBe(false);
    const third = await servers.start({ dataDir: first.dataDir });
    expect((await executorOf(third)).state).toBe('here');
    expect(third.log).not.toContain('serves without executing');
  });
});
