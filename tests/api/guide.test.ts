import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Contact, Deal, Execution, Workflow } from '../support/api-client.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';
import {
  guideActionList,
  guideCreateDeal,
  guideCreateTask,
  guideTriggerKeys,
  guideUpdateField,
} from './guide-text.ts';

/** Has summer time, so that "the same local time" is not the same as "72 hours". */
const zone = 'Europe/Berlin';

/** The promise to the user: done within a second. */
const withinASecond = { withinMs: 1_000 };

const servers = useServers();
let server: RunningServer;
let contact: Contact;

beforeAll(async () => {
  server = await servers.start({ env: { TZ: zone } });
  contact = await server.api.create('contacts', {
    first_name: 'Anna',
    last_name: 'Berg',
    email: 'anna@example.com',
  });
});

/** An active workflow whose actions are the text of the guide, not a JSON that means the same. */
async function createWorkflow(
  name: string,
  triggerType: string,
  actionsText: string,
): Promise<Workflow> {
  const body = `{"name": ${JSON.stringify(name)}, "status": "active", "trigger_type": "${triggerType}", "actions": ${actionsText}}`;
  const answer = await server.api.call('POST', '/api/workflows', { body });
  expect(answer.text).not.toContain('"code":"validation_failed"');
  expect(answer.status).toBe(201);
  return answer.json as Workflow;
}

/** Ends a flow's influence on the next. */
async function pause({ id }: Workflow): Promise<void> {
  await server.api.change('workflows', id, { status: 'paused' });
}

async function onlyRun(workflow: Workflow): Promise<Execution> {
  const runs = await waitUntil(
    `a run of ${workflow.name}`,
    async () => {
      const { items } = await server.api.executions(workflow.id);
      return items.length > 0 && items.every((run) => run.finished_at !== null) && items;
    },
    withinASecond,
  );
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

const stepTypes = (run: Execution): string[] => run.actions_executed.map((step) => step.type);

describe('the first workflow of the guide', () => {
  let workflow: Workflow;
  let deal: Deal;
  let run: Execution;

  beforeAll(async () => {
    workflow = await createWorkflow('Follow up on new deals', 'deal_created', guideActionList);
    deal = await server.api.create('deals', { title: 'Website relaunch', contact_id: contact.id });
    run = await onlyRun(workflow);
    await pause(workflow);
  });

  it('leaves one succeeded run with its two steps', () => {
    expect(run).toMatchObject({
      workflow_id: workflow.id,
      status: 'succeeded',
      success_count: 2,
      failure_count: 0,
      error_message: null,
      event_type: 'deal_created',
    });
    expect(run.duration_seconds).toBeGreaterThanOrEqual(0);
    expect(stepTypes(run)).toEqual(['create_task', 'update_field']);
    expect(run.actions_executed.map((step) => step.status)).toEqual(['succeeded', 'succeeded']);
  });

  it('creates the task, linked and assigned', async () => {
    const { items } = await server.api.list('activities', `?deal_id=${deal.id}`);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      type: 'task',
      title: 'Follow up with Website relaunch',
      description: 'Contact the client about the new deal',
      contact_id: contact.id,
      deal_id: deal.id,
      owner_id: workflow.owner_id,
      completed_at: null,
    });
  });

  it('makes it due in three days at the same local time', async () => {
    const { items } = await server.api.list('activities', `?deal_id=${deal.id}`);
    const task = items[0]!;
    const made = Temporal.Instant.from(task.created_at).toZonedDateTimeISO(zone);
    const due = Temporal.Instant.from(task.due_at ?? '').toZonedDateTimeISO(zone);
    expect(due.toPlainDateTime().toString()).toBe(
      made.toPlainDateTime().add({ days: 3 }).toString(),
    );
  });

  it('changes the deal and counts the run', async () => {
    expect((await server.api.read('deals', deal.id)).description).toBe(
      'Workflow created follow-up task',
    );
    expect(await server.api.read('workflows', workflow.id)).toMatchObject({
      execution_count: 1,
      last_executed_at: run.started_at,
      parked_reason: null,
      problems: [],
    });
  });
});

it('creates a deal when a contact is created', async () => {
  const workflow = await createWorkflow('Opportunity', 'contact_created', `[${guideCreateDeal}]`);
  const created = await server.api.create('contacts', { first_name: 'Carl', last_name: 'Dahl' });
  const run = await onlyRun(workflow);
  await pause(workflow);

  expect(run.status).toBe('succeeded');
  const { items } = await server.api.list('deals', `?contact_id=${created.id}`);
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    title: 'New opportunity from Carl Dahl',
    value: 5000,
    currency: 'EUR',
    stage: 'qualification',
    contact_id: created.id,
    owner_id: workflow.owner_id,
  });
});

