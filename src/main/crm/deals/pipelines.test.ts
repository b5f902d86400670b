import { describe, expect, test } from 'vitest';
import { logicalDump } from '../../../../tests/support/logical-dump.ts';
import { storedEvents } from '../../../../tests/support/stored-rows.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';

/** What goes in slices needs the clock's turns. */
async function inTurns<T>({ clock }: Pick<TestCore, 'clock'>, work: Promise<T>): Promise<T> {
  for (let turn = 0; turn < 50; turn += 1) {
    await Promise.resolve();
    clock.runToIdle();
  }
  return work;
}

async function setUp() {
  const core = createTestCore({ start: false });
  const renewals = await core.client.pipelines.create({
    name: 'Renewals',
    stages: [
      { name: 'Due', probability: 60 },
      { name: 'Proposal', probability: 80 },
      { name: 'Won', kind: 'won' },
    ],
  });
  return { ...core, renewals };
}

describe('a pipeline', () => {
  test('a new file has one, with the stages the guide names', async () => {
    const { client } = createTestCore({ start: false });
    const { items } = await client.pipelines.list();
    expect(items).toMatchObject([{ slug: 'sales', name: 'Sales', position: 0 }]);
    expect(items[0]?.stages.map(({ slug, probability }) => [slug, probability])).toEqual([
      ['qualification', 25],
      ['proposal', 50],
      ['negotiation', 75],
      ['won', 100],
      ['lost', 0],
    ]);
  });

  test('has stages whose slugs are unlike all others', async () => {
    const { client, renewals } = await setUp();
    expect(renewals).toMatchObject({ slug: 'renewals', position: 1 });
    expect(renewals.stages).toMatchObject([
      { slug: 'due', pipeline: 'renewals', kind: 'open', probability: 60 },
      { slug: 'renewals_proposal', probability: 80 },
      { slug: 'renewals_won', kind: 'won', probability: 100 },
    ]);
    expect((await client.pipeline.stages()).map((stage) => stage.slug)).toEqual([
      'qualification',
      'proposal',
      'negotiation',
      'won',
      'lost',
      'due',
      'renewals_proposal',
      'renewals_won',
    ]);
    const { id } = renewals;
    await expect(client.stages.create({ id, name: 'X', slug: 'won' })).rejects.toMatchObject({
      code: 'validation_failed',
      data: { field: 'slug' },
    });
    await expect(client.pipelines.create({ name: 'Renewals' })).rejects.toMatchObject({
      data: { field: 'name' },
    });
    await expect(
      client.pipelines.create({ name: 'Ends', stages: [{ name: 'End', kind: 'won' }] }),
    ).rejects.toMatchObject({ data: { field: 'stages' } });
  });

  test('is named and put in order, and so are its stages', async () => {
    const { client, renewals } = await setUp();
    await client.pipelines.update({ id: renewals.id, name: 'Yearly', position: 0 });
    const added = await client.stages.create({ id: renewals.id, name: 'Überfällig' });
    expect(added).toMatchObject({ slug: 'uberfallig', position: 2, probability: 50 });
    await client.stages.update({ slug: 'due', name: 'Soon', position: 1, probability: 10 });
    const { items } = await client.pipelines.list();
    expect(items.map(({ slug, name }) => [slug, name])).toEqual([
      ['renewals', 'Yearly'],
      ['sales', 'Sales'],
    ]);
    expect(items[0]?.stages.map(({ slug, name, position }) => [slug, name, position])).toEqual([
      ['renewals_proposal', 'Proposal', 0],
      ['due', 'Soon', 1],
      ['uberfallig', 'Überfällig', 2],
      ['renewals_won', 'Won', 3],
    ]);
    // Deals begin in the first one.
    expect(await client.deals.create({ title: 'D' })).toMatchObject({ pipeline: 'renewals' });
  });

  test('keeps a stage to begin in', async () => {
    const { client, renewals } = await setUp();
    await client.stages.remove({ slug: 'renewals_proposal' });
    await expect(client.stages.remove({ slug: 'due' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(client.stages.update({ slug: 'due', kind: 'lost' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await client.pipelines.remove({ id: renewals.id });
    const [sales] = (await client.pipelines.list()).items;
    await expect(client.pipelines.remove({ id: sales?.id ?? '' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a deal', () => {
  test('goes to another pipeline by its name or by a stage there', async () => {
    const { client, outside } = await setUp();
    const deal = await client.deals.create({ title: 'Roof', pipeline: 'renewals' });
    expect(deal).toMatchObject({ pipeline: 'renewals', stage: 'due' });
    expect(await client.deals.update({ id: deal.id, stage: 'won' })).toMatchObject({
      pipeline: 'sales',
      status: 'won',
    });
    // What is won stays won.
    expect(await client.deals.update({ id: deal.id, pipeline: 'renewals' })).toMatchObject({
      stage: 'renewals_won',
    });
    expect(storedEvents(outside).at(-2)).toMatchObject({
      type: 'deal_updated',
      data: {
        changes: {
          stage: { old: 'won', new: 'renewals_won' },
          pipeline: { old: 'sales', new: 'renewals' },
        },
      },
    });
    await expect(
      client.deals.create({ title: 'D', pipeline: 'sales', stage: 'due' }),
    ).rejects.toMatchObject({ data: { field: 'stage' } });
    await expect(client.deals.create({ title: 'D', pipeline: 'nope' })).rejects.toMatchObject({
      data: { field: 'pipeline' },
    });
  });

  test('is filtered, grouped and sorted by its pipeline', async () => {
    const { client } = await setUp();
    await client.deals.create({ title: 'A', pipeline: 'renewals' });
    await client.deals.create({ title: 'B' });
    const conditions = {
      combinator: 'and',
      rules: [{ field: 'deal.pipeline', operator: '=', value: 'renewals' }],
    };
    const found = await client.views.query({ object: 'deal', conditions });
    expect(found.items.map((deal) => deal['title'])).toEqual(['A']);
    expect(await client.views.groups({ object: 'deal', group_by: 'pipeline' })).toMatchObject([
      { value: 'sales', count: 1 },
      { value: 'renewals', count: 1 },
    ]);
    const sort = { field: 'pipeline', direction: 'desc' } as const;
    const sorted = await client.views.query({ object: 'deal', sort });
    expect(sorted.items.map((deal) => deal['title'])).toEqual(['A', 'B']);
    expect(await client.pipeline.board({ pipeline: 'renewals' })).toMatchObject([
      { slug: 'due', deal_count: 1 },
      { deal_count: 0 },
      { deal_count: 0 },
    ]);
  });
});

describe('removing', () => {
  test('a stage asks where its deals go, and undo brings it back with them', async () => {
    const { client, outside, clock } = await setUp();
    const deal = await client.deals.create({ title: 'A', stage: 'proposal' });
    const binned = await client.deals.create({ title: 'B', stage: 'proposal' });
    await client.deals.remove({ id: binned.id });
    await expect(client.stages.remove({ slug: 'proposal' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('1 deals are in it'),
    });
    await expect(
      inTurns({ clock }, client.stages.dissolve({ slug: 'proposal', move_to: 'proposal' })),
    ).rejects.toMatchObject({ data: { field: 'move_to' } });

    const before = logicalDump(outside);
    const done = client.stages.dissolve({ slug: 'proposal', move_to: 'due' });
    expect(await inTurns({ clock }, done)).toEqual({ count: 1 });
    expect(await client.deals.get({ id: deal.id })).toMatchObject({ stage: 'due' });
    expect(storedEvents(outside).at(-1)).toMatchObject({ data: { starts: false } });

    expect(await inTurns({ clock }, client.history.undo())).toMatchObject({ conflict_count: 0 });
    expect(logicalDump(outside)).toEqual(before);
    await client.bin.restore({ records: [{ object: 'deal', id: binned.id }] });
    expect(await client.deals.get({ id: binned.id })).toMatchObject({ stage: 'proposal' });
  });

  test('a pipeline takes its stages along, there and back', async () => {
    const { client, outside, clock, renewals } = await setUp();
    await client.deals.create({ title: 'A', stage: 'renewals_won' });
    await client.deals.create({ title: 'B', stage: 'due' });
    const before = logicalDump(outside);
    const { id } = renewals;
    const done = client.pipelines.dissolve({ id, move_to: 'lost' });
    expect(await inTurns({ clock }, done)).toEqual({ count: 2 });
    const after = logicalDump(outside);
    expect((await client.pipelines.list()).items).toHaveLength(1);
    await inTurns({ clock }, client.history.undo());
    expect(logicalDump(outside)).toEqual(before);
    await inTurns({ clock }, client.history.redo());
    expect(logicalDump(outside)).toEqual(after);
  });

  test('a stage parks the workflow that names it, and undo lets it run again', async () => {
    const { client, clock } = createTestCore();
    const workflow = await client.workflows.create({
      name: 'Praise',
      status: 'active',
      trigger_type: 'deal_stage_changed',
      trigger_config: { to_stage: 'negotiation' },
      actions: [{ type: 'send_notification', config: { title: 'Go', message: 'on' } }],
    });
    await client.stages.remove({ slug: 'negotiation' });
    const deal = await client.deals.create({ title: 'A' });
    clock.runToIdle();
    expect(await client.workflows.get({ id: workflow.id })).toMatchObject({
      parked_reason: expect.stringContaining('Unknown stage "negotiation"'),
    });
    await client.deals.remove({ id: deal.id });
    await client.history.undo();
    await client.history.undo();
    await client.history.undo();
    const next = await client.deals.create({ title: 'B' });
    await client.deals.update({ id: next.id, stage: 'negotiation' });
    clock.runToIdle();
    expect(await client.workflows.get({ id: workflow.id })).toMatchObject({
      parked_reason: null,
      execution_count: 1,
    });
  });
});
