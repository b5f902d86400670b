import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionDescriptors, type ActionType } from '../../src/shared/workflow/actions/index.ts';
import { type ControlType, controlTypes } from '../../src/shared/workflow/definition.ts';
import { type TriggerType, triggerTypes } from '../../src/shared/workflow/triggers.ts';
import type { Execution } from '../support/api-client.ts';
import { shiftedClock } from '../support/shifted-clock.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

// One row for each trigger and each step there is: a type without a row does not compile, and one whose row is no
// longer a type does not either. A new type needs its line here and nothing else.

const servers = useServers();
let server: RunningServer;

/** What the rows work with; made anew for each. */
interface Ground {
  readonly contact: string;
  readonly company: string;
  readonly deal: string;
  readonly task: string;
  /** The address of the row's workflow, where it waits for a webhook. */
  readonly hook: string | null;
  readonly workflow: string;
}

const change = (path: string, body: unknown): Promise<unknown> =>
  server.api.expect(200, 'PATCH', `/api/${path}`, body);
const create = (path: string, body: unknown): Promise<unknown> =>
  server.api.expect(201, 'POST', `/api/${path}`, body);
const remove = (path: string): Promise<unknown> => server.api.expect(204, 'DELETE', `/api/${path}`);

interface TriggerRow {
  readonly config?: Readonly<Record<string, unknown>>;
  /** Tags the contact beforehand. */
  readonly tags?: readonly string[];
  /** Makes happen what the trigger waits for. */
  readonly fire: (ground: Ground) => Promise<unknown>;
}

const triggerRows: Record<TriggerType, TriggerRow> = {
  contact_created: { fire: () => create('contacts', { first_name: 'New' }) },
  contact_updated: { fire: ({ contact }) => change(`contacts/${contact}`, { phone: '+49 30 1' }) },
  contact_deleted: { fire: ({ contact }) => remove(`contacts/${contact}`) },
  company_created: { fire: () => create('companies', { name: 'New' }) },
  company_updated: {
    fire: ({ company }) => change(`companies/${company}`, { domain: 'a.example' }),
  },
  deal_created: { fire: () => create('deals', { title: 'New' }) },
  deal_updated: { fire: ({ deal }) => change(`deals/${deal}`, { value: 7 }) },
  deal_stage_changed: {
    config: { to_stage: 'proposal' },
    fire: ({ deal }) => change(`deals/${deal}`, { stage: 'proposal' }),
  },
  deal_won: { fire: ({ deal }) => change(`deals/${deal}`, { stage: 'won' }) },
  deal_lost: { fire: ({ deal }) => change(`deals/${deal}`, { stage: 'lost' }) },
  deal_deleted: { fire: ({ deal }) => remove(`deals/${deal}`) },
  task_created: { fire: () => create('activities', { type: 'task', title: 'New' }) },
  task_completed: {
    fire: ({ task }) => change(`activities/${task}`, { completed_at: '2026-01-01T00:00:00Z' }),
  },
  tag_added: {
    config: { object: 'contact', tag: 'vip' },
    fire: ({ contact }) => change(`contacts/${contact}`, { tags: ['vip'] }),
  },
  tag_removed: {
    tags: ['vip'],
    fire: ({ contact }) => change(`contacts/${contact}`, { tags: [] }),
  },
  webhook_received: {
    config: { contact: { email: 'mail' } },
    fire: ({ hook }) =>
      server.api.expect(202, 'POST', `/api/hooks/${hook}`, { mail: 'new@example.com' }),
  },
  note_created: {
    fire: ({ contact }) =>
      create('notes', { object: 'contact', record_id: contact, body: 'Likes tea' }),
  },
  workflow_failed: { fire: failAnother },
  email_sent: { fire: () => sendMail('sent') },
  email_failed: { fire: () => sendMail('failed') },
  email_replied: {
    fire: async () => {
      const id = await sendMail('sent');
      return server.api.expect(200, 'POST', `/api/outbox/${id}/replied`);
    },
  },
  date_reached: {
    config: { field: 'task.due_at' },
    fire: ({ task }) => change(`activities/${task}`, { due_at: soon() }),
  },
  task_overdue: { fire: ({ task }) => change(`activities/${task}`, { due_at: soon() }) },
  manual: { fire: ({ workflow }) => server.api.execute(workflow) },
  // The last one, since it moves the server's clock on by a minute.
  schedule: {
    config: { cron: '* * * * *' },
    fire: () => Promise.resolve(server.signal('SIGUSR2')),
  },
};

