import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Workflow } from '../support/api-client.ts';
import { queryFile, withFile } from '../support/data-file.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

/** The file is looked at once a second; more than that is late. */
const pollMs = 3_000;

const taskNamed = (title: string): object[] => [{ type: 'create_task', config: { title } }];

const servers = useServers();
let server: RunningServer;
/** Must go on whatever happens to the workflow under test. */
let bystander: Workflow;
let workflow: Workflow;

beforeAll(async () => {
  server = await servers.start();
  bystander = await server.api.create('workflows', {
    name: 'Bystander',
    status: 'active',
    trigger_type: 'deal_created',
    actions: taskNamed('Bystander was here'),
  });
});

beforeEach(async () => {
  if (workflow !== undefined) await server.api.call('DELETE', `/api/workflows/${workflow.id}`);
  workflow = await server.api.create('workflows', {
    name: 'Changed outside',
    status: 'active',
    trigger_type: 'deal_created',
    actions: taskNamed('Before'),
  });
});

/** As another program would, on a connection of its own. */
function setColumn(column: string, value: string | number | null): void {
  withFile(server.dataDir, (file) => {
    file.prepare(`UPDATE workflows SET ${column} = ? WHERE id = ?`).run(value, workflow.id);
  });
}

function storedRow(): Readonly<Record<string, unknown>> {
  return queryFile(server.dataDir, 'SELECT * FROM workflows WHERE id = ?', workflow.id)[0] ?? {};
}

/** Creates a deal and waits until the bystander answered. @returns the other tasks it led to */
async function tasksOfNewDeal(): Promise<string[]> {
  const deal = await server.api.create('deals', { title: 'A deal' });
  const titles = await waitUntil('the answer of the bystander', async () => {
    const { items } = await server.api.list('activities', `?deal_id=${deal.id}`);
    const all = items.map((task) => task.title);
    return all.includes('Bystander was here') && all;
  });
  return titles.filter((title) => title !== 'Bystander was here');
}

async function awaitParked(reason: string): Promise<Workflow> {
  return await waitUntil(
    `the workflow to be parked: ${reason}`,
    async () => {
      const read = await server.api.read('workflows', workflow.id);
      return read.parked_reason?.includes(reason) && read;
    },
    { withinMs: pollMs },
  );
}

describe('a change by SQL', () => {
  it('is seen by an event committed right after it, again and again', async () => {
    for (let turn = 1; turn <= 10; turn += 1) {
      setColumn('actions', JSON.stringify(taskNamed(`Turn ${turn}`)));
      expect(await tasksOfNewDeal()).toEqual([`Turn ${turn}`]);
    }
    expect((await server.api.read('workflows', workflow.id)).version).toBe(11);
  });

  it('is taken up within a second or so without any event', async () => {
    setColumn('actions', JSON.stringify(taskNamed('Without an event')));
    await waitUntil(
      'a second version',
      async () => (await server.api.read('workflows', workflow.id)).version === 2,
      { withinMs: pollMs },
    );
  });

  it('leaves the text as it was written', async () => {
    const text = '[ {"type":"create_task",\n  "config":{"title":"Spaces"}} ]';
    setColumn('actions', text);
    expect(await tasksOfNewDeal()).toEqual(['Spaces']);
    expect(storedRow()['actions']).toBe(text);
  });

  it.each(['Active', 'ACTIVE', 'aCtIvE'])('reads the status %s as active', async (status) => {
    setColumn('status', 'Paused');
    expect(await tasksOfNewDeal()).toEqual([]);
    setColumn('status', status);
    expect(await tasksOfNewDeal()).toEqual(['Before']);
    expect((await server.api.read('workflows', workflow.id)).status).toBe('active');
    expect(storedRow()['status']).toBe(status);
  });

  it.each(['1', 'true', "'true'"])('is_deleted = %s takes the workflow away', async (value) => {
    withFile(server.dataDir, (file) => {
      file.exec(`UPDATE workflows SET is_deleted = ${value} WHERE id = '${workflow.id}'`);
    });
    expect(await tasksOfNewDeal()).toEqual([]);
    expect((await server.api.call('GET', `/api/workflows/${workflow.id}`)).status).toBe(404);
    const { items } = await server.api.list('workflows');
    expect(items.map((item) => item.id)).not.toContain(workflow.id);
    withFile(server.dataDir, (file) => {
      file.exec(`UPDATE workflows SET is_deleted = false WHERE id = '${workflow.id}'`);
    });
    expect(await tasksOfNewDeal()).toEqual(['Before']);
  });

  it('to another trigger is followed', async () => {
    setColumn('trigger_type', 'contact_created');
    expect(await tasksOfNewDeal()).toEqual([]);
    const contact = await server.api.create('contacts', { first_name: 'Greta' });
    await waitUntil('the task of the contact', async () => {
      const { items } = await server.api.list('activities', `?contact_id=${contact.id}`);
      return items.length === 1;
    });
  });
});

