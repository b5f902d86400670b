import { expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import { day, hour, onlyRunOf, pass, runsOf } from '../../../../tests/support/workflows.ts';

type Client = TestCore['client'];

async function sampleCore(): Promise<TestCore> {
  const core = createTestCore();
  await core.client.system.load_sample_data();
  await core.client.mail_accounts.create({
    name: 'Studio',
    from_address: 'studio@example.test',
    host: 'mail.example.test',
    port: 587,
    security: 'starttls',
  });
  await core.settle();
  return core;
}

async function newDeal(client: Client, value = 9_000) {
  const { items } = await client.contacts.list({ limit: 1 });
  return client.deals.create({ title: 'Shop window', value, contact_id: items[0]?.id ?? '' });
}

async function outcome(core: TestCore, id: string) {
  const runs = await runsOf(core, id);
  return {
    statuses: runs.map(({ status }) => status),
    steps: runs.flatMap(({ actions_executed: steps }) => steps.map((step) => step.id)),
  };
}

test('the templates are complete, and each says what it needs', async () => {
  const { client } = await sampleCore();
  const { items } = await client.workflow_templates.list();
  expect(items.map(({ id }) => id)).toEqual([
    'new-deal-follow-up',
    'stale-deal-nudge',
    'quote-chase',
    'hot-lead-alert',
    'tag-by-value',
    'lost-deal-revival',
    'welcome-sequence',
    'birthday',
    'renewal',
    'hand-over-on-won',
    'task-escalation',
    'weekly-summary',
  ]);
  for (const { story, summary } of items) {
    expect(story?.length).toBeGreaterThan(100);
    expect(summary.length).toBeGreaterThan(20);
  }
  const birthday = items.find(({ id }) => id === 'birthday');
  expect(birthday?.needs).toEqual([
    {
      kind: 'field',
      name: 'contact.cf_next_birthday',
      label: 'Next birthday',
      is_present: false,
      candidates: [],
    },
  ]);
});

async function publish(core: TestCore, template: string) {
  const draft = await core.client.workflow_templates.use({ id: template });
  expect(draft).toMatchObject({ status: 'draft', problems: [] });
  const active = await core.client.workflows.update({ id: draft.id, status: 'active' });
  expect(active).toMatchObject({ status: 'active', problems: [], version: 1 });
  await core.settle();
  return active;
}

test('deal templates run on the sample data', async () => {
  const core = await sampleCore();
  const { client, settle } = core;
  const published = Object.fromEntries(
    await Promise.all(
      [
        'new-deal-follow-up',
        'stale-deal-nudge',
        'quote-chase',
        'tag-by-value',
        'lost-deal-revival',
        'hand-over-on-won',
      ].map(async (id) => [id, (await publish(core, id)).id] as const),
    ),
  );
  const ended = (template: string) => outcome(core, published[template] ?? '');
  const deal = await newDeal(client);
  await settle();
  expect(await ended('new-deal-follow-up')).toEqual({
    statuses: ['succeeded'],
    steps: ['first_call', 'tell_me'],
  });
  expect(await ended('tag-by-value')).toMatchObject({ statuses: ['succeeded'] });
  expect(await client.deals.get({ id: deal.id })).toMatchObject({ tags: ['big deal'] });
  await client.deals.update({ id: deal.id, value: 100, stage: 'proposal' });
  await settle();
  expect(await client.deals.get({ id: deal.id })).toMatchObject({ tags: ['small deal'] });
  // The nudge began anew with the new stage; the chase waits for its first mail.
  expect(await ended('stale-deal-nudge')).toMatchObject({ statuses: ['succeeded', 'waiting'] });
  expect(await ended('quote-chase')).toMatchObject({ statuses: ['waiting'] });
  for (let days = 0; days < 16; days += 1) await pass(core, day);
  expect(await ended('stale-deal-nudge')).toEqual({
    statuses: ['succeeded', 'succeeded'],
    steps: ['two_weeks', 'two_weeks', 'decide', 'gone_quiet'],
  });
  expect(await ended('quote-chase')).toEqual({
    statuses: ['succeeded'],
    steps: ['three_days', 'question', 'five_days', 'call'],
  });
  expect(core.mailer.sent.map(({ subject }) => subject)).toEqual([
    'Any questions about Shop window?',
  ]);
  await client.deals.update({ id: deal.id, stage: 'lost' });
  await settle();
  await pass(core, 100 * day);
  expect(await ended('lost-deal-revival')).toEqual({
    statuses: ['succeeded'],
    steps: ['remember', 'three_months', 'ask_again', 'mark'],
  });
  await client.deals.update({ id: deal.id, stage: 'won' });
  await settle();
  expect(await ended('hand-over-on-won')).toEqual({
    statuses: ['succeeded'],
    steps: ['invoice', 'kick_off', 'thanks', 'customer', 'note', 'won'],
  });
});

test('templates of contacts, tasks and dates run on the sample data', async () => {
  const core = await sampleCore();
  const { client, settle } = core;
  const welcome = await publish(core, 'welcome-sequence');
  const birthday = await publish(core, 'birthday');
  const renewal = await publish(core, 'renewal');
  const hot = await publish(core, 'hot-lead-alert');
  const escalation = await publish(core, 'task-escalation');
  const weekly = await publish(core, 'weekly-summary');

  const won = await client.contacts.create({ first_name: 'Ida', email: 'ida@example.test' });
  const shy = await client.contacts.create({ first_name: 'Ben', email: 'ben@example.test' });
  await settle();
  await pass(core, hour);
  await client.contacts.update({ id: won.id, tags: ['customer', 'hot'] });
  await settle();
  expect(await onlyRunOf(core, hot.id)).toMatchObject({ status: 'succeeded', success_count: 2 });
  const byName = async () =>
    Object.fromEntries(
      (await runsOf(core, welcome.id)).map((run) => [
        run.record_name,
        run.end_reason ?? run.status,
      ]),
    );
  expect(await byName()).toEqual({ Ida: 'goal', Ben: 'waiting' });

  const late = await client.activities.create({
    type: 'task',
    title: 'Order paper',
    due_at: new Date(core.clock.now() + hour).toISOString(),
  });
  await client.contacts.update({ id: shy.id, cf_next_birthday: '2026-03-05' });
  const deal = await newDeal(client);
  await client.deals.update({ id: deal.id, cf_renewal_date: '2026-05-10' });
  await settle();
  for (let days = 0; days < 75; days += 1) await pass(core, day);

  expect(await byName()).toEqual({ Ida: 'goal', Ben: 'succeeded' });
  expect(await client.activities.get({ id: late.id })).toMatchObject({ priority: 'high' });
  const escalated = await runsOf(core, escalation.id);
  expect(escalated.find((run) => run.record_name === 'Order paper')).toMatchObject({
    status: 'succeeded',
    success_count: 2,
  });
  expect(await client.contacts.get({ id: shy.id })).toMatchObject({
    cf_next_birthday: '2027-03-05',
  });
  expect(await onlyRunOf(core, birthday.id)).toMatchObject({ status: 'succeeded' });
  const renewals = (await runsOf(core, renewal.id)).map(({ actions_executed: steps }) =>
    steps.filter(({ type }) => type === 'create_task').map(({ id }) => id),
  );
  expect(renewals).toEqual([['plan'], ['offer'], ['last_call']]);
  const weeks = await runsOf(core, weekly.id);
  expect(weeks.length).toBe(10);
  expect(
    weeks.every(({ status, success_count: count }) => status === 'succeeded' && count === 2),
  ).toBe(true);
});

test('a step template, ours or saved, is a step without faults', async () => {
  const { client } = await sampleCore();
  const { items } = await client.step_templates.list();
  expect(items).toHaveLength(15);
  for (const { step, name } of items) {
    const workflow = await client.workflows.create({
      name,
      status: 'active',
      trigger_type: 'manual',
      actions: [step],
    });
    expect(workflow.problems).toEqual([]);
  }
  const saved = await client.step_templates.create({
    name: 'My call',
    step: { id: 'step_9', type: 'create_task', config: { title: 'Call {{deal_title}}' } },
  });
  expect((await client.step_templates.list()).items.at(-1)).toEqual({
    id: saved.id,
    is_built_in: false,
    name: 'My call',
    summary: '',
    step: { type: 'create_task', config: { title: 'Call {{deal_title}}' } },
  });
  await client.step_templates.remove({ id: saved.id });
  expect((await client.step_templates.list()).items).toHaveLength(15);
  await expect(client.step_templates.remove({ id: 'call-tomorrow' })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(
    client.step_templates.create({
      name: 'Wrong',
      step: { type: 'create_task', config: { titel: 'x' } },
    }),
  ).rejects.toMatchObject({ code: 'validation_failed', data: { field: 'step.config.titel' } });
});
