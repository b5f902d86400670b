import { beforeAll, describe, expect, it } from 'vitest';
import type { Contact, Page } from '../support/api-client.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

const total = 120;

const servers = useServers();
let server: RunningServer;

beforeAll(async () => {
  server = await servers.start();
});

/** Every page in turn, by the cursors as they come. */
async function pagesOf<T>(
  read: (query: string) => Promise<Page<T>>,
  limit: number,
): Promise<T[][]> {
  const pages: T[][] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${cursor}`;
    const page = await read(`?limit=${limit}${after}`);
    pages.push(page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return pages;
}

describe('paging', () => {
  const made: Contact[] = [];

  beforeAll(async () => {
    for (let number = 1; number <= total; number += 1) {
      const input = { first_name: `Contact ${number}`, email: `c${number}@example.com` };
      made.push(await server.api.create('contacts', input));
    }
  });

  it('gives 50 without a limit, newest first', async () => {
    const page = await server.api.list('contacts');
    expect(page.items.map((item) => item.id)).toEqual(
      made
        .slice(-50)
        .toReversed()
        .map((item) => item.id),
    );
    expect(page.next_cursor).not.toBeNull();
  });

  it.each([1, 7, 60, 119, 120, 500])('passes all of them once, %i at a time', async (limit) => {
    const pages = await pagesOf((query) => server.api.list('contacts', query), limit);
    expect(pages.flat()).toEqual(made.toReversed());
    expect(pages).toHaveLength(Math.ceil(total / limit));
  });

  it('does not shift when records come and go between two pages', async () => {
    const first = await server.api.list('contacts', '?limit=10');
    const added = await server.api.create('contacts', { first_name: 'In between' });
    await server.api.expect(204, 'DELETE', `/api/contacts/${first.items[9]?.id}`);
    const second = await server.api.list('contacts', `?limit=10&cursor=${first.next_cursor}`);
    expect(second.items.map((item) => item.id)).toEqual(
      made
        .slice(-20, -10)
        .toReversed()
        .map((item) => item.id),
    );
    await server.api.expect(204, 'DELETE', `/api/contacts/${added.id}`);
  });
});

describe('searching and filtering', () => {
  it('finds part of a name without regard to case, and wildcards as they stand', async () => {
    const anna = await server.api.create('contacts', {
      first_name: 'Anna',
      last_name: 'Bergström',
    });
    const percent = await server.api.create('contacts', { first_name: '100% Otto' });
    const search = async (q: string): Promise<string[]> => {
      const { items } = await server.api.list('contacts', `?q=${encodeURIComponent(q)}`);
      return items.map((item) => item.id);
    };
    expect(await search('anna berg')).toEqual([anna.id]);
    expect(await search('BERGSTR')).toEqual([anna.id]);
    expect(await search('100%')).toEqual([percent.id]);
    expect(await search('_nna Berg')).toEqual([]);
    expect(await search('nobody at all')).toEqual([]);
    expect((await search('')).length).toBe(50);
    expect(await search("'; DROP TABLE contacts; --")).toEqual([]);
  });

  it('filters deals by stage and links, and pages within the filter', async () => {
    const company = await server.api.create('companies', { name: 'Acme', domain: 'acme.example' });
    const contact = await server.api.create('contacts', {
      first_name: 'Carl',
      company_id: company.id,
    });
    for (const stage of ['proposal', 'won', 'proposal', 'proposal']) {
      const title = `Deal in ${stage}`;
      await server.api.create('deals', { title, stage, contact_id: contact.id });
    }
    const pages = await pagesOf(
      (query) => server.api.list('deals', `${query}&stage=proposal&contact_id=${contact.id}`),
      2,
    );
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
    expect(new Set(pages.flat().map((deal) => deal.stage))).toEqual(new Set(['proposal']));
    const people = await server.api.list('contacts', `?company_id=${company.id}`);
    expect(people.items.map((item) => item.id)).toEqual([contact.id]);
    expect((await server.api.list('deals', '?stage=unheard-of')).items).toEqual([]);
  });

  it('filters activities by state', async () => {
    const deal = await server.api.create('deals', { title: 'With tasks' });
    const open = await server.api.create('activities', {
      type: 'call',
      title: 'Open',
      deal_id: deal.id,
    });
    const done = await server.api.create('activities', {
      type: 'task',
      title: 'Done',
      deal_id: deal.id,
      completed_at: '2026-01-05T10:00:00+01:00',
    });
    expect(done.completed_at).toBe('2026-01-05T09:00:00.000Z');
    const idsOf = async (state: string): Promise<string[]> => {
      const { items } = await server.api.list('activities', `?deal_id=${deal.id}&state=${state}`);
      return items.map((item) => item.id);
    };
    expect(await idsOf('open')).toEqual([open.id]);
    expect(await idsOf('completed')).toEqual([done.id]);
  });
});

describe('records', () => {
  it('have the keys the documentation names', async () => {
    const company = await server.api.create('companies', { name: 'Keys Ltd' });
    const contact = await server.api.create('contacts', {
      first_name: 'Kai',
      last_name: 'Key',
      company_id: company.id,
    });
    const deal = await server.api.create('deals', { title: 'Keys', contact_id: contact.id });
    expect(contact).toMatchObject({
      name: 'Kai Key',
      email: null,
      phone: null,
      job_title: null,
      company_id: company.id,
      owner_id: expect.any(String),
    });
    expect(deal).toMatchObject({
      value: null,
      currency: 'EUR',
      stage: 'qualification',
      status: 'open',
      company_id: null,
      description: null,
      expected_close_date: null,
    });
    for (const record of [contact, company, deal]) {
      expect(record.tags).toEqual([]);
      expect(record.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(record.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
    expect(await server.api.read('contacts', contact.id)).toEqual(contact);
  });

  it('PATCH merges, and null clears', async () => {
    const input = { title: 'Merge', value: 5000.01, description: 'Text', stage: 'proposal' };
    const deal = await server.api.create('deals', input);
    const merged = await server.api.change('deals', deal.id, { value: 100 });
    expect(merged).toEqual({ ...deal, value: 100, updated_at: merged.updated_at });
    const cleared = await server.api.change('deals', deal.id, { value: null, description: null });
    expect(cleared).toMatchObject({ title: 'Merge', value: null, description: null });
    expect(cleared.stage).toBe('proposal');
    const same = await server.api.change('deals', deal.id, {});
    expect(same).toEqual(cleared);
  });

  it.each([
    ['EUR', 5000.01],
    ['EUR', 0.1],
    ['JPY', 5000],
    ['KWD', 1.234],
    ['EUR', 0],
    ['USD', 999_999_999_999.99],
  ])('keep %s %d to the last digit', async (currency, value) => {
    const deal = await server.api.create('deals', { title: 'Money', value, currency });
    expect(await server.api.read('deals', deal.id)).toMatchObject({ value, currency });
  });

  it('keep any text as it was typed', async () => {
    const title = 'Ünïcode 🚀 — "quotes" \'single\' {{not_a_variable}} <b>&amp;</b> 日本語';
    const deal = await server.api.create('deals', { title, description: 'line\nline\ttab' });
    expect(await server.api.read('deals', deal.id)).toMatchObject({
      title,
      description: 'line\nline\ttab',
    });
  });

  it('a DELETE answers 204, then 404, and what pointed at the record keeps its link', async () => {
    const contact = await server.api.create('contacts', { first_name: 'Leaving' });
    const deal = await server.api.create('deals', { title: 'Stays', contact_id: contact.id });
    const path = `/api/contacts/${contact.id}`;
    const removed = await server.api.call('DELETE', path);
    expect({ status: removed.status, text: removed.text }).toEqual({ status: 204, text: '' });
    for (const method of ['GET', 'DELETE']) {
      expect((await server.api.call(method, path)).status).toBe(404);
    }
    expect((await server.api.call('PATCH', path, { body: { phone: null } })).status).toBe(404);
    const { items } = await server.api.list('contacts', '?q=Leaving');
    expect(items).toEqual([]);

    const kept = await server.api.read('deals', deal.id);
    expect(kept.contact_id).toBe(contact.id);
    // The link may stand as it is, but nothing new may be tied to what is in the bin.
    await server.api.change('deals', deal.id, { title: 'Still stays' });
    const body = { title: 'New', contact_id: contact.id };
    const refused = await server.api.call('POST', '/api/deals', { body });
    expect(refused).toMatchObject({ status: 422, json: { field: 'contact_id' } });
  });

  it('sends back a deal whose contact was deleted, as a form does, without a complaint', async () => {
    const contact = await server.api.create('contacts', { first_name: 'Gone' });
    const deal = await server.api.create('deals', { title: 'Form', contact_id: contact.id });
    await server.api.expect(204, 'DELETE', `/api/contacts/${contact.id}`);
    const saved = await server.api.change('deals', deal.id, {
      title: 'Form saved',
      contact_id: contact.id,
    });
    expect(saved).toMatchObject({ title: 'Form saved', contact_id: contact.id });
  });
});

describe('workflows, runs and notifications', () => {
  const executionKeys = [
    'id',
    'workflow_id',
    'status',
    'success_count',
    'failure_count',
    'duration_seconds',
    'started_at',
    'finished_at',
    'error_message',
    'actions_executed',
  ];
  /** Beyond what is promised: what the screens show of a run. */
  const furtherExecutionKeys = [
    'workflow_name',
    'event_type',
    'record',
    'record_name',
    'waiting_until',
    'waiting_for',
    'version',
    'restart_of',
    'end_reason',
    'error_kind',
    'bypassed_conditions',
    'created_at',
  ];

  it('lists runs newest first, in pages, each with the documented keys', async () => {
    const workflow = await server.api.create('workflows', {
      name: 'Pages of runs',
      status: 'active',
      trigger_type: 'manual',
      actions: [
        { type: 'send_notification', config: { title: 'Run', message: '{{deal_title}}' } },
        { type: 'update_field', config: { object: 'contact', field: 'phone', value: '' } },
      ],
    });
    const deal = await server.api.create('deals', { title: 'Run on me' });
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.push(await server.api.execute(workflow.id, { deal_id: deal.id }));
    }
    await waitUntil('the runs', async () => {
      const { items } = await server.api.executions(workflow.id);
      return items.length === 5 && items.every((run) => run.status === 'failed');
    });
    const pages = await pagesOf((query) => server.api.executions(workflow.id, query), 2);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().map((run) => run.id)).toEqual(ids.toReversed());

    const run = await server.api.expect<object>(200, 'GET', `/api/executions/${ids[0]}`);
    expect(run).toEqual(pages.flat().at(-1));
    expect(Object.keys(run).toSorted()).toEqual(
      [...executionKeys, ...furtherExecutionKeys].toSorted(),
    );
    expect(run).toMatchObject({
      workflow_id: workflow.id,
      success_count: 1,
      failure_count: 1,
      error_message: 'Step 2 update_field: there is no contact to update',
      record: { object: 'deal', id: deal.id },
      actions_executed: [
        {
          type: 'send_notification',
          status: 'succeeded',
          input: { title: 'Run', message: 'Run on me' },
          output: { notification_id: expect.any(String) },
          error: null,
        },
        { type: 'update_field', status: 'failed', output: null, error: expect.any(String) },
      ],
    });

    const notifications = await pagesOf((query) => server.api.notifications(query), 2);
    // The first failure is told of, and the fifth in a row pauses the workflow.
    expect(notifications.flat().map(({ title }) => title)).toEqual([
      '“Pages of runs” was paused',
      ...Array<string>(4).fill('Run'),
      '“Pages of runs” failed',
      'Run',
    ]);
    expect(notifications.flat().find(({ title }) => title === 'Run')).toEqual({
      id: expect.any(String),
      title: 'Run',
      message: 'Run on me',
      urgency: 'normal',
      count: 1,
      record: { object: 'deal', id: deal.id },
      workflow_id: workflow.id,
      workflow_name: 'Pages of runs',
      execution_id: ids.at(-1),
      created_at: expect.any(String),
      read_at: null,
      snoozed_until: null,
      done_at: null,
    });
  });

  it('keeps drafts that are not complete, with their problems', async () => {
    const draft = await server.api.create('workflows', {
      name: 'Unfinished',
      trigger_type: 'deal_created',
      actions: [{ type: 'create_task', config: {} }],
    });
    expect(draft).toMatchObject({ status: 'draft', version: null, parked_reason: null });
    expect(draft.problems.map((problem) => problem.path)).toEqual(['actions[0].config.title']);
    expect(draft.conditions).toBeNull();
    expect(draft.settings).toBeNull();
    expect(draft).not.toHaveProperty('tags');
    expect(draft.triggers).toEqual([{ type: 'deal_created', config: {} }]);
    const body = { status: 'active' };
    const refused = await server.api.call('PATCH', `/api/workflows/${draft.id}`, { body });
    expect(refused).toMatchObject({
      status: 422,
      json: { code: 'validation_failed', field: 'actions[0].config.title' },
    });
    expect((await server.api.read('workflows', draft.id)).status).toBe('draft');
  });

  it('PATCH of a workflow merges; null clears; a deleted one is gone and runs no more', async () => {
    const workflow = await server.api.create('workflows', {
      name: 'Stage',
      description: 'Text',
      status: 'Active',
      trigger_type: 'deal_stage_changed',
      trigger_config: { to_stage: 'won' },
      actions: [{ type: 'create_task', config: { title: 'Celebrate' } }],
    });
    expect(workflow).toMatchObject({ status: 'active', trigger_config: { to_stage: 'won' } });
    const changed = await server.api.change('workflows', workflow.id, {
      description: null,
      trigger_config: null,
    });
    expect(changed).toMatchObject({
      name: 'Stage',
      description: null,
      trigger_config: {},
      actions: workflow.actions,
      version: 2,
    });
    const path = `/api/workflows/${workflow.id}`;
    await server.api.expect(204, 'DELETE', path);
    for (const [method, below] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/executions'],
      ['POST', '/execute'],
    ] as const) {
      expect((await server.api.call(method, path + below)).status).toBe(404);
    }
  });
});

it('the health needs no token and tells nothing of the data', async () => {
  const health = await server.api.send('GET', '/api/health');
  expect(health.status).toBe(200);
  expect(health.json).toEqual({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    executor: { state: 'here', holder: `Trellis server, process ${server.pid}` },
  });
});
