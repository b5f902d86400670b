import { expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  branch,
  day,
  only,
  pass,
  setField,
  task,
  wait,
} from '../../../../tests/support/workflows.ts';

test('every figure equals what SQL says over the rows', async () => {
  const core = createTestCore();
  const { client, settle, outside } = core;
  const branching = await activeWorkflow(
    core,
    'deal_created',
    [
      branch(
        only('deal.value', '>=', 100),
        [task('Large', { id: 'large' })],
        // A deal without a contact has none to write to: this step fails.
        [setField('contact', 'job_title', 'x', { id: 'small' })],
      ),
      wait({ duration: '+3 days' }, { id: 'pause' }),
      task('Later', { id: 'later' }),
    ],
    { name: 'Branching', settings: { goal: only('deal.stage', '=', 'won') } },
  );
  await activeWorkflow(core, 'deal_updated', [task('Changed')], { name: 'Changing' });
  for (let number = 0; number < 24; number += 1) {
    const deal = await client.deals.create({
      title: `Deal ${number}`,
      value: number % 6 === 5 ? 10 : 200,
    });
    await settle();
    if (number % 3 === 0) {
      await client.deals.update({ id: deal.id, stage: 'won' });
      await settle();
    }
    if (number % 4 === 0) await pass(core, day);
  }

  for (const workflowId of [branching.id, null]) {
    const figures = await client.insight.analytics(
      workflowId === null ? {} : { workflow_id: workflowId },
    );
    const own = workflowId === null ? '1' : `workflow_id = '${workflowId}'`;
    const one = (sql: string): unknown => outside.prepare(sql).pluck().get();
    const counts = (sql: string): unknown[] => outside.prepare(sql).all();
    const over = `${own} AND status IN ('succeeded', 'partial', 'failed')`;

    expect(figures.runs).toBe(one(`SELECT count(*) FROM workflow_executions WHERE ${own}`));
    expect(figures.by_status).toEqual(
      counts(
        `SELECT status, count(*) AS count FROM workflow_executions WHERE ${own} GROUP BY status ORDER BY status`,
      ),
    );
    expect(figures.success_rate).toBe(
      one(`SELECT avg(status = 'succeeded') FROM workflow_executions WHERE ${over}`),
    );
    expect(figures.average_seconds).toBe(
      one(`SELECT avg(duration_seconds) FROM workflow_executions WHERE ${over}`),
    );
    const seconds = outside
      .prepare(`SELECT duration_seconds FROM workflow_executions WHERE ${over} ORDER BY 1`)
      .pluck()
      .all();
    expect(figures.median_seconds).toBe(seconds[Math.floor((seconds.length - 1) / 2)]);
    expect(figures.waiting_now).toBe(
      one(`SELECT count(*) FROM workflow_executions WHERE ${own} AND status = 'waiting'`),
    );
    const days = figures.days.filter(
      ({ succeeded, failed, other }) => succeeded + failed + other > 0,
    );
    // The fake clock stands in UTC, where a day of the user is a day of the text.
    expect(
      days.map(({ day: date, succeeded, failed, other }) => ({ date, succeeded, failed, other })),
    ).toEqual(
      counts(
        `SELECT substr(created_at, 1, 10) AS date, sum(status = 'succeeded') AS succeeded,
           sum(status IN ('failed', 'partial')) AS failed,
           sum(status NOT IN ('succeeded', 'failed', 'partial')) AS other
         FROM workflow_executions WHERE ${own} GROUP BY 1 ORDER BY 1`,
      ),
    );
    expect(
      figures.failures.map(({ step_id, reason, count }) => ({ step_id, reason, count })),
    ).toEqual(
      counts(
        `SELECT step_id, error AS reason, count(*) AS count FROM step_records s JOIN workflow_executions r ON r.id = s.execution_id
          WHERE ${own} AND s.status = 'failed' GROUP BY workflow_id, step_id, error ORDER BY count DESC`,
      ),
    );
    expect(figures.failures[0]).toMatchObject({ step_id: 'small', workflow_name: 'Branching' });

    // The chart leads to the very runs it counts.
    const [firstDay, nextDay] = figures.days.slice(-8);
    const listed = await client.executions.list({
      limit: 500,
      ...(workflowId === null ? {} : { workflow_id: workflowId }),
      from: firstDay?.from,
      to: nextDay?.from,
    });
    expect(listed.items).toHaveLength(
      (firstDay?.succeeded ?? 0) + (firstDay?.failed ?? 0) + (firstDay?.other ?? 0),
    );
  }

  const figures = await client.insight.analytics({ workflow_id: branching.id });
  const [choice] = figures.steps;
  expect(choice?.branches).toEqual([
    { branch: 'then', count: 20 },
    { branch: 'else', count: 4 },
  ]);
  expect(figures.goal).toEqual({
    reached: outside
      .prepare("SELECT count(*) FROM workflow_executions WHERE end_reason = 'goal'")
      .pluck()
      .get(),
    over: outside
      .prepare(
        "SELECT count(*) FROM workflow_executions WHERE workflow_id = ? AND status IN ('succeeded', 'partial', 'failed', 'cancelled')",
      )
      .pluck()
      .get(branching.id),
  });
  expect(figures.goal?.reached).toBeGreaterThan(0);
  for (const { step_id: stepId, succeeded, failed, waiting, other } of figures.steps) {
    expect({ succeeded, failed, waiting, other }).toEqual(
      outside
        .prepare(
          `SELECT sum(status = 'succeeded') AS succeeded, sum(status = 'failed') AS failed,
             sum(status IN ('waiting', 'parked')) AS waiting, sum(status IN ('skipped', 'retried')) AS other
           FROM step_records s WHERE step_id = ? AND execution_id IN (SELECT id FROM workflow_executions WHERE workflow_id = ?)`,
        )
        .get(stepId, branching.id),
    );
  }
});

test('a period that ends before it begins, and a workflow that is not there, are refused', async () => {
  const { client } = createTestCore();
  await expect(
    client.insight.analytics({ from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }),
  ).rejects.toMatchObject({ code: 'validation_failed', data: { field: 'from' } });
  await expect(client.insight.analytics({ workflow_id: 'x' })).rejects.toMatchObject({
    code: 'not_found',
  });
});
