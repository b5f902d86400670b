import { expect, test } from 'vitest';
import { fileDump } from '../../../../tests/support/file-dump.ts';
import { rehearse as rehearsalOf } from '../../../../tests/support/rehearse.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import {
  branch,
  day,
  hour,
  minute,
  only,
  pass,
  setField,
  task,
  wait,
} from '../../../../tests/support/workflows.ts';
import type { RehearsalInput, RehearsalResult } from '../../../shared/contract/rehearsal.ts';

const mail = {
  type: 'send_email',
  config: { to: 'anna@example.org', subject: '{{deal_title}}', body: 'Hi' },
};

async function withAccount(core: TestCore): Promise<void> {
  await core.client.mail_accounts.create({
    name: 'Office',
    from_address: 'me@example.org',
    host: '127.0.0.1',
    port: 2525,
    security: 'none',
  });
}

function dump({ outside }: TestCore): string[] {
  return [...fileDump(outside)];
}

/** The whole result; the file says what it said before. */
async function rehearse(core: TestCore, input: RehearsalInput): Promise<RehearsalResult> {
  const before = dump(core);
  const result = await rehearsalOf(core, input);
  expect(dump(core)).toEqual(before);
  return result;
}

test('a draft on one record: each step at its simulated time, and nothing of it stays', async () => {
  const core = createTestCore();
  await withAccount(core);
  const deal = await core.client.deals.create({ title: 'Roof', value: 9_000 });
  await core.settle();
  const result = await rehearse(core, {
    draft: {
      trigger_type: 'deal_created',
      actions: [
        mail,
        wait({ duration: '+3 days' }),
        branch(only('deal.value', '>', 5_000), [task('Call {{deal.title}}')], [task('Wait')]),
        setField('deal', 'stage', 'proposal'),
      ],
    },
    on: { kind: 'record', record: { object: 'deal', id: deal.id } },
  });
  const [run] = result.runs;
  expect(run?.status).toBe('succeeded');
  expect(run?.steps.map(({ step, at }) => [step.type, at])).toEqual([
    ['send_email', '2026-03-02T09:00:00.000Z'],
    ['wait', '2026-03-02T09:00:30.000Z'],
    ['if', '2026-03-05T09:00:30.000Z'],
    ['create_task', '2026-03-05T09:00:30.000Z'],
    ['update_field', '2026-03-05T09:00:30.000Z'],
  ]);
  expect(run?.steps[0]?.sends).toMatchObject({ kind: 'email', content: { subject: 'Roof' } });
  expect(run?.changes).toMatchObject([
    { object: 'task', is_new: true, fields: { title: { old: null, new: 'Call Roof' } } },
    {
      object: 'deal',
      id: deal.id,
      is_new: false,
      fields: { stage: { old: 'qualification', new: 'proposal' } },
    },
  ]);
  expect(result.counts).toMatchObject({ runs: 1, emails: 1, records_changed: 1, records_made: 1 });
  expect(result.counts.branches).toEqual([{ step_id: 'step_3', branch: 'then', count: 1 }]);
  expect(core.mailer.sent).toEqual([]);
});

test('a record that would not be taken in says by which rule; started anyway it runs', async () => {
  const core = createTestCore();
  const deal = await core.client.deals.create({ title: 'Shed', value: 10 });
  await core.settle();
  const input = {
    draft: {
      trigger_type: 'deal_created',
      conditions: only('deal.value', '>', 5_000),
      actions: [task('Call')],
    },
    on: { kind: 'record', record: { object: 'deal', id: deal.id } },
  } as const;
  const refused = await rehearse(core, {
    ...input,
    draft: { ...input.draft, actions: [...input.draft.actions] },
  });
  expect(refused.runs).toEqual([]);
  expect(refused.refusals).toMatchObject([
    { rule: 'conditions', seen: [{ name: 'deal.value', wanted: 5_000, seen: 10 }] },
  ]);
  const started = await rehearse(core, {
    draft: { ...input.draft, actions: [...input.draft.actions] },
    on: { ...input.on, start_anyway: true },
  });
  expect(started.runs).toMatchObject([{ status: 'succeeded' }]);
});

test('over the past: records as they were then, waits between the changes, later differences told', async () => {
  const core = createTestCore();
  const { client } = core;
  const from = core.clock.nowText();
  await pass(core, minute);
  const roof = await client.deals.create({ title: 'Roof', value: 100 });
  await pass(core, day);
  await client.deals.update({ id: roof.id, stage: 'proposal' });
  await pass(core, day);
  const shed = await client.deals.create({ title: 'Shed', value: 9_000 });
  await pass(core, hour);
  await client.deals.update({ id: roof.id, stage: 'won', title: 'Big roof' });
  await client.deals.update({ id: shed.id, description: 'x' });
  await pass(core, hour);
  const result = await rehearse(core, {
    draft: {
      trigger_type: 'deal_created',
      actions: [
        task('{{deal.title}} {{deal.stage}}'),
        wait({ duration: '+2 days' }),
        task('{{deal.title}} {{deal.stage}}'),
        setField('deal', 'description', 'run'),
      ],
    },
    on: { kind: 'past', from },
  });
  const titles = result.runs.map(({ steps }) =>
    steps.flatMap(({ step }) => (step.type === 'create_task' ? [step.input['title']] : [])),
  );
  expect(titles).toEqual([
    ['Roof qualification', 'Roof proposal'],
    ['Shed qualification', 'Shed qualification'],
  ]);
  expect(result.counts).toMatchObject({
    events: 8,
    matching: 2,
    runs: 2,
    statuses: { succeeded: 2 },
  });
  expect(result.differences).toEqual([]);
});

test('a later change that would have met another value is told', async () => {
  const core = createTestCore();
  const { client } = core;
  const from = core.clock.nowText();
  await pass(core, minute);
  const roof = await client.deals.create({ title: 'Roof', value: 100 });
  await pass(core, day);
  await client.deals.update({ id: roof.id, stage: 'won' });
  await pass(core, day);
  const result = await rehearse(core, {
    draft: { trigger_type: 'deal_created', actions: [setField('deal', 'stage', 'negotiation')] },
    on: { kind: 'past', from },
  });
  expect(result.differences).toMatchObject([
    { record: { id: roof.id }, field: 'stage', found: 'qualification', instead: 'negotiation' },
  ]);
});

test('what was loaded with times of its own happens again at those times', async () => {
  const core = createTestCore();
  await core.client.system.load_sample_data();
  await core.settle();
  const result = await rehearse(core, {
    draft: { trigger_type: 'deal_created', actions: [task('{{deal.title}}')] },
    on: { kind: 'past', from: new Date(core.clock.now() - 30 * day).toISOString() },
  });
  expect(result.runs.length).toBeGreaterThan(5);
  for (const run of result.runs) expect(run.started_at).toBe(run.event.occurred_at);
});
