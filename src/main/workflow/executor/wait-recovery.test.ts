import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  hour,
  minute,
  onlyRunOf,
  pass,
  runsOf,
  setField,
  task,
  titlesOf,
  wait,
} from '../../../../tests/support/workflows.ts';

const hourThenTask = [wait({ duration: '+1 hour' }), task('after')];

async function waitingRun(core: TestCore, actions: readonly object[] = hourThenTask) {
  const steps = actions as Parameters<typeof activeWorkflow>[2];
  const workflow = await activeWorkflow(core, 'deal_created', steps);
  const deal = await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  expect((await onlyRunOf(core, workflow.id)).status).toBe('waiting');
  return { workflow, deal };
}

function waitingRows({ outside }: TestCore): number {
  return Number(
    outside
      .prepare('SELECT (SELECT count(*) FROM waits) + (SELECT count(*) FROM wait_records)')
      .pluck()
      .get(),
  );
}

describe('the clock', () => {
  test('set back by an hour runs nothing twice, and what waits ends by the new time', async () => {
    const clock = new FakeClock();
    const core = createTestCore({ clock });
    const { workflow } = await waitingRun(core);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['after']);
    await core.client.deals.create({ title: 'Barn' });
    await core.settle();
    clock.setBack(hour);
    await pass(core, 0);
    await pass(core, 90 * minute);
    expect(await titlesOf(core)).toEqual(['after']);
    await pass(core, 30 * minute);
    expect(await titlesOf(core)).toEqual(['after', 'after']);
    await pass(core, day);
    expect(await runsOf(core, workflow.id)).toMatchObject([
      { status: 'succeeded' },
      { status: 'succeeded' },
    ]);
    expect(await titlesOf(core)).toHaveLength(2);
  });

  test('set back while a run waits never makes its duration negative', async () => {
    const clock = new FakeClock();
    const core = createTestCore({ clock });
    const { workflow, deal } = await waitingRun(core, [wait({ until_event: 'deal_won' })]);
    clock.setBack(hour);
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'succeeded',
      duration_seconds: 0,
    });
  });

  test('that slept past several waits ends each once, in the order they were due', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [wait({ duration: '+2 hours' }), task('two')]);
    await activeWorkflow(core, 'deal_created', [wait({ duration: '+1 hour' }), task('one')]);
    await activeWorkflow(core, 'deal_created', [wait({ duration: '+3 days' }), task('days')]);
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    await pass(core, day);
    expect(await titlesOf(core)).toEqual(['one', 'two']);
    expect(waitingRows(core)).toBe(1);
  });

  test('rings within a second of the due instant', async () => {
    const core = createTestCore();
    await waitingRun(core);
    core.clock.advance(hour - 1);
    await core.settle();
    expect(await titlesOf(core)).toEqual([]);
    core.clock.advance(1_000);
    await core.settle();
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('has an alarm for the very instant, which comes before the next poll', async () => {
    const core = createTestCore();
    core.clock.advance(300);
    await waitingRun(core);
    // Time alone: whoever asks whether the work is done would also wake it.
    core.clock.advance(hour);
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('a wait may go back to back with another', async () => {
    const core = createTestCore();
    const { workflow } = await waitingRun(core, [
      wait({ duration: '+1 hour' }),
      wait({ duration: '+1 hour' }),
      task('after'),
    ]);
    await pass(core, hour);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'waiting',
      waiting_until: '2026-03-02T11:00:00.000Z',
      actions_executed: [{ status: 'succeeded' }, { status: 'waiting' }],
    });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['after']);
  });
});

describe('what happens to a workflow while a run of it waits', () => {
  test('paused: the run drains, no new one starts', async () => {
    const core = createTestCore();
    const { workflow } = await waitingRun(core);
    await core.client.workflows.update({ id: workflow.id, status: 'paused' });
    await core.client.deals.create({ title: 'Barn' });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['after']);
    expect(await runsOf(core, workflow.id)).toMatchObject([{ status: 'succeeded' }]);
  });

  test('deleted: the run drains with its version', async () => {
    const core = createTestCore();
    const { workflow } = await waitingRun(core);
    await core.client.workflows.remove({ id: workflow.id });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['after']);
    expect(waitingRows(core)).toBe(0);
  });

  test('edited by SQL into nonsense: the run goes on, pinned to its version', async () => {
    const core = createTestCore();
    const { workflow } = await waitingRun(core);
    core.outside.prepare("UPDATE workflows SET actions = 'nonsense'").run();
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['after']);
    const [run] = await runsOf(core, workflow.id);
    expect(run).toMatchObject({ status: 'succeeded', version: 1 });
  });

  test('its record put in the bin: the step that needs it fails and names it', async () => {
    const core = createTestCore();
    const { workflow, deal } = await waitingRun(core, [
      wait({ duration: '+1 hour' }),
      setField('deal', 'description', 'late'),
    ]);
    await core.client.deals.remove({ id: deal.id });
    await pass(core, hour);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'failed',
      error_message: 'Step 2 update_field: there is no deal to update',
      success_count: 0,
      failure_count: 1,
    });
  });
});

