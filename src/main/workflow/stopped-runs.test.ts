import { describe, expect, test } from 'vitest';
import { openDatabase } from '../db/open-database.ts';
import { Committer, type UnitOfWork } from '../db/unit-of-work.ts';
import { EventBus } from '../events/event-bus.ts';
import { sequentialIds } from '../../../tests/support/sequential-ids.ts';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  onlyRunOf,
  pass,
  runsOf,
  setField,
  task,
  titlesOf,
  wait,
} from '../../../tests/support/workflows.ts';
import { parkRun, recoverStep } from './stopped-runs.ts';

const hour = 3_600_000;

/** A unit of work beside the core's own, for what only code of the engine may do. */
function inUnit<T>(core: TestCore, work: (unit: UnitOfWork) => T): T {
  const connection = openDatabase(core.dataDir);
  try {
    const bus = new EventBus(core.logger);
    const committer = new Committer(connection, core.clock, sequentialIds(9), bus);
    return committer.commit({ kind: 'user' }, work);
  } finally {
    connection.sqlite.close();
  }
}

/** A run whose second step fails until the deal has a contact. */
async function failedRun(core: TestCore) {
  const workflow = await activeWorkflow(core, 'deal_created', [
    task('before'),
    setField('contact', 'job_title', 'Buyer', { id: 'title' }),
    task('after'),
  ]);
  const deal = await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  return { workflow, deal, run: await onlyRunOf(core, workflow.id) };
}

async function giveContact(core: TestCore, dealId: string): Promise<void> {
  const contact = await core.client.contacts.create({ first_name: 'Anna' });
  await core.client.deals.update({ id: dealId, contact_id: contact.id });
  await core.settle();
}

async function parkedRun(core: TestCore) {
  const workflow = await activeWorkflow(core, 'deal_created', [
    task('before'),
    wait({ duration: '+1 hour' }, { id: 'pause' }),
    task('after'),
  ]);
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  const run = await onlyRunOf(core, workflow.id);
  inUnit(core, (unit) => parkRun(unit, run.id, { id: 'pause' }, 'it may have been sent', null));
  return { workflow, run: await core.client.executions.get({ id: run.id }) };
}

function waits(core: TestCore): unknown {
  return core.outside.prepare('SELECT count(*) FROM waits').pluck().get();
}

describe('a parked run', () => {
  test('waits for nothing but the user, and says why', async () => {
    const core = createTestCore();
    const { run } = await parkedRun(core);
    expect(run).toMatchObject({
      status: 'parked',
      error_message: 'it may have been sent',
      finished_at: null,
      actions_executed: [
        { type: 'create_task' },
        { id: 'pause', status: 'parked', error: 'it may have been sent' },
      ],
    });
    await pass(core, 48 * hour);
    expect(await titlesOf(core)).toEqual(['before']);
    expect(waits(core)).toBe(0);
  });

  test('retry takes the step again', async () => {
    const core = createTestCore();
    const { run } = await parkedRun(core);
    expect(await core.client.executions.retry({ id: run.id })).toMatchObject({
      status: 'queued',
      error_message: null,
    });
    await core.settle();
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({
      status: 'waiting',
      actions_executed: [{}, { status: 'retried' }, { id: 'pause', status: 'waiting' }],
    });
    await pass(core, hour);
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({
      status: 'succeeded',
      success_count: 2,
      failure_count: 0,
    });
    expect(await titlesOf(core)).toEqual(['before', 'after']);
  });

  test('skip goes on behind the step', async () => {
    const core = createTestCore();
    const { run } = await parkedRun(core);
    await core.client.executions.skip({ id: run.id });
    await core.settle();
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({
      status: 'succeeded',
      actions_executed: [{}, { id: 'pause', status: 'skipped' }, { status: 'succeeded' }],
    });
  });

  test('cancel ends it', async () => {
    const core = createTestCore();
    const { run } = await parkedRun(core);
    expect(await core.client.executions.cancel({ id: run.id })).toMatchObject({
      status: 'cancelled',
      actions_executed: [{}, { status: 'skipped' }],
    });
  });

  test('counts as under way: the record is not taken in again', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_updated', [
      wait({ duration: '+1 hour' }, { id: 'pause' }),
    ]);
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, title: 'Roofs' });
    await core.settle();
    const run = await onlyRunOf(core, workflow.id);
    inUnit(core, (unit) => parkRun(unit, run.id, { id: 'pause' }, 'because', null));
    await core.client.deals.update({ id: deal.id, title: 'More roofs' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
  });

  test('a version that cannot be read parks the run; the newest takes it over at the same step', async () => {
    const core = createTestCore();
    const { workflow, run } = await parkedRun(core);
    await core.client.executions.retry({ id: run.id });
    await core.settle();
    core.outside.prepare("UPDATE workflow_versions SET definition = '{'").run();
    await pass(core, hour);
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({
      status: 'parked',
      error_message: expect.stringContaining('cannot be read'),
    });
    await expect(core.client.executions.retry({ id: run.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Use the latest version'),
    });
    await core.client.workflows.update({
      id: workflow.id,
      actions: [wait({ duration: '+2 hours' }, { id: 'pause' }), task('new')],
    });
    await core.client.executions.skip({ id: run.id, version: 'latest' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['before', 'new']);
  });

  test('a version with a step unknown to this program parks the run', async () => {
    const core = createTestCore();
    const { run } = await parkedRun(core);
    await core.client.executions.retry({ id: run.id });
    await core.settle();
    core.outside
      .prepare(
        "UPDATE workflow_versions SET definition = replace(definition, 'create_task', 'fly')",
      )
      .run();
    await pass(core, hour);
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({
      status: 'parked',
      error_message: 'Version 1 has a step "fly", which Trellis does not know',
    });
  });
});

