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
  task,
  titlesOf,
} from '../../../../tests/support/workflows.ts';

const close = 'deal.expected_close_date';

const dateReached = (core: TestCore, config: Record<string, unknown>, more: object = {}) =>
  activeWorkflow(core, 'date_reached', [task('due: {{deal_title}}')], {
    trigger_config: config,
    ...more,
  });

/** Ends the program, lets time pass, and starts another on the same file. */
async function closedFor(core: TestCore, ms: number): Promise<TestCore> {
  await core.core.stop();
  core.clock.sleep(ms);
  const next = createTestCore({ dataDir: core.dataDir, clock: core.clock, source: 2 });
  await next.settle();
  return next;
}

const timedEvents = ({ outside }: TestCore) =>
  outside.prepare('SELECT * FROM timed_events ORDER BY due_at, record_id').all();

describe('date_reached', () => {
  test('fires on the day, also for records that were there before it was switched on', async () => {
    const core = createTestCore();
    const deal = await core.client.deals.create({
      title: 'Roof',
      expected_close_date: '2026-03-10',
    });
    const workflow = await dateReached(core, { field: close, offset: '-2 days', at: '09:00' });
    await pass(core, 6 * day - hour - 1);
    expect(await titlesOf(core)).toEqual([]);
    // Dates are looked for once a second.
    await pass(core, 1_000);
    expect(await titlesOf(core)).toEqual(['due: Roof']);
    const run = await onlyRunOf(core, workflow.id);
    expect(run).toMatchObject({
      status: 'succeeded',
      event_type: 'date_reached',
      record: { object: 'deal', id: deal.id },
    });
    expect(timedEvents(core)).toMatchObject([
      {
        workflow_id: workflow.id,
        trigger_index: 0,
        record_id: deal.id,
        due_at: '2026-03-08T08:00:00.000Z',
        outcome: 'fired',
      },
    ]);
    await pass(core, 30 * day);
    expect(await titlesOf(core)).toEqual(['due: Roof']);
  });

  test('follows the date when it changes, by whomever, and forgets it when it is emptied', async () => {
    const core = createTestCore();
    await dateReached(core, { field: close });
    const make = (title: string) =>
      core.client.deals.create({ title, expected_close_date: '2026-03-05' });
    const later = await make('Later');
    const bySql = await make('By SQL');
    const emptied = await make('Emptied');
    const gone = await make('Gone');
    await core.client.deals.update({ id: later.id, expected_close_date: '2026-03-08' });
    await core.client.deals.update({ id: emptied.id, expected_close_date: null });
    await core.client.deals.remove({ id: gone.id });
    core.outside
      .prepare("UPDATE deals SET expected_close_date = '2026-03-06' WHERE id = ?")
      .run(bySql.id);
    await pass(core, 3 * day);
    expect(await titlesOf(core)).toEqual([]);
    await pass(core, day);
    expect(await titlesOf(core)).toEqual(['due: By SQL']);
    await pass(core, 2 * day);
    expect(await titlesOf(core)).toEqual(['due: By SQL', 'due: Later']);
  });

  test('a date that is past when it is written does not fire, one that comes again does', async () => {
    const core = createTestCore();
    await dateReached(core, { field: close });
    await pass(core, 2 * minute);
    const deal = await core.client.deals.create({
      title: 'Roof',
      expected_close_date: '2026-03-01',
    });
    await pass(core, day);
    expect(await titlesOf(core)).toEqual([]);
    await core.client.deals.update({ id: deal.id, expected_close_date: '2026-03-04' });
    await pass(core, day);
    await core.client.deals.update({ id: deal.id, expected_close_date: '2026-03-05' });
    await pass(core, day);
    expect(await titlesOf(core)).toEqual(['due: Roof', 'due: Roof']);
  });

  test('asks its entry conditions, and is for its own workflow alone', async () => {
    const core = createTestCore();
    const conditions = {
      combinator: 'and',
      rules: [{ field: 'deal.value', operator: '>', value: 100 }],
    };
    const dear = await dateReached(core, { field: close }, { name: 'dear', conditions });
    const all = await dateReached(core, { field: close }, { name: 'all' });
    await core.client.deals.create({ title: 'A', value: 5, expected_close_date: '2026-03-03' });
    await pass(core, day);
    expect(await runsOf(core, dear.id)).toHaveLength(0);
    expect(await runsOf(core, all.id)).toHaveLength(1);
  });

  test('each date field of each object can be one', async () => {
    const core = createTestCore();
    const fields = [
      'contact.created_at',
      'contact.updated_at',
      'company.created_at',
      'company.updated_at',
      'deal.created_at',
      'deal.updated_at',
      'deal.expected_close_date',
      'task.due_at',
      'task.created_at',
      'task.updated_at',
      'task.completed_at',
    ];
    for (const field of fields) {
      await activeWorkflow(
        core,
        'date_reached',
        [{ type: 'send_notification', config: { title: field, message: '{{due_at}}' } }],
        { name: field, trigger_config: { field, offset: '+1 hour' } },
      );
    }
    await core.client.contacts.create({ first_name: 'Ada' });
    await core.client.companies.create({ name: 'Sun' });
    await core.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-03' });
    await core.client.activities.create({
      type: 'task',
      title: 'Call',
      due_at: '2026-03-03T00:00:00Z',
      completed_at: '2026-03-03T00:00:00Z',
    });
    await pass(core, 2 * day);
    const { items } = await core.client.notifications.list({ limit: 50 });
    expect(items.map(({ title }) => title).toSorted()).toEqual(fields.toSorted());
  });

  test('many at once are done in slices, each once', async () => {
    const clock = new FakeClock({ elapsedPerReading: 0.5 });
    const core = createTestCore({ clock });
    const workflow = await activeWorkflow(core, 'date_reached', [task('x')], {
      trigger_config: { field: close },
    });
    for (let index = 0; index < 250; index += 1)
      await core.client.deals.create({ title: `D${index}`, expected_close_date: '2026-03-03' });
    await pass(core, day);
    const runs = await runsOf(core, workflow.id);
    expect(runs).toHaveLength(250);
    expect(new Set(runs.map(({ record }) => record?.id)).size).toBe(250);
  });

  test('a clock set back by an hour fires nothing twice', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'date_reached', [task('due: {{activity_title}}')], {
      trigger_config: { field: 'task.due_at' },
    });
    await core.client.activities.create({
      type: 'task',
      title: 'Call',
      due_at: '2026-03-02T09:30:00Z',
    });
    await pass(core, hour);
    expect(await titlesOf(core)).toHaveLength(2);
    core.clock.setBack(hour);
    await core.settle();
    await pass(core, 2 * hour);
    expect(await titlesOf(core)).toHaveLength(2);
    expect(timedEvents(core)).toHaveLength(1);
  });
});