test('two programs on one file: only one goes on with a run, and the other takes over', async () => {
  const first = createTestCore();
  await waitingRun(first);
  const second = createTestCore({ dataDir: first.dataDir, clock: first.clock, source: 2 });
  await pass(first, hour);
  await second.settle();
  expect(await titlesOf(second)).toEqual(['after']);
  await second.client.deals.create({ title: 'Barn' });
  await pass(first, minute);
  await first.core.stop();
  await pass(second, hour);
  expect(await titlesOf(second)).toEqual(['after', 'after']);
  expect(waitingRows(second)).toBe(0);
});

describe('a damaged row', () => {
  const damages: [string, string][] = [
    ['a cursor that is no JSON', "UPDATE workflow_executions SET cursor = '[{'"],
    ['a cursor that is no list', "UPDATE workflow_executions SET cursor = '5'"],
    ['no cursor', 'UPDATE workflow_executions SET cursor = NULL'],
    ['a rule that is no JSON', "UPDATE waits SET rule = 'when ready'"],
    ['an event that is no JSON', "UPDATE events SET data = '{'"],
    ['a step that is no JSON', "UPDATE step_records SET input = '{'"],
  ];
  /** Such a run can go on with another version, so it is parked. */
  const versionDamages: [string, string][] = [
    ['a version that is no JSON', "UPDATE workflow_versions SET definition = '{'"],
    ['a version that is gone', 'UPDATE workflow_executions SET version_id = NULL'],
  ];

  async function damagedAndSound(steps: readonly object[], sql: string) {
    const core = createTestCore();
    const damaged = await waitingRun(core, steps);
    core.outside.pragma('foreign_keys = OFF');
    core.outside.prepare(sql).run();
    const sound = await activeWorkflow(core, 'contact_created', [
      wait({ duration: '+1 hour' }),
      task('sound'),
    ]);
    await core.client.contacts.create({ first_name: 'Anna' });
    await core.settle();
    return { core, ...damaged, sound };
  }

  function storedRun({ outside }: TestCore, workflowId: string): unknown {
    return outside
      .prepare(
        'SELECT status, error_message, cursor FROM workflow_executions WHERE workflow_id = ?',
      )
      .get(workflowId);
  }

  test.each(damages)('%s: that run fails when its time comes, the others go on', async (_, sql) => {
    const { core, workflow, sound } = await damagedAndSound(hourThenTask, sql);
    await pass(core, hour);
    expect(storedRun(core, workflow.id)).toEqual({
      status: 'failed',
      error_message: expect.stringMatching(/^The run could not go on: ./),
      cursor: null,
    });
    expect(core.logger.errors).toEqual([expect.stringContaining('Workflow trigger error: event')]);
    expect(storedRun(core, sound.id)).toMatchObject({ status: 'succeeded' });
    expect(waitingRows(core)).toBe(0);
  });

  test.each(versionDamages)('%s: that run is parked, the others go on', async (_, sql) => {
    const { core, workflow, sound } = await damagedAndSound(hourThenTask, sql);
    await pass(core, hour);
    expect(storedRun(core, workflow.id)).toEqual({
      status: 'parked',
      error_message: expect.stringContaining('cannot be read'),
      cursor: '[{"list":"actions","index":0}]',
    });
    expect(core.logger.errors).toEqual([expect.stringContaining('parked: ')]);
    expect(storedRun(core, sound.id)).toMatchObject({ status: 'succeeded' });
    expect(waitingRows(core)).toBe(0);
  });

  test.each(damages)('%s: it does not keep others from the event it waits for', async (_, sql) => {
    const won = [wait({ until_event: 'deal_won' }), task('after')];
    const { core, workflow, deal } = await damagedAndSound(won, sql);
    const other = await activeWorkflow(core, 'deal_stage_changed', [task('changed')]);
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(storedRun(core, workflow.id)).toMatchObject({
      status: 'failed',
      error_message: expect.stringMatching(/^The run could not go on: ./),
    });
    expect(await runsOf(core, other.id)).toMatchObject([{ status: 'succeeded' }]);
    const undone = core.outside.prepare(
      'SELECT count(*) FROM events WHERE dispatched_at IS NULL OR dispatch_error IS NOT NULL',
    );
    expect(undone.pluck().get()).toBe(0);
  });

  test('a rule that is no JSON does not hide the list of runs', async () => {
    const { core, workflow } = await damagedAndSound(hourThenTask, "UPDATE waits SET rule = 'x'");
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'waiting',
      waiting_for: null,
    });
  });

  test('a failed wait is not shown as waiting', async () => {
    const { core, workflow } = await damagedAndSound(hourThenTask, "UPDATE waits SET rule = 'x'");
    await pass(core, hour);
    const [step] = (await onlyRunOf(core, workflow.id)).actions_executed;
    expect(step).toMatchObject({ status: 'failed', error: expect.stringContaining('go on') });
  });

  test.each(['workflows', 'workflow_executions', 'events'])(
    'rows deleted from %s: the wait is taken away, and nothing turns for ever',
    async (table) => {
      const core = createTestCore();
      await waitingRun(core);
      core.outside.pragma('foreign_keys = OFF');
      core.outside.prepare(`DELETE FROM ${table}`).run();
      await pass(core, hour);
      expect(waitingRows(core)).toBe(0);
      expect(await titlesOf(core)).toEqual([]);
    },
  );

  test('an instant that is no time rings no alarm', async () => {
    const core = createTestCore();
    await waitingRun(core);
    core.outside.prepare("UPDATE waits SET due_at = 'soon'").run();
    await pass(core, day);
    expect(await titlesOf(core)).toEqual([]);
  });
});