describe('recoveries of the step in flight', () => {
  test('five in a row are made; the next parks the run', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      wait({ duration: '+1 hour' }, { id: 'pause' }),
      task('after'),
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const { id } = await onlyRunOf(core, workflow.id);
    const recover = () => inUnit(core, (unit) => recoverStep(unit, id, { id: 'pause' }));
    expect([1, 2, 3, 4, 5, 6].map(recover)).toEqual([true, true, true, true, true, false]);
    expect(await core.client.executions.get({ id })).toMatchObject({
      status: 'parked',
      error_message: expect.stringContaining('ended 5 times in a row'),
    });
  });

  test('a committed step sets the count to 0', async () => {
    const core = createTestCore();
    const pause = wait({ duration: '+1 hour' }, { id: 'pause' });
    const workflow = await activeWorkflow(core, 'deal_created', [
      pause,
      task('a'),
      { ...pause, id: 'next' },
    ]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const { id } = await onlyRunOf(core, workflow.id);
    const recover = (step: string) => inUnit(core, (unit) => recoverStep(unit, id, { id: step }));
    for (let turn = 1; turn <= 5; turn += 1) recover('pause');
    await pass(core, hour);
    expect(recover('next')).toBe(true);
    expect(core.outside.prepare('SELECT recoveries FROM workflow_executions').pluck().get()).toBe(
      1,
    );
  });
});

