import { expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, runsOf, setField, task } from '../../../../tests/support/workflows.ts';

test('failed runs are listed by workflow, put aside and taken back, and retried all together', async () => {
  const core = createTestCore();
  const { client, settle } = core;
  const failing = await activeWorkflow(core, 'deal_created', [
    setField('contact', 'job_title', 'Client'),
  ]);
  const deals = [
    await client.deals.create({ title: 'Roof' }),
    await client.deals.create({ title: 'Wall' }),
  ];
  await settle();
  expect(await client.insight.attention()).toMatchObject({
    total: 2,
    failed: [{ workflow_id: failing.id, count: 2, last_error: expect.stringContaining('Step 1') }],
    parked: [],
    workflows: [],
  });

  expect(await client.insight.dismiss({ workflow_id: failing.id })).toEqual({ count: 2 });
  expect(await client.insight.attention()).toMatchObject({ total: 0, failed: [] });
  expect(await client.insight.retry_all()).toEqual({ count: 0, refused: 0 });
  expect(await client.insight.recall({ workflow_id: failing.id })).toEqual({ count: 2 });
  expect(await client.insight.attention_count()).toEqual({ total: 2 });

  const contact = await client.contacts.create({ first_name: 'Anna' });
  for (const { id } of deals) await client.deals.update({ id, contact_id: contact.id });
  expect(await client.insight.retry_all()).toEqual({ count: 2, refused: 0 });
  await settle();
  expect((await runsOf(core, failing.id)).map(({ status }) => status)).toEqual([
    'succeeded',
    'succeeded',
  ]);
  expect((await client.insight.attention()).total).toBe(0);
});

test('a workflow that Trellis paused, or that cannot run, is there until it is mended', async () => {
  const core = createTestCore();
  const { client, settle, outside } = core;
  const failing = await activeWorkflow(core, 'deal_created', [
    setField('contact', 'job_title', 'Client'),
  ]);
  const broken = await activeWorkflow(core, 'contact_created', [task('Hello')]);
  for (let count = 0; count < 5; count += 1) await client.deals.create({ title: `Deal ${count}` });
  await settle();
  outside.prepare("UPDATE workflows SET actions = '[{]' WHERE id = ?").run(broken.id);
  await client.contacts.create({ first_name: 'Ben' });
  await settle();
  const { workflows, total } = await client.insight.attention();
  expect(workflows).toMatchObject([
    { id: failing.id, state: 'paused' },
    { id: broken.id, state: 'parked' },
  ]);
  expect(total).toBe(7);
  await client.workflows.update({ id: broken.id, actions: [task('Hello')] });
  await client.workflows.resume({ id: failing.id });
  expect((await client.insight.attention()).workflows).toEqual([]);
});

test('the checkup names what is wrong, with its cure', async () => {
  const core = createTestCore();
  const { client, settle } = core;
  const draft = await client.workflows.create({ name: 'Draft', trigger_type: 'deal_created' });
  const wrong = async (id: string) =>
    (await client.insight.checkup({ id })).checks
      .filter(({ is_ok: isOk }) => !isOk)
      .map(({ check, cure }) => `${check}: ${cure}`);
  expect(await wrong(draft.id)).toEqual([
    'active: edit',
    'steps: edit',
    'trigger: run_now',
    'runs: run_now',
  ]);
  await client.workflows.update({ id: draft.id, actions: [task('Call')] });
  expect(await wrong(draft.id)).toEqual(['active: turn_on', 'trigger: run_now', 'runs: run_now']);
  await client.workflows.update({ id: draft.id, status: 'active' });
  await client.deals.create({ title: 'Roof' });
  await settle();
  expect(await wrong(draft.id)).toEqual([]);

  await client.workflows.update({
    id: draft.id,
    conditions: { combinator: 'and', rules: [{ field: 'deal.value', operator: '>', value: 5 }] },
    actions: [setField('contact', 'job_title', 'x')],
  });
  await client.deals.create({ title: 'Large', value: 10 });
  await client.deals.create({ title: 'Small', value: 1 });
  await settle();
  expect(await wrong(draft.id)).toEqual([
    'trigger: null',
    'runs: open_run',
    'failures: retry_failed',
  ]);
});
