import { expect, test } from 'vitest';
import type { Cancel } from '../../ports.ts';
import { FakeClock } from '../../../../tests/support/fake-clock.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, hour, pass, task, wait } from '../../../../tests/support/workflows.ts';

const waiting = 10_000;

/** Work in this clock takes the time it really takes, and each turn of it is measured. */
class MeasuringClock extends FakeClock {
  /** Milliseconds the processor worked: a busy machine stretches those of the clock on the wall. */
  readonly turns: number[] = [];

  override elapsed(): number {
    return performance.now();
  }

  override soon(run: () => void): Cancel {
    return super.soon(() => {
      const begun = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(begun);
      this.turns.push((user + system) / 1_000);
    });
  }
}

test(`${waiting} waits due at once are carried out in slices, each once`, async () => {
  const clock = new MeasuringClock();
  const core = createTestCore({ clock });
  const steps = [wait({ duration: '+1 hour' }), { type: 'stop', config: {} }];
  await activeWorkflow(core, 'deal_created', steps);
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  // The one run that waits, written down many times: as if so many deals had been created.
  core.outside.exec(`
    BEGIN;
    CREATE TEMP TABLE copies AS WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${waiting})
      SELECT i FROM n;
    INSERT INTO events (id, type, object, record_id, data, actor, occurred_at, dispatched_at)
      SELECT 'e' || i, type, object, record_id, data, actor, occurred_at, dispatched_at FROM copies, events
       WHERE type = 'deal_created';
    INSERT INTO workflow_executions (id, workflow_id, version_id, event_id, object, record_id, status, started_at,
        actions_executed, cursor, created_at)
      SELECT 'r' || i, workflow_id, version_id, 'e' || i, object, record_id, status, started_at, actions_executed,
        cursor, created_at FROM copies, workflow_executions WHERE status = 'waiting';
    INSERT INTO step_records (execution_id, step_id, type, status, input, output)
      SELECT 'r' || i, step_id, type, status, input, output FROM copies, step_records;
    INSERT INTO waits (execution_id, step_id, rule, due_at, created_at)
      SELECT 'r' || i, step_id, rule, due_at, created_at FROM copies, waits;
    COMMIT;`);
  expect(core.outside.prepare('SELECT count(*) FROM waits').pluck().get()).toBe(waiting);

  clock.turns.length = 0;
  await pass(core, hour);
  const count = (sql: string) => core.outside.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();
  expect(count('waits')).toBe(0);
  expect(count("workflow_executions WHERE status = 'succeeded'")).toBe(waiting);
  expect(count("step_records WHERE status = 'succeeded'")).toBe(2 * waiting);
  // Many short turns: a slice ends after 8 ms and its commit; now and then memory is tidied up.
  const turns = clock.turns.toSorted((x, y) => x - y);
  expect(turns.length).toBeGreaterThanOrEqual(waiting / 100);
  expect(turns[Math.floor(turns.length * 0.95)]).toBeLessThan(50);
}, 60_000);

test('a stream of events does not keep a due wait from its end', async () => {
  const clock = new FakeClock({ elapsedPerReading: 20 });
  const core = createTestCore({ clock });
  await activeWorkflow(core, 'contact_created', [wait({ duration: '+1 hour' }), task('after')]);
  await core.client.contacts.create({ first_name: 'Anna' });
  await core.settle();
  const ended = core.outside
    .prepare("SELECT count(*) FROM activities WHERE title = 'after'")
    .pluck();
  for (let turn = 1; turn <= 5; turn += 1)
    await core.client.deals.create({ title: `Deal ${turn}` });
  // Each slice has time for one piece of work, and there is always an event left.
  clock.sleep(0);
  for (let turn = 1; turn <= 20; turn += 1)
    await core.client.deals.create({ title: `More ${turn}` });
  core.outside.prepare("UPDATE waits SET due_at = '2026-01-01T00:00:00.000Z'").run();
  for (let turn = 1; turn <= 3; turn += 1) clock.runOneTurn();
  expect(ended.get()).toBe(1);
});