describe('a failed run', () => {
  test('goes on from the failed step, once its cause is gone', async () => {
    const core = createTestCore();
    const { deal, run } = await failedRun(core);
    expect(run).toMatchObject({ status: 'failed', success_count: 1, failure_count: 1 });
    await giveContact(core, deal.id);
    await core.client.executions.retry({ id: run.id });
    await core.settle();
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({
      status: 'succeeded',
      success_count: 3,
      failure_count: 0,
      error_message: null,
      actions_executed: [{}, { status: 'retried' }, { id: 'title' }, { type: 'create_task' }],
    });
    expect(await titlesOf(core)).toEqual(['before', 'after']);
  });

  test('fails again while its cause is still there', async () => {
    const core = createTestCore();
    const { run } = await failedRun(core);
    await core.client.executions.retry({ id: run.id });
    await core.settle();
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({
      status: 'failed',
      failure_count: 1,
    });
  });

  test('goes on without the failed step', async () => {
    const core = createTestCore();
    const { run } = await failedRun(core);
    await core.client.executions.skip({ id: run.id });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['before', 'after']);
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({ status: 'succeeded' });
  });

  test('goes on on the latest version, at the step of the same id', async () => {
    const core = createTestCore();
    const { workflow, run } = await failedRun(core);
    await core.client.workflows.update({
      id: workflow.id,
      actions: [
        task('added before'),
        setField('deal', 'description', 'Mended', { id: 'title' }),
        task('new end'),
      ],
    });
    await core.client.executions.retry({ id: run.id, version: 'latest' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['before', 'new end']);
    expect(await core.client.executions.get({ id: run.id })).toMatchObject({ version: 2 });
  });

  test('a version without that step is refused, and nothing changed', async () => {
    const core = createTestCore();
    const { workflow, run } = await failedRun(core);
    await core.client.workflows.update({ id: workflow.id, actions: [task('other')] });
    await expect(
      core.client.executions.retry({ id: run.id, version: 'latest' }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('restart it') });
    expect(await core.client.executions.get({ id: run.id })).toEqual(run);
  });

  test('keeps its turn in a for_each', async () => {
    const core = createTestCore();
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    for (const title of ['One', 'Two'])
      await core.client.deals.create({ title, contact_id: contact.id, value: 1 });
    const workflow = await activeWorkflow(core, 'contact_updated', [
      {
        type: 'for_each',
        config: { over: 'contact.deals' },
        do: [
          {
            type: 'create_task',
            config: { title: '{{deal.title}}', due_date: '{{deal.description}}' },
          },
        ],
      },
      task('end'),
    ]);
    const [two] = (await core.client.deals.list({})).items;
    await core.client.deals.update({ id: two!.id, description: 'no date' });
    await core.client.contacts.update({ id: contact.id, job_title: 'Buyer' });
    await core.settle();
    const run = await onlyRunOf(core, workflow.id);
    expect(run.status).toBe('failed');
    const done = await titlesOf(core);
    await core.client.deals.update({ id: two!.id, description: null });
    await core.client.executions.retry({ id: run.id });
    await core.settle();
    expect((await titlesOf(core)).toSorted()).toEqual(['One', 'Two', 'end']);
    expect(done.length).toBeLessThan(2);
  });

  test('one that ended well, or is none, cannot be retried', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    const { id } = await onlyRunOf(core, workflow.id);
    await expect(core.client.executions.retry({ id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(core.client.executions.skip({ id: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('asked of a program that does not execute, the one that does goes on', async () => {
    const core = createTestCore();
    const { run } = await failedRun(core);
    const second = createTestCore({ dataDir: core.dataDir, clock: core.clock, source: 2 });
    await second.client.executions.skip({ id: run.id });
    core.clock.advance(1_000);
    await core.settle();
    expect(await titlesOf(core)).toEqual(['before', 'after']);
  });
});

describe('a restart', () => {
  test('is a new run of the same event, on its own version', async () => {
    const core = createTestCore();
    const { workflow, deal, run } = await failedRun(core);
    await core.client.workflows.update({ id: workflow.id, actions: [task('newer')] });
    await giveContact(core, deal.id);
    const restarted = await core.client.executions.restart({ id: run.id });
    expect(restarted).toMatchObject({ status: 'queued', restart_of: run.id, record: run.record });
    await core.settle();
    expect(await core.client.executions.get({ id: restarted.id })).toMatchObject({
      status: 'succeeded',
      version: 1,
      restart_of: run.id,
      success_count: 3,
    });
    expect(await core.client.executions.get({ id: run.id })).toEqual(run);
    const { execution_count: count } = await core.client.workflows.get({ id: workflow.id });
    expect(count).toBe(2);
    expect(await titlesOf(core)).toEqual(['before', 'before', 'after']);
  });

  test('may take the latest version, and be made more than once', async () => {
    const core = createTestCore();
    const { workflow, run } = await failedRun(core);
    await core.client.workflows.update({ id: workflow.id, actions: [task('newer')] });
    await core.client.executions.restart({ id: run.id, version: 'latest' });
    await core.client.executions.restart({ id: run.id, version: 'latest' });
    await core.settle();
    expect((await runsOf(core, workflow.id)).map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
      'succeeded',
    ]);
    expect(await titlesOf(core)).toEqual(['before', 'newer', 'newer']);
  });

  test('needs a run that is over, and a workflow that is on', async () => {
    const core = createTestCore();
    const { workflow, run } = await failedRun(core);
    await core.client.executions.retry({ id: run.id });
    await expect(core.client.executions.restart({ id: run.id })).rejects.toMatchObject({
      code: 'conflict',
      message: 'The run is queued; only one that ended can be restarted.',
    });
    await core.settle();
    await core.client.workflows.update({ id: workflow.id, status: 'paused' });
    await expect(core.client.executions.restart({ id: run.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('takes no new starts'),
    });
  });
});

describe('all failed runs of a workflow', () => {
  async function manyFailed(core: TestCore) {
    const workflow = await activeWorkflow(core, 'deal_created', [
      setField('contact', 'job_title', 'Buyer', { id: 'title' }),
      task('after'),
    ]);
    for (let turn = 0; turn < 4; turn += 1) await core.client.deals.create({ title: `D${turn}` });
    await core.settle();
    return workflow;
  }

  test('go on together', async () => {
    const core = createTestCore();
    const workflow = await manyFailed(core);
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    for (const { id } of (await core.client.deals.list({})).items)
      await core.client.deals.update({ id, contact_id: contact.id });
    expect(await core.client.workflows.retry_failed({ id: workflow.id })).toEqual({
      count: 4,
      refused: 0,
    });
    await core.settle();
    const statuses = (await runsOf(core, workflow.id)).map(({ status }) => status);
    expect(statuses).toEqual(Array.from({ length: 4 }, () => 'succeeded'));
  });

  test('restart together, each once', async () => {
    const core = createTestCore();
    const workflow = await manyFailed(core);
    await core.client.workflows.update({ id: workflow.id, actions: [task('newer')] });
    const order = { id: workflow.id, how: 'restart', version: 'latest' } as const;
    expect(await core.client.workflows.retry_failed(order)).toEqual({ count: 4, refused: 0 });
    await core.settle();
    expect(await core.client.workflows.retry_failed(order)).toEqual({ count: 0, refused: 0 });
    expect(await titlesOf(core)).toHaveLength(4);
  });

  test('those the version has no place for are counted and left', async () => {
    const core = createTestCore();
    const workflow = await manyFailed(core);
    await core.client.workflows.update({ id: workflow.id, actions: [task('newer')] });
    expect(
      await core.client.workflows.retry_failed({ id: workflow.id, version: 'latest' }),
    ).toEqual({ count: 0, refused: 4 });
  });
});
