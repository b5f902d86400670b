import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workflow } from '../support/api-client.ts';
import { hasCurl, queryFile, type SqlProgram, sqlPrograms } from '../support/data-file.ts';
import { sendRaw } from '../support/raw-request.ts';
import { type RunningServer, testToken } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { forWorkflow, guideCalls, guideSql } from './guide-text.ts';

const legalActions = [{ type: 'create_task', config: { title: 'Legal' } }];

const servers = useServers();
let server: RunningServer;

beforeAll(async () => {
  server = await servers.start();
});

async function createWorkflow(name: string, more: object = {}): Promise<Workflow> {
  return await server.api.create('workflows', {
    name,
    status: 'active',
    trigger_type: 'deal_created',
    actions: legalActions,
    ...more,
  });
}

async function pause(...workflows: readonly Workflow[]): Promise<void> {
  for (const { id } of workflows) await server.api.change('workflows', id, { status: 'paused' });
}

let deals = 0;

/** Creates a deal and waits until its event was dispatched. @returns titles of the tasks it led to */
async function tasksOfNewDeal(): Promise<string[]> {
  deals += 1;
  const deal = await server.api.create('deals', { title: `Deal ${deals}` });
  await waitUntil('the dispatch of the deal', () => {
    const waiting = "SELECT 1 FROM events WHERE record_id = ? AND type = 'deal_created'";
    return queryFile(server.dataDir, `${waiting} AND dispatched_at IS NOT NULL`, deal.id)[0];
  });
  const { items } = await server.api.list('activities', `?deal_id=${deal.id}`);
  return items.map((task) => task.title).toSorted();
}

function run(program: SqlProgram, sql: string): ReturnType<SqlProgram['run']> {
  return program.run(server.dataDir, sql);
}

describe.each(sqlPrograms)('the statements of the guide by $name', (program) => {
  let workflow: Workflow;
  let failing: Workflow;

  beforeAll(async () => {
    workflow = await createWorkflow(`By SQL (${program.name})`, { status: 'draft' });
    failing = await createWorkflow(`Failing (${program.name})`, {
      actions: [
        {
          type: 'update_field',
          config: { object: 'contact', field: 'phone', value: '+49 30 123456' },
        },
      ],
    });
  });

  afterAll(async () => {
    await pause(workflow, failing);
  });

  it('activates a workflow', async () => {
    expect(await tasksOfNewDeal()).toEqual([]);
    run(program, forWorkflow(guideSql.activate, workflow.id));
    expect(await tasksOfNewDeal()).toEqual(['Legal']);
  });

  it('changes its actions, for the very next event', async () => {
    run(program, forWorkflow(guideSql.changeActions, workflow.id));
    expect(await tasksOfNewDeal()).toEqual(['Test task from workflow']);
    expect((await server.api.read('workflows', workflow.id)).version).toBe(2);
  });

  it('lists recent runs', async () => {
    const rows = run(program, guideSql.recentRuns);
    const names = new Set(rows.map((row) => row['workflow_name']));
    expect(names).toContain(workflow.name);
    expect(names).toContain(failing.name);
    const succeeded = rows.find((row) => row['workflow_name'] === workflow.name);
    expect(succeeded).toMatchObject({
      status: 'succeeded',
      success_count: 1,
      failure_count: 0,
      error_message: null,
    });
    expect(succeeded?.['duration_seconds']).toBeTypeOf('number');
    const starts = rows.map((row) => String(row['started_at']));
    expect(starts).toEqual(starts.toSorted().toReversed());
  });

  it('lists workflows by use', () => {
    const rows = run(program, guideSql.workflowsByUse);
    const row = rows.find(({ name }) => name === workflow.name);
    expect(row).toMatchObject({
      status: 'active',
      execution_count: 2,
      trigger_type: 'deal_created',
    });
    expect(row?.['last_executed_at']).toMatch(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/);
    const counts = rows.map((one) => Number(one['execution_count']));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  it('shows one workflow', () => {
    const rows = run(program, forWorkflow(guideSql.oneWorkflow, workflow.id));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id: workflow.id, name: workflow.name, is_deleted: 0 });
  });

  it('shows the runs of one workflow', () => {
    const rows = run(program, forWorkflow(guideSql.runsOfOne, workflow.id));
    expect(rows).toHaveLength(2);
    const steps: unknown = JSON.parse(String(rows[0]?.['actions_executed']));
    expect(steps).toMatchObject([
      { type: 'create_task', status: 'succeeded', output: { task: { title: expect.any(String) } } },
    ]);
  });

  it('shows why runs failed, and the log says it too', () => {
    const rows = run(program, forWorkflow(guideSql.failedRunsOfOne, failing.id));
    expect(rows).toHaveLength(3);
    expect(rows[0]?.['error_message']).toBe('Step 1 update_field: there is no contact to update');
    const steps: unknown = JSON.parse(String(rows[0]?.['actions_executed']));
    expect(steps).toEqual([
      {
        id: 'step_1',
        type: 'update_field',
        status: 'failed',
        error: 'there is no contact to update',
      },
    ]);
    const lines = server.logLines(failing.id);
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(/^Workflow trigger error: /);
      expect(line).toContain(failing.name);
      expect(line).toContain('deal_created');
      expect(line).toContain('there is no contact to update');
    }
  });
});

describe('the calls of the guide', () => {
  /** The call as it stands, with the id, the host and the token filled in. */
  const filledIn = (call: string, id: string): string =>
    call
      .replace('localhost:8000', `localhost:${server.port}`)
      .replace('{workflow_id}', id)
      .replace('YOUR_TOKEN', testToken);

  /** What curl puts on the wire for such a call: no body, no content type, not even a length. */
  function bytesOf(call: string): string {
    const [, method = 'GET', , path = ''] =
      /^curl (?:-X (\w+) )?http:\/\/(localhost:\d+)(\S+) /.exec(call) ?? [];
    const header = /-H "([^"]+)"/.exec(call)?.[1] ?? '';
    return `${method} ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\n${header}\r\n\r\n`;
  }

  async function callAs(
    program: 'bytes' | 'curl',
    call: string,
  ): Promise<{ status: number; json: unknown }> {
    if (program === 'bytes') return await sendRaw(server.port, [bytesOf(call)]);
    const { stdout } = spawnSync(`${call} -s -w '%{http_code}'`, { shell: true, encoding: 'utf8' });
    return { status: Number(stdout.slice(-3)), json: JSON.parse(stdout.slice(0, -3)) };
  }

  it.each(hasCurl ? (['bytes', 'curl'] as const) : (['bytes'] as const))(
    'start a workflow and list its runs (%s)',
    async (program) => {
      const workflow = await createWorkflow(`By ${program}`, { trigger_type: 'manual' });
      const started = await callAs(program, filledIn(guideCalls.execute, workflow.id));
      expect(started).toMatchObject({ status: 202, json: { execution_id: expect.any(String) } });
      const { execution_id: id } = started.json as { execution_id: string };
      const listed = await waitUntil('the run to succeed', async () => {
        const answer = await callAs(program, filledIn(guideCalls.executions, workflow.id));
        return JSON.stringify(answer.json).includes('"status":"succeeded"') && answer;
      });
      expect(listed).toMatchObject({
        status: 200,
        json: {
          items: [{ id, workflow_id: workflow.id, success_count: 1, failure_count: 0 }],
          next_cursor: null,
        },
      });
    },
  );
});