describe('task_overdue', () => {
  test('fires once at the due time of an open task, not for one that is done', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'task_overdue', [
      { type: 'send_notification', config: { title: '{{activity_title}}', message: '{{due_at}}' } },
    ]);
    const due = { type: 'task', due_at: '2026-03-02T12:00:00Z' } as const;
    await core.client.activities.create({ ...due, title: 'Open' });
    const done = await core.client.activities.create({ ...due, title: 'Done' });
    await core.client.activities.update({ id: done.id, completed_at: '2026-03-02T09:10:00Z' });
    await pass(core, 3 * hour);
    const { items } = await core.client.notifications.list({});
    expect(items).toMatchObject([{ title: 'Open', message: '2026-03-02T12:00:00.000Z' }]);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      event_type: 'task_overdue',
      record: { object: 'task' },
    });
    await pass(core, 30 * day);
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
  });
});

describe('schedule', () => {
  const schedule = (core: TestCore, config: Record<string, unknown>, settings: object = {}) =>
    activeWorkflow(core, 'schedule', [task('tick')], {
      trigger_config: config,
      settings: { ...settings },
    });

  test('fires at its very time, in its zone, and runs on no record', async () => {
    const core = createTestCore();
    const workflow = await schedule(core, { cron: '0 9 * * *', time_zone: 'America/New_York' });
    await pass(core, 5 * hour - 1);
    expect(await titlesOf(core)).toEqual([]);
    await pass(core, 1);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      event_type: 'schedule',
      record: null,
      started_at: '2026-03-02T14:00:00.000Z',
    });
    await pass(core, day);
    expect(await runsOf(core, workflow.id)).toHaveLength(2);
  });

  test("its zone is its own, else the workflow's, else that of Settings, else the machine's", async () => {
    const core = createTestCore();
    const due = async (config: Record<string, unknown>, settings: object = {}) => {
      const workflow = await schedule(core, { cron: '0 0 * * *', ...config }, settings);
      await pass(core, day);
      const [run] = await runsOf(core, workflow.id);
      await core.client.workflows.update({ id: workflow.id, status: 'paused' });
      const row = core.outside
        .prepare('SELECT due_at FROM timed_events WHERE workflow_id = ?')
        .pluck()
        .get(workflow.id) as string;
      expect(run).toBeDefined();
      return row.slice(11, 16);
    };
    expect(await due({})).toBe('23:00');
    await core.client.settings.update({ time_zone: 'Asia/Kolkata' });
    expect(await due({})).toBe('18:30');
    expect(await due({}, { time_zone: 'America/New_York' })).toBe('05:00');
    expect(await due({ time_zone: 'UTC' }, { time_zone: 'America/New_York' })).toBe('00:00');
  });

  test('fires at most once after a gap, for the last time that passed', async () => {
    const first = createTestCore();
    const workflow = await schedule(first, { cron: '0 * * * *' });
    const core = await closedFor(first, 100 * day);
    await pass(core, minute);
    const runs = await runsOf(core, workflow.id);
    expect(runs).toHaveLength(1);
    expect(timedEvents(core)).toMatchObject([{ due_at: '2026-06-10T09:00:00.000Z' }]);
  });

  test('paused means not watched: what passes meanwhile never fires', async () => {
    const core = createTestCore();
    const workflow = await schedule(core, { cron: '0 * * * *' });
    await core.client.workflows.update({ id: workflow.id, status: 'paused' });
    await pass(core, 5 * hour + 30 * minute);
    await core.client.workflows.update({ id: workflow.id, status: 'active' });
    await pass(core, minute);
    expect(await runsOf(core, workflow.id)).toHaveLength(0);
    await pass(core, 30 * minute);
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
  });

  test('is woken by what tells that time moved, before the poll', async () => {
    const core = createTestCore();
    const workflow = await schedule(core, { cron: '0 12 * * *' });
    await core.settle();
    core.clock.jump(3 * hour);
    core.core.timeMayHaveMoved();
    await core.settle();
    expect(await runsOf(core, workflow.id)).toHaveLength(1);
  });
});

