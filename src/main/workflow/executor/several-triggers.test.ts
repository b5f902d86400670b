import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  day,
  only,
  onlyRunOf,
  pass,
  runsOf,
  task,
  titlesOf,
} from '../../../../tests/support/workflows.ts';

const two = [
  { type: 'deal_won', config: {} },
  { type: 'contact_created', config: {} },
];

describe('several triggers in one workflow', () => {
  test('each is heard; the keys of the others are empty, with a warning', async () => {
    const core = createTestCore();
    const workflow = await core.client.workflows.create({
      name: 'both',
      status: 'active',
      triggers: two,
      actions: [task('[{{deal_title}}] [{{contact_name}}] [{{deal.title}}]')],
    });
    expect(workflow).toMatchObject({
      trigger_type: 'deal_won',
      trigger_config: {},
      triggers: two,
      problems: [],
    });
    await core.client.contacts.create({ first_name: 'Ada' });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, stage: 'won' });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['[] [Ada] []', '[Roof] [] [Roof]']);
    const [first] = await runsOf(core, workflow.id);
    expect(first?.actions_executed[0]?.warnings).toEqual([
      'title: {{deal_title}} was empty',
      'title: {{deal.title}} was empty',
    ]);
  });

  test('an event that two of them match starts one run', async () => {
    const core = createTestCore();
    const workflow = await core.client.workflows.create({
      name: 'same',
      status: 'active',
      triggers: [
        { type: 'deal_updated', config: { fields: ['title'] } },
        { type: 'deal_updated', config: { fields: ['value'] } },
      ],
      actions: [task('x')],
    });
    const deal = await core.client.deals.create({ title: 'Roof' });
    await core.client.deals.update({ id: deal.id, title: 'New', value: 5 });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
    await core.client.deals.update({ id: deal.id, description: 'x' });
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
  });

  test('timed ones beside others fire under their own number', async () => {
    const core = createTestCore();
    const workflow = await core.client.workflows.create({
      name: 'mixed',
      status: 'active',
      triggers: [
        { type: 'deal_won' },
        { type: 'schedule', config: { cron: '0 12 * * *' } },
        { type: 'date_reached', config: { field: 'deal.expected_close_date' } },
      ],
      actions: [task('x')],
    });
    await core.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-03' });
    await pass(core, day);
    expect(
      core.outside.prepare('SELECT trigger_index, type FROM timed_events ORDER BY due_at').all(),
    ).toEqual([
      { trigger_index: 1, type: 'schedule' },
      { trigger_index: 2, type: 'date_reached' },
    ]);
    expect(await runsOf(core, workflow.id)).toHaveLength(2);
  });

  test('the columns are the first trigger: an UPDATE of them changes it alone', async () => {
    const core = createTestCore();
    const workflow = await core.client.workflows.create({
      name: 'sql',
      status: 'active',
      triggers: two,
      actions: [task('x')],
    });
    core.outside
      .prepare("UPDATE workflows SET trigger_type = 'company_created' WHERE id = ?")
      .run(workflow.id);
    await core.client.companies.create({ name: 'Sun' });
    await core.client.contacts.create({ first_name: 'Ada' });
    await core.settle();
    expect((await runsOf(core, workflow.id)).map(({ event_type }) => event_type)).toEqual([
      'company_created',
      'contact_created',
    ]);
    core.outside
      .prepare("UPDATE workflows SET further_triggers = 'nonsense' WHERE id = ?")
      .run(workflow.id);
    await core.client.companies.create({ name: 'Moon' });
    await core.settle();
    const parked = await core.client.workflows.get({ id: workflow.id });
    expect(parked.parked_reason).toMatch(/^further_triggers: .*is not JSON/);
    expect(await core.client.workflows.update({ id: workflow.id, triggers: two })).toMatchObject({
      parked_reason: null,
      triggers: two,
    });
  });

  test('a patch of trigger_type changes the first, one of triggers all', async () => {
    const core = createTestCore();
    const { id } = await core.client.workflows.create({ name: 'p', triggers: two, actions: [] });
    const patch = (change: object) => core.client.workflows.update({ id, ...change });
    expect(await patch({ trigger_type: 'deal_lost' })).toMatchObject({
      triggers: [{ type: 'deal_lost' }, { type: 'contact_created' }],
    });
    expect(await patch({ name: 'q' })).toMatchObject({ triggers: [{ type: 'deal_lost' }, two[1]] });
    expect(await patch({ triggers: [{ type: 'manual' }] })).toMatchObject({
      trigger_type: 'manual',
      triggers: [{ type: 'manual', config: {} }],
    });
    expect(core.outside.prepare('SELECT further_triggers FROM workflows').pluck().get()).toBeNull();
  });

  test.each<[object, string]>([
    [{}, 'trigger_type'],
    [{ triggers: [] }, 'triggers'],
    [{ triggers: 'deal_won' }, 'triggers'],
    [{ triggers: ['deal_won'] }, 'triggers[0]'],
    [{ triggers: [{ type: 'deal_won', when: 1 }] }, 'triggers[0].when'],
    [{ triggers: two, trigger_type: 'manual' }, 'trigger_type'],
    [{ triggers: two, trigger_config: { to_stage: 'won' } }, 'trigger_config'],
    [{ triggers: [two[0], 5] }, 'triggers[1]'],
    [{ triggers: [two[0], { type: 'never' }] }, 'triggers[1].type'],
    [{ triggers: [two[0], { type: 'deal_won', when: 1 }] }, 'triggers[1].when'],
    [{ triggers: [two[0], { type: 'deal_won', config: 5 }] }, 'triggers[1].config'],
    [{ triggers: [two[0], { type: 'deal_won', config: { x: 1 } }] }, 'triggers[1].config.x'],
    [
      { triggers: [two[0], { type: 'date_reached', config: { field: 'deal.title' } }] },
      'triggers[1].config.field',
    ],
    [{ triggers: [two[0], { type: 'schedule' }] }, 'triggers[1].config.cron'],
    [{ trigger_type: 'schedule', trigger_config: { cron: '* * * * * *' } }, 'trigger_config.cron'],
    [
      { trigger_type: 'schedule', trigger_config: { cron: '0 9 * * *', time_zone: 'Mars' } },
      'trigger_config.time_zone',
    ],
    [
      {
        trigger_type: 'date_reached',
        trigger_config: { field: 'deal.created_at', offset: 'soon' },
      },
      'trigger_config.offset',
    ],
    [
      { trigger_type: 'date_reached', trigger_config: { field: 'deal.created_at', at: '9' } },
      'trigger_config.at',
    ],
    [{ trigger_type: 'task_overdue', trigger_config: { field: 'x' } }, 'trigger_config.field'],
    [{ trigger_type: 'schedule', trigger_config: {} }, 'trigger_config.cron'],
    [{ trigger_type: 'deal_won', settings: { missed: 'never' } }, 'settings.missed'],
    [{ trigger_type: 'deal_won', settings: { max_lateness: '-1 day' } }, 'settings.max_lateness'],
    [
      { trigger_type: 'deal_won', settings: { missed: 'skip', max_lateness: '+1 day' } },
      'settings.max_lateness',
    ],
    [{ trigger_type: 'deal_won', settings: { goal: 'won' } }, 'settings.goal'],
    [
      { trigger_type: 'deal_won', settings: { goal: only('task.title', '=', 'x') } },
      'settings.goal.rules[0].field',
    ],
    [
      { trigger_type: 'deal_won', settings: { exit_when: only('deal.colour', '=', 'x') } },
      'settings.exit_when.rules[0].field',
    ],
  ])('%j is refused at %s', async (input, field) => {
    const core = createTestCore();
    await expect(
      core.client.workflows.create({
        name: 'bad',
        status: 'active',
        actions: [task('x')],
        ...input,
      }),
    ).rejects.toMatchObject({ code: 'validation_failed', data: { field } });
  });

  test('an object that no trigger supplies is refused, one of any may be named', async () => {
    const core = createTestCore();
    const set = (object: string) => ({
      type: 'update_field',
      config: { object, field: object === 'task' ? 'title' : 'phone', value: '+49 30 123456' },
    });
    const create = (object: string) =>
      core.client.workflows.create({
        name: object,
        status: 'active',
        triggers: [
          { type: 'contact_created' },
          { type: 'date_reached', config: { field: 'company.created_at', offset: '+1 day' } },
        ],
        actions: [set(object)],
      });
    await expect(create('task')).rejects.toMatchObject({
      data: { field: 'actions[0].config.object' },
    });
    const workflow = await create('contact');
    await core.client.companies.create({ name: 'Sun' });
    await pass(core, 2 * day);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({ status: 'failed' });
  });
});