/** An instant that is over in no time: what is past when it is written never fires. */
const soon = (): string => new Date(Date.now() + 1_000).toISOString();

async function failAnother(): Promise<unknown> {
  const failing = await server.api.create('workflows', {
    name: 'Fails',
    status: 'active',
    trigger_type: 'manual',
    actions: [{ type: 'complete_task', config: {} }],
  });
  return server.api.execute(failing.id);
}

/** Refuses this recipient and takes mail for all others. */
const refused = 'nobody@example.com';
const mailServer = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  logger: false,
  onRcptTo: ({ address }, _session, done) => {
    done(
      address === refused ? Object.assign(new Error('No such user'), { responseCode: 550 }) : null,
    );
  },
  onData: (stream, _session, done) => {
    stream.resume().on('end', () => done());
  },
});
const webServer = createServer((_request, response) => response.end('{}'));

/** Has a workflow send a mail. @returns its id in the Outbox, once it came to its end */
async function sendMail(end: 'sent' | 'failed'): Promise<string> {
  const to = end === 'sent' ? 'somebody@example.com' : refused;
  const sending = await server.api.create('workflows', {
    name: 'Sends',
    status: 'active',
    trigger_type: 'manual',
    actions: [{ type: 'send_email', config: { to, subject: 'Hello', body: 'Hi' } }],
  });
  const execution = await server.api.execute(sending.id);
  let id = '';
  await waitUntil('the mail', async () => {
    const { items } = await server.api.expect<{ items: { id: string; execution_id: string }[] }>(
      200,
      'GET',
      `/api/outbox?state=${end}`,
    );
    id = items.find((item) => item.execution_id === execution)?.id ?? '';
    return id !== '';
  });
  return id;
}

interface StepRow {
  readonly config?: Readonly<Record<string, unknown>>;
  /** Lists of steps beside the config. */
  readonly lists?: Readonly<Record<string, unknown>>;
  /** The record the run starts on; a deal with contact and company unless said otherwise. */
  readonly on?: (ground: Ground) => Readonly<Record<string, string>>;
  /** A run that waits comes to its end by hand. */
  readonly waits?: true;
}

const inner = { type: 'create_task', config: { title: 'Inner' } };
const isDeal = { combinator: 'and', rules: [{ field: 'deal.title', operator: 'notNull' }] };

const stepRows: Record<ActionType | ControlType, StepRow> = {
  create_task: { config: { title: 'Call', due_date: '+1 day' } },
  update_field: { config: { object: 'deal', field: 'description', value: 'x' } },
  create_deal: { config: { title: 'Another', value: 5_000, stage: 'qualification' } },
  send_email: { config: { to: '{{contact.email}}', subject: 'Hello', body: 'Hi' } },
  webhook: { config: { url: '$web', body: { name: '{{contact.name}}' } } },
  send_notification: { config: { title: 'Title', message: 'Message' } },
  add_tag: { config: { object: 'contact', tag: 'new' } },
  remove_tag: { config: { object: 'contact', tag: 'old' } },
  create_contact: { config: { first_name: 'Bea' } },
  create_company: { config: { name: 'Bea and daughters' } },
  create_note: { config: { object: 'deal', body: 'Asked for a discount' } },
  log_activity: { config: { title: 'Called', activity_type: 'call' } },
  complete_task: { on: ({ task }) => ({ activity_id: task }) },
  move_deal_stage: { config: { stage: 'negotiation' } },
  start_workflow: { config: { workflow_id: '$other' } },
  if: { config: { conditions: isDeal }, lists: { then: [inner] } },
  switch: {
    config: { value: '{{deal.stage}}' },
    lists: { cases: [{ equals: 'qualification', steps: [inner] }] },
  },
  for_each: { config: { over: 'deal.tasks' }, lists: { do: [inner] } },
  wait: { config: { duration: '+1 day' }, waits: true },
  stop: { config: { reason: 'Enough' } },
};

function listening(one: Server): Promise<void> {
  return new Promise((resolve) => {
    one.listen(0, '127.0.0.1', resolve);
  });
}

// Listening on a TCP port, so the address is an object.
const portOf = (one: Server): number => (one.address() as AddressInfo).port;

let made = 0;