describe('missed while nothing was running', () => {
  const missed = (core: TestCore, settings: Record<string, unknown>) =>
    dateReached(core, { field: close, at: '12:00' }, { settings });

  async function oneMissed(settings: Record<string, unknown>) {
    const first = createTestCore();
    const workflow = await missed(first, settings);
    await first.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-03' });
    const core = await closedFor(first, 3 * day);
    return { core, workflow };
  }

  test('run is the default: it fires late', async () => {
    const { core } = await oneMissed({});
    expect(await titlesOf(core)).toEqual(['due: Roof']);
  });

  test('skip leaves it out, for good', async () => {
    const { core, workflow } = await oneMissed({ missed: 'skip' });
    expect(await runsOf(core, workflow.id)).toEqual([]);
    expect(timedEvents(core)).toMatchObject([{ outcome: 'skipped', event_id: null }]);
  });

  test('max_lateness: what is later is skipped', async () => {
    const late = await oneMissed({ max_lateness: '+1 day' });
    expect(await titlesOf(late.core)).toEqual([]);
    const inTime = await oneMissed({ max_lateness: '+1 week' });
    expect(await titlesOf(inTime.core)).toEqual(['due: Roof']);
  });

  test('a program that was away for less than a minute has missed nothing', async () => {
    const first = createTestCore();
    await missed(first, { missed: 'skip' });
    await first.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-02' });
    await pass(first, 2 * hour - 10_000);
    const core = await closedFor(first, 50_000);
    expect(await titlesOf(core)).toEqual(['due: Roof']);
  });

  test('the sleep of the machine is an absence too', async () => {
    const core = createTestCore();
    const workflow = await missed(core, { missed: 'skip' });
    await core.client.deals.create({ title: 'Roof', expected_close_date: '2026-03-03' });
    await core.settle();
    core.clock.sleep(3 * day);
    await core.settle();
    expect(await runsOf(core, workflow.id)).toEqual([]);
  });
});
