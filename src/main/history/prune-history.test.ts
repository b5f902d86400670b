import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  hour,
  only,
  runsOf,
  task,
  titlesOf,
  wait,
} from '../../../tests/support/workflows.ts';
import { historyCutoff } from './history-budget.ts';

function count({ outside }: TestCore, table: string): number {
  return Number(outside.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
}

async function deals(core: TestCore, number: number) {
  for (let turn = 0; turn < number; turn += 1)
    await core.client.deals.create({ title: `D${turn}` });
  await core.settle();
}

/** Lets a time pass with the program running, and the look at history that comes with it. */
async function live(core: TestCore, ms: number) {
  core.clock.sleep(ms);
  core.clock.advance(2 * hour);
  await core.settle();
}

describe('history beyond its budget', () => {
  test('of days goes: runs, steps, events, journal, refusals', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    await activeWorkflow(core, 'deal_created', [task('y')], {
      conditions: only('deal.value', '>', 1),
    });
    await core.client.settings.update({ history_days: 30 });
    await deals(core, 120);
    expect(count(core, 'enrolment_refusals')).toBe(120);
    await live(core, 20 * day);
    await deals(core, 3);
    expect(await runsOf(core, workflow.id)).toHaveLength(123);
    await live(core, 20 * day);
    expect(await runsOf(core, workflow.id)).toHaveLength(3);
    expect(count(core, 'step_records')).toBe(3);
    expect(count(core, 'enrolment_refusals')).toBe(3);
    expect(count(core, "events WHERE type = 'deal_created'")).toBe(3);
    expect(count(core, 'journal')).toBe(6);
    // The records themselves are no history.
    expect(await core.client.deals.list({ limit: 200 })).toMatchObject({
      items: { length: 123 },
    });
    expect(core.outside.pragma('foreign_key_check')).toEqual([]);
  });

  test('takes moments that fired and enrolments that are done along, but not what is asked about', async () => {
    const core = createTestCore();
    await core.client.settings.update({ history_days: 30 });
    const workflow = await activeWorkflow(core, 'date_reached', [task('due')], {
      trigger_config: { field: 'deal.expected_close_date' },
    });
    await core.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-03' });
    await core.settle();
    core.clock.sleep(day);
    await core.settle();
    await core.client.enrolment.start({ id: workflow.id, records: 'all' });
    await core.settle();
    core.outside.exec(
      `INSERT INTO timed_events (workflow_id, trigger_index, record_id, due_at, type, object, outcome)
       SELECT workflow_id, trigger_index, record_id, '2026-03-02T00:00:00.000Z', type, object, 'asked' FROM timed_events`,
    );
    expect([count(core, 'timed_events'), count(core, 'enrolments')]).toEqual([2, 1]);
    // The budget is over, but what fired is remembered a day longer, for a clock that is set back.
    await live(core, 726 * hour);
    expect([count(core, 'timed_events'), count(core, 'enrolments')]).toEqual([2, 0]);
    await live(core, 2 * day);
    expect(count(core, 'timed_events')).toBe(1);
    expect(count(core, "timed_events WHERE outcome = 'asked'")).toBe(1);
  });

  test('keeps what waits, with its event and its steps, and it goes on', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      task('before'),
      wait({ duration: '+60 days' }),
      task('after {{deal_title}}'),
    ]);
    await core.client.settings.update({ history_days: 10 });
    await deals(core, 1);
    await live(core, 40 * day);
    expect(await runsOf(core, workflow.id)).toMatchObject([
      { status: 'waiting', actions_executed: { length: 2 } },
    ]);
    await live(core, 20 * day);
    expect(await titlesOf(core)).toEqual(['before', 'after D0']);
  });

  test('keeps an event while a restart of its run is kept', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    await core.client.settings.update({ history_days: 30 });
    await deals(core, 1);
    await live(core, 20 * day);
    const [run] = await runsOf(core, workflow.id);
    await core.client.executions.restart({ id: run?.id ?? '' });
    await core.settle();
    await live(core, 15 * day);
    expect(await runsOf(core, workflow.id)).toMatchObject([{ restart_of: run?.id }]);
    expect(count(core, "events WHERE type = 'deal_created'")).toBe(1);
  });

  test('of size goes, the oldest first, and the file becomes smaller', async () => {
    const core = createTestCore();
    await core.client.settings.update({ history_megabytes: 1 });
    const long = 'x'.repeat(4_000);
    for (let turn = 0; turn < 400; turn += 1) {
      await core.client.deals.create({ title: `D${turn}`, description: long });
      core.clock.sleep(1_000);
    }
    await core.settle();
    const pages = () => Number(core.outside.pragma('page_count', { simple: true }));
    const before = pages();
    expect((await core.client.system.history()).bytes).toBeGreaterThan(1_048_576);
    for (let turn = 0; turn < 3; turn += 1) await live(core, hour);
    const { bytes } = await core.client.system.history();
    expect(bytes).toBeLessThan(1_300_000);
    expect(bytes).toBeGreaterThan(500_000);
    const oldest = core.outside.prepare('SELECT min(at) FROM journal').pluck().get();
    expect(String(oldest) > '2026-03-02T09:00:30').toBe(true);
    expect(pages()).toBeLessThan(before);
  });

  test('a budget that makes no sense is refused', async () => {
    const core = createTestCore();
    await expect(core.client.settings.update({ history_days: 0 })).rejects.toMatchObject({
      code: 'validation_failed',
      data: { field: 'history_days' },
    });
    expect(await core.client.settings.get()).toMatchObject({
      history_days: 365,
      history_megabytes: 1_024,
    });
  });
});

test('the cut-off is the stricter of age and size', () => {
  const now = Date.parse('2026-06-01T00:00:00Z');
  const size = { first: { seq: 1, at: '2026-01-01' }, last: { seq: 101 } };
  const at = (seq: number) => `2026-05-${String(seq).padStart(2, '0')}`;
  const budget = { days: 60, megabytes: 1 };
  expect(historyCutoff(budget, { ...size, bytes: 10 }, now, at)).toBe('2026-04-02T00:00:00.000Z');
  expect(historyCutoff(budget, { ...size, bytes: 1_165_084 }, now, at)).toBe('2026-05-11');
});