async function ground(row: {
  readonly trigger: string;
  readonly config?: unknown;
  readonly tags?: readonly string[] | undefined;
  readonly actions: readonly unknown[];
}): Promise<Ground> {
  made += 1;
  const { api } = server;
  const company = await api.create('companies', { name: `Company ${made}` });
  const contact = await api.create('contacts', {
    first_name: 'Anna',
    email: `anna${made}@example.com`,
    company_id: company.id,
    tags: row.tags ?? [],
  });
  const deal = await api.create('deals', { title: 'A deal', contact_id: contact.id });
  const task = await api.create('activities', { type: 'task', title: 'T', deal_id: deal.id });
  const workflow = await api.create('workflows', {
    name: `Row ${made}`,
    status: 'active',
    trigger_type: row.trigger,
    trigger_config: row.config ?? {},
    actions: row.actions,
  });
  return {
    company: company.id,
    contact: contact.id,
    deal: deal.id,
    task: task.id,
    workflow: workflow.id,
    hook: workflow.hook_key,
  };
}

async function onlyRun(workflow: string, statuses: readonly string[]): Promise<Execution> {
  let found: Execution | undefined;
  await waitUntil('the run', async () => {
    const { items } = await server.api.executions(workflow);
    expect(items.length).toBeLessThan(2);
    found = items.find(({ status }) => statuses.includes(status));
    return found !== undefined;
  });
  if (!found) throw new Error('There is no run');
  return found;
}

beforeAll(async () => {
  server = await servers.start({ nodeArguments: shiftedClock });
  await listening(mailServer.server);
  await listening(webServer);
  await create('mail_accounts', {
    name: 'Studio',
    from_address: 'mila@studio.example',
    host: '127.0.0.1',
    port: portOf(mailServer.server),
    security: 'none',
    rate_per_minute: 10_000,
  });
  await server.api.expect(200, 'PATCH', '/api/settings', { mail_hold_seconds: 0 });
});

afterAll(() => {
  mailServer.close();
  webServer.close();
  process.stdout.write(
    `every kind: ${Object.keys(triggerRows).length} triggers, ${Object.keys(stepRows).length} steps\n`,
  );
});

describe('every trigger fires', () => {
  it('has a row', () => {
    expect(Object.keys(triggerRows).toSorted()).toEqual([...triggerTypes].toSorted());
  });

  it.each(Object.entries(triggerRows))('%s', async (trigger, { config, tags, fire }) => {
    const actions = [{ type: 'send_notification', config: { title: trigger, message: 'm' } }];
    const on = await ground({ trigger, config, tags, actions });
    await fire(on);
    const run = await onlyRun(on.workflow, ['succeeded', 'failed']);
    expect(run).toMatchObject({ status: 'succeeded', event_type: trigger, error_message: null });
    // Or the next row's records would start it too.
    await change(`workflows/${on.workflow}`, { status: 'paused' });
  });
});

describe('every step runs', () => {
  it('has a row', () => {
    const types = [...Object.keys(actionDescriptors), ...controlTypes];
    expect(Object.keys(stepRows).toSorted()).toEqual(types.toSorted());
  });

  it.each(Object.entries(stepRows))('%s', async (type, row) => {
    const other = await server.api.create('workflows', {
      name: 'Started by another',
      status: 'active',
      trigger_type: 'manual',
      actions: [inner],
    });
    const filled: unknown = JSON.parse(
      JSON.stringify(row.config ?? {})
        .replace('$other', other.id)
        .replace('$web', `http://127.0.0.1:${portOf(webServer)}/`),
    );
    const on = await ground({
      trigger: 'manual',
      tags: ['old'],
      actions: [{ type, config: filled, ...row.lists }],
    });
    const start = row.on?.(on) ?? { deal_id: on.deal };
    const id = await server.api.execute(on.workflow, start);
    if (row.waits) {
      await onlyRun(on.workflow, ['waiting']);
      await server.api.expect(200, 'POST', `/api/executions/${id}/fire_now`);
    }
    const run = await onlyRun(on.workflow, ['succeeded', 'failed', 'partial']);
    expect(run).toMatchObject({ id, status: 'succeeded', error_message: null });
    const steps = run.actions_executed.map((step) => [step.type, step.status]);
    expect(steps).toContainEqual([type, 'succeeded']);
    if (row.lists) expect(steps).toContainEqual(['create_task', 'succeeded']);
  });
});
