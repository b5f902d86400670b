import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  hour,
  onlyRunOf,
  pass,
  runsOf,
  task,
  titlesOf,
  wait,
} from '../../../tests/support/workflows.ts';

/** Ends the program, lets time pass, and starts another on the same file. */
async function closedFor(core: TestCore, ms: number): Promise<TestCore> {
  await core.core.stop();
  core.clock.sleep(ms);
  const next = createTestCore({ dataDir: core.dataDir, clock: core.clock, source: 2 });
  await next.settle();
  return next;
}

const close = { field: 'deal.expected_close_date', at: '12:00' };

/** One workflow that waits two days, one that fires on a date; both missed their time. */
async function away(settings: Record<string, unknown>) {
  const first = createTestCore();
  const waiting = await activeWorkflow(
    first,
    'deal_created',
    [wait({ duration: '+2 days' }), task('waited')],
    { name: 'waiting', settings },
  );
  const dated = await activeWorkflow(first, 'date_reached', [task('dated')], {
    name: 'dated',
    trigger_config: close,
    settings,
  });
  await first.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-04' });
  await first.settle();
  const core = await closedFor(first, 5 * day);
  return { core, waiting, dated };
}

describe('what was missed while nothing was running', () => {
  test('run: it is done late, and the summary says so until it is dismissed', async () => {
    const { core, waiting, dated } = await away({});
    expect((await titlesOf(core)).toSorted()).toEqual(['dated', 'waited']);
    expect(await core.client.away.summary()).toEqual({
      since: '2026-03-02T09:00:00.000Z',
      until: '2026-03-07T09:00:00.000Z',
      outcomes: [
        { workflow_id: waiting.id, workflow_name: 'waiting', outcome: 'resumed', count: 1 },
        { workflow_id: dated.id, workflow_name: 'dated', outcome: 'started', count: 1 },
      ],
      to_decide: [],
    });
    await core.client.away.dismiss();
    expect(await core.client.away.summary()).toEqual({
      since: null,
      until: null,
      outcomes: [],
      to_decide: [],
    });
  });

  test('skip: the date is left out, and the waiting run ends as cancelled, with the reason', async () => {
    const { core, waiting, dated } = await away({ missed: 'skip' });
    expect(await titlesOf(core)).toEqual([]);
    expect(await onlyRunOf(core, waiting.id)).toMatchObject({
      status: 'cancelled',
      end_reason: 'missed',
    });
    expect(await runsOf(core, dated.id)).toEqual([]);
    const { outcomes } = await core.client.away.summary();
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
  });

  test('max_lateness lets pass what is late by less', async () => {
    const inTime = await away({ max_lateness: '+4 days' });
    expect(await titlesOf(inTime.core)).toHaveLength(2);
    const late = await away({ max_lateness: '+1 day' });
    expect(await titlesOf(late.core)).toEqual([]);
  });

  test('ask: nothing happens until the user decides, over another start too', async () => {
    const asked = await away({ missed: 'ask' });
    const { waiting, dated } = asked;
    const core = await closedFor(asked.core, day);
    expect(await titlesOf(core)).toEqual([]);
    expect(await onlyRunOf(core, waiting.id)).toMatchObject({
      status: 'waiting',
      waiting_until: null,
      waiting_for: { kind: 'decision', detail: '2026-03-04T09:00:00.000Z' },
    });
    const { to_decide: toDecide } = await core.client.away.summary();
    expect(toDecide).toEqual([
      {
        workflow_id: waiting.id,
        workflow_name: 'waiting',
        count: 1,
        first_due_at: '2026-03-04T09:00:00.000Z',
      },
      {
        workflow_id: dated.id,
        workflow_name: 'dated',
        count: 1,
        first_due_at: '2026-03-04T11:00:00.000Z',
      },
    ]);
    const decide = (id: string, decision: 'run' | 'skip') =>
      core.client.away.decide({ id, decision });
    expect(await decide(waiting.id, 'run')).toEqual({ decided: 1, left: 0 });
    expect(await decide(dated.id, 'skip')).toEqual({ decided: 1, left: 0 });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['waited']);
    expect(await onlyRunOf(core, waiting.id)).toMatchObject({ status: 'succeeded' });
    await expect(decide(dated.id, 'run')).rejects.toMatchObject({ code: 'not_found' });
    await pass(core, 30 * day);
    expect(await runsOf(core, dated.id)).toEqual([]);
  });

  test('ask, the other way round: the date fires, the run is let go', async () => {
    const { core, waiting, dated } = await away({ missed: 'ask' });
    await core.client.away.decide({ id: waiting.id, decision: 'skip' });
    await core.client.away.decide({ id: dated.id, decision: 'run' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['dated']);
    expect(await onlyRunOf(core, waiting.id)).toMatchObject({
      status: 'cancelled',
      end_reason: 'missed',
    });
  });

  test('a timeout is no moment that could be missed', async () => {
    const first = createTestCore();
    const workflow = await activeWorkflow(
      first,
      'deal_created',
      [wait({ until_event: 'deal_won', timeout: '+1 day' }), task('after')],
      { settings: { missed: 'skip' } },
    );
    await first.client.deals.create({ title: 'Roof' });
    await first.settle();
    const core = await closedFor(first, 3 * day);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ status: 'succeeded' });
  });

  test('a wait that a person ended is not too late, whenever the executor comes to it', async () => {
    const first = createTestCore();
    const workflow = await activeWorkflow(
      first,
      'deal_created',
      [wait({ duration: '+9 days' }), task('after')],
      { settings: { missed: 'skip' } },
    );
    await first.client.deals.create({ title: 'Roof' });
    await first.settle();
    await first.client.executions.fire_now({ id: (await onlyRunOf(first, workflow.id)).id });
    const core = await closedFor(first, 3 * hour);
    expect(await titlesOf(core)).toEqual(['after']);
  });

  test('who decides must say what', async () => {
    const { core, dated } = await away({ missed: 'ask' });
    await expect(
      // @ts-expect-error -- as a client without types would call it
      core.client.away.decide({ id: dated.id, decision: 'maybe' }),
    ).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