describe('a workflow made illegal by SQL', () => {
  const faults = [
    { what: 'broken JSON', column: 'actions', value: '[{"type": "create_task", ', reason: 'JSON' },
    { what: 'JSON that is no list', column: 'actions', value: '{"a": 1}', reason: 'list of steps' },
    {
      what: 'an unknown action',
      column: 'actions',
      value: '[{"type": "make_coffee", "config": {}}]',
      reason: 'make_coffee',
    },
    {
      what: 'an unknown variable',
      column: 'actions',
      value: JSON.stringify(taskNamed('{{deal_titel}}')),
      reason: 'deal_titel',
    },
    { what: 'no step', column: 'actions', value: '[]', reason: 'step' },
    { what: 'an empty text', column: 'actions', value: '', reason: 'JSON' },
    {
      what: 'an unknown trigger',
      column: 'trigger_type',
      value: 'deal_eaten',
      reason: 'deal_eaten',
    },
    {
      what: 'a trigger_config that is no JSON',
      column: 'trigger_config',
      value: '{to_stage: won}',
      reason: 'trigger_config',
    },
  ] as const;

  it.each(faults)('by $what is parked, kept as it is, and told once', async (fault) => {
    const before = storedRow()[fault.column];
    setColumn(fault.column, fault.value);
    // The event right after it must not run what was there before.
    expect(await tasksOfNewDeal()).toEqual([]);
    const parked = await awaitParked(fault.reason);
    expect(parked.status).toBe('active');
    expect(parked.problems[0]?.message).not.toBe('');
    expect(await tasksOfNewDeal()).toEqual([]);

    expect(storedRow()).toMatchObject({
      [fault.column]: fault.value,
      status: 'active',
      execution_count: 0,
      parked_reason: parked.parked_reason,
    });
    const lines = server.logLines(workflow.id);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Workflow trigger error: /);
    expect(lines[0]).toContain('Changed outside');
    expect(lines[0]).toContain(fault.column === 'trigger_type' ? fault.value : 'deal_created');
    expect(lines[0]).toContain(parked.parked_reason);

    setColumn(fault.column, String(before));
    expect(await tasksOfNewDeal()).toEqual(['Before']);
    expect((await server.api.read('workflows', workflow.id)).parked_reason).toBeNull();
    expect(server.logLines(workflow.id)).toHaveLength(1);
  });

  it('refuses a start by hand with the reason, and can be mended over the API', async () => {
    setColumn('actions', 'nonsense');
    await awaitParked('JSON');
    const started = await server.api.call('POST', `/api/workflows/${workflow.id}/execute`);
    expect(started.status).toBe(409);
    expect(started.json).toMatchObject({ code: 'conflict', field: 'actions' });

    const mended = await server.api.change('workflows', workflow.id, {
      actions: taskNamed('Mended'),
    });
    expect(mended).toMatchObject({ parked_reason: null, problems: [] });
    expect(await tasksOfNewDeal()).toEqual(['Mended']);
  });

  it('may be paused and renamed while it is illegal', async () => {
    setColumn('actions', 'nonsense');
    await awaitParked('JSON');
    await server.api.change('workflows', workflow.id, { name: 'Renamed', status: 'paused' });
    expect(storedRow()).toMatchObject({ name: 'Renamed', actions: 'nonsense' });
  });

  it('is told again after a restart only if it is still illegal', async () => {
    setColumn('actions', 'nonsense');
    await awaitParked('JSON');
    const { dataDir } = server;
    await server.stop();
    server = await servers.start({ dataDir });
    expect(await tasksOfNewDeal()).toEqual([]);
    setColumn('actions', JSON.stringify(taskNamed('After the restart')));
    expect(await tasksOfNewDeal()).toEqual(['After the restart']);
  });
});

it('goes on after all of that', async () => {
  expect(await tasksOfNewDeal()).toHaveLength(1);
  const read = await server.api.read('workflows', bystander.id);
  expect(read.parked_reason).toBeNull();
});