it('updates a field with the old and the new stage when a deal changes its stage', async () => {
  const action = `{"type": "update_field", "config": {"object": "deal", "field": "description", "value": "{{old_stage}} to {{new_stage}}"}}`;
  const workflow = await createWorkflow('Stage history', 'deal_stage_changed', `[${action}]`);
  const deal = await server.api.create('deals', { title: 'Stages', contact_id: contact.id });
  await server.api.change('deals', deal.id, { stage: 'proposal' });
  const run = await onlyRun(workflow);
  await pause(workflow);

  expect(run.status).toBe('succeeded');
  expect(await server.api.read('deals', deal.id)).toMatchObject({
    stage: 'proposal',
    description: 'qualification to proposal',
  });
});

it('listens to one change of stage alone when the trigger says so', async () => {
  const workflow = await server.api.create('workflows', {
    name: 'Won from proposal',
    status: 'active',
    trigger_type: 'deal_stage_changed',
    trigger_config: { from_stage: 'proposal', to_stage: 'won' },
    actions: [{ type: 'create_task', config: { title: '{{old_stage}} {{new_stage}}' } }],
  });
  const deal = await server.api.create('deals', { title: 'Chosen stages' });
  for (const stage of ['won', 'proposal', 'won', 'lost']) {
    await server.api.change('deals', deal.id, { stage });
  }
  const run = await onlyRun(workflow);
  await pause(workflow);
  expect(run.actions_executed[0]?.input).toEqual({ title: 'proposal won' });
});

it('runs the single steps of the guide by hand on a deal', async () => {
  const text = `[${guideCreateTask}, ${guideUpdateField}, ${guideCreateDeal}]`;
  const workflow = await createWorkflow('By hand', 'manual', text);
  const deal = await server.api.create('deals', { title: 'Manual', contact_id: contact.id });
  const executionId = await server.api.execute(workflow.id, { deal_id: deal.id });
  const run = await onlyRun(workflow);

  expect(run).toMatchObject({ id: executionId, status: 'succeeded', success_count: 3 });
  const tasks = await server.api.list('activities', `?deal_id=${deal.id}`);
  expect(tasks.items).toHaveLength(1);
  expect(tasks.items[0]).toMatchObject({
    title: 'Follow up with client',
    description: 'Discuss next steps',
    contact_id: contact.id,
    deal_id: deal.id,
    owner_id: workflow.owner_id,
  });
  expect((await server.api.read('deals', deal.id)).description).toBe('Updated by workflow');
  const deals = await server.api.list('deals', `?contact_id=${contact.id}&q=New opportunity`);
  expect(deals.items[0]).toMatchObject({ title: 'New opportunity from Anna Berg', value: 5000 });
});

describe('trigger data', () => {
  const actionsFor = (keys: readonly string[]): string => {
    const message = keys.map((key) => `${key}={{${key}}}`).join(' ');
    return JSON.stringify([{ type: 'send_notification', config: { title: 'Keys', message } }]);
  };

  async function messageOf(workflow: Workflow): Promise<string | undefined> {
    await onlyRun(workflow);
    await pause(workflow);
    const { items } = await server.api.notifications();
    return items.find((item) => item.workflow_id === workflow.id)?.message;
  }

  it('of a new contact', async () => {
    const text = actionsFor(guideTriggerKeys.contact_created);
    const workflow = await createWorkflow('Contact keys', 'contact_created', text);
    const created = await server.api.create('contacts', {
      first_name: 'Eva',
      last_name: 'Falk',
      email: 'eva@example.com',
    });
    expect(await messageOf(workflow)).toBe(
      `contact_id=${created.id} contact_name=Eva Falk contact_email=eva@example.com owner_id=${created.owner_id}`,
    );
  });

  it('of a new deal', async () => {
    const text = actionsFor(guideTriggerKeys.deal_created);
    const workflow = await createWorkflow('Deal keys', 'deal_created', text);
    const deal = await server.api.create('deals', { title: 'Keys', contact_id: contact.id });
    expect(await messageOf(workflow)).toBe(
      `deal_id=${deal.id} deal_title=Keys contact_id=${contact.id} owner_id=${deal.owner_id}`,
    );
  });

  it('of a change of stage', async () => {
    const text = actionsFor(guideTriggerKeys.deal_stage_changed);
    const workflow = await createWorkflow('Stage keys', 'deal_stage_changed', text);
    const deal = await server.api.create('deals', { title: 'Stage keys' });
    await server.api.change('deals', deal.id, { stage: 'negotiation' });
    expect(await messageOf(workflow)).toBe(
      `deal_id=${deal.id} old_stage=qualification new_stage=negotiation deal_title=Stage keys`,
    );
  });
});
