import { expect, test } from 'vitest';
import { createTestCore } from '../../../tests/support/test-core.ts';
import { activeWorkflow, task, wait } from '../../../tests/support/workflows.ts';

const bigger = {
  combinator: 'and',
  rules: [{ field: 'deal.value', operator: '>', value: '5000' }],
};

/** Definitions of every kind of step, trigger and setting, as people write them. */
const definitions = [
  { actions: [task('plain')] },
  {
    triggers: [
      { type: 'deal_stage_changed', config: { to_stage: 'won' } },
      { type: 'date_reached', config: { field: 'deal.expected_close_date', offset: '-3 days' } },
    ],
    conditions: bigger,
    settings: {
      re_entry: 'once',
      priority: 3,
      goal: bigger,
      missed: 'ask',
      time_zone: 'Asia/Tokyo',
    },
    actions: [
      { type: 'if', config: { conditions: bigger }, then: [task('a')], else: [{ type: 'stop' }] },
      {
        type: 'switch',
        config: { value: '{{deal.stage}}' },
        cases: [{ equals: 'won', steps: [task('b', { enabled: false })] }],
        default: [{ type: 'for_each', config: { over: 'deal.tasks' }, do: [task('c')] }],
      },
      wait({ until_time: '09:00', weekdays: ['mon', 5], business_hours: true }),
      wait({ until_event: 'deal_won', timeout: '+7 days' }, { on_timeout: [task('d')] }),
      task('e', { on_error: 'branch', on_error_steps: [task('f', { name: 'After' })] }),
    ],
  },
  {
    triggers: [{ type: 'webhook_received', config: { contact: { email: 'form.mail' } } }],
    conditions: null,
    settings: null,
    actions: [
      {
        type: 'webhook',
        config: { url: 'https://example.test/x', body: { a: ['{{contact.name}}'] } },
      },
    ],
  },
];

test('a restored version has the definition of the old one, byte for byte', async () => {
  const core = createTestCore();
  const { id } = await activeWorkflow(core, 'deal_created', [task('first')]);
  for (const definition of definitions) await core.client.workflows.update({ id, ...definition });
  for (const number of [1, 3, 2, 4, 1]) {
    await core.client.versions.restore({ id, number });
    const texts = core.outside
      .prepare('SELECT number, definition FROM workflow_versions ORDER BY number DESC')
      .all() as { number: number; definition: string }[];
    expect(texts[0]?.definition).toBe(texts.find((one) => one.number === number)?.definition);
  }
  const { items } = await core.client.versions.list({ id });
  expect(items.map(({ number }) => number)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test('restoring what runs already makes no version; a paused workflow stays paused', async () => {
  const core = createTestCore();
  const { id } = await activeWorkflow(core, 'deal_created', [task('first')]);
  await core.client.versions.restore({ id, number: 1 });
  await core.client.workflows.update({ id, actions: [task('second')] });
  await core.client.workflows.pause({ id });
  const restored = await core.client.versions.restore({ id, number: 1 });
  expect(restored).toMatchObject({ status: 'paused', version: 2 });
  expect(await core.client.workflows.resume({ id })).toMatchObject({ version: 3 });
});

test('versions list their runs, and runs are listed by version', async () => {
  const core = createTestCore();
  const { id } = await activeWorkflow(core, 'deal_created', [wait({ duration: '+1 hour' })]);
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  await core.client.workflows.update({ id, actions: [task('now')] });
  await core.client.deals.create({ title: 'Door' });
  await core.settle();
  expect(await core.client.versions.list({ id })).toMatchObject({
    items: [
      { number: 2, runs: 1, open_runs: 0 },
      { number: 1, runs: 1, open_runs: 1 },
    ],
  });
  const { items } = await core.client.workflows.executions({ id, version: 1 });
  expect(items).toMatchObject([{ record_name: 'Roof', version: 1 }]);
  expect(await core.client.versions.get({ id, number: 1 })).toMatchObject({
    number: 1,
    triggers: [{ type: 'deal_created', config: {} }],
    actions: [{ type: 'wait', config: { duration: '+1 hour' } }],
  });
});

test('a version that is not there, or was damaged, is named with its cure', async () => {
  const core = createTestCore();
  const { id } = await activeWorkflow(core, 'deal_created', [task('first')]);
  await expect(core.client.versions.get({ id, number: 7 })).rejects.toMatchObject({
    code: 'not_found',
    message: 'The workflow has no version 7.',
  });
  core.outside.prepare("UPDATE workflow_versions SET definition = '{'").run();
  await expect(core.client.versions.restore({ id, number: 1 })).rejects.toMatchObject({
    code: 'conflict',
  });
});
