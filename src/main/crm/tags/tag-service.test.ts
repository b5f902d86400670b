import { expect, test } from 'vitest';
import { logicalDump } from '../../../../tests/support/logical-dump.ts';
import { storedEvents } from '../../../../tests/support/stored-rows.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';

async function tagged() {
  const core = createTestCore({ start: false });
  const { client } = core;
  const anna = await client.contacts.create({ first_name: 'Anna', tags: ['vip', 'spring'] });
  const deal = await client.deals.create({ title: 'Roof', tags: ['spring'] });
  const gone = await client.companies.create({ name: 'Berg', tags: ['spring'] });
  await client.companies.remove({ id: gone.id });
  const idOf = async (name: string) =>
    (await client.tags.list()).find((tag) => tag.name === name)?.id ?? '';
  return { ...core, anna, deal, spring: await idOf('spring'), vip: await idOf('vip') };
}

/** What goes in slices needs the clock's turns. */
async function inTurns<T>({ clock }: Pick<TestCore, 'clock'>, work: Promise<T>): Promise<T> {
  for (let turn = 0; turn < 50; turn += 1) {
    await Promise.resolve();
    clock.runToIdle();
  }
  return work;
}

test('a tag has a colour and a count, and is renamed wherever it is', async () => {
  const { client, anna, spring, vip } = await tagged();
  await client.tags.update({ id: vip, color: 'amber' });
  await client.tags.update({ id: spring, name: 'Spring 26' });
  expect(await client.tags.list()).toEqual([
    { id: spring, name: 'Spring 26', color: 'grey', record_count: 2 },
    { id: vip, name: 'vip', color: 'amber', record_count: 1 },
  ]);
  expect((await client.contacts.get({ id: anna.id })).tags).toEqual(['Spring 26', 'vip']);
  await expect(client.tags.update({ id: vip, name: 'SPRING 26' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await client.history.undo()).action).toMatchObject({ object: 'tag' });
  await client.history.undo();
  expect(await client.tags.list()).toMatchObject([{ name: 'spring' }, { color: 'grey' }]);
});

test('one merged into another changes every record in one action, each told, and comes back', async () => {
  const core = await tagged();
  const { client, outside, spring, vip, anna, deal } = core;
  await client.tags.update({ id: spring, color: 'green' });
  const before = logicalDump(outside);
  expect(await inTurns(core, client.tags.merge({ id: spring, into: vip }))).toEqual({ count: 2 });
  const after = logicalDump(outside);
  expect((await client.contacts.get({ id: anna.id })).tags).toEqual(['vip']);
  expect((await client.deals.get({ id: deal.id })).tags).toEqual(['vip']);
  expect((await client.tags.list()).map(({ name }) => name)).toEqual(['vip']);
  expect(storedEvents(outside).filter(({ type }) => type === 'tag_removed')).toHaveLength(2);
  const { action, conflict_count } = await client.history.undo();
  expect([action?.kind, conflict_count]).toEqual(['bulk_edit', 0]);
  expect(logicalDump(outside)).toEqual(before);
  expect(await client.tags.list()).toMatchObject([{ id: spring, color: 'green' }, {}]);
  await client.history.redo();
  expect(logicalDump(outside)).toEqual(after);
  await expect(client.tags.merge({ id: vip, into: vip })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('one that is deleted leaves every record, and comes back by undo', async () => {
  const core = await tagged();
  const before = logicalDump(core.outside);
  expect(await inTurns(core, core.client.tags.remove({ id: core.spring }))).toEqual({ count: 2 });
  expect((await core.client.contacts.get({ id: core.anna.id })).tags).toEqual(['vip']);
  await core.client.history.undo();
  expect(logicalDump(core.outside)).toEqual(before);
});
