import { expect, onTestFinished, test } from 'vitest';
import { sequentialIds } from '../../../../tests/support/sequential-ids.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  onlyRunOf,
  pass,
  task,
  titlesOf,
  wait,
} from '../../../../tests/support/workflows.ts';
import { dealKind } from '../../crm/deals/deal-kind.ts';
import { createRecord, updateRecord } from '../../crm/records/record-store.ts';
import { openDatabase } from '../../db/open-database.ts';
import { Committer, type RunWorkflows, type UnitOfWork } from '../../db/unit-of-work.ts';
import { EventBus } from '../../events/event-bus.ts';

/** A core with workflows on new, changed and tagged deals, a deal, and a way to write in bulk. */
async function setUp() {
  const core = createTestCore();
  const connection = openDatabase(core.dataDir);
  onTestFinished(() => {
    connection.sqlite.close();
  });
  const committer = new Committer(
    connection,
    core.clock,
    sequentialIds(7),
    new EventBus(core.logger),
  );
  const old = await core.client.deals.create({ title: 'old' });
  await core.settle();
  await activeWorkflow(core, 'deal_created', [task('created {{deal_title}}')]);
  await activeWorkflow(core, 'deal_updated', [task('changed {{deal_title}}')]);
  await activeWorkflow(core, 'tag_added', [task('tagged {{deal_title}}')]);
  await core.settle();
  const bulk = (choice: RunWorkflows | undefined, work: (unit: UnitOfWork) => void): void =>
    committer.commit({ kind: 'user' }, work, choice === undefined ? {} : { runWorkflows: choice });
  return { core, old, bulk };
}

test.each<[RunWorkflows | undefined, string[]]>([
  ['none', []],
  ['new', ['created new', 'tagged new']],
  ['all', ['changed old', 'created new', 'tagged new']],
  [undefined, ['changed old', 'created new', 'tagged new']],
])('a bulk write that runs workflows for %s', async (choice, expected) => {
  const { core, old, bulk } = await setUp();
  bulk(choice, (unit) => {
    createRecord(unit, dealKind, { title: 'new', tags: ['vip'] });
    updateRecord(unit, dealKind, old.id, { value: 5 });
  });
  await pass(core, 1_000);
  expect((await titlesOf(core)).toSorted()).toEqual(expected);
  // The facts are kept all the same.
  const types = core.outside.prepare('SELECT type FROM events WHERE record_id = ?').pluck();
  expect(types.all(old.id)).toEqual(['deal_created', 'deal_updated']);
});

test('waits are ended by what starts no workflow', async () => {
  const { core, old, bulk } = await setUp();
  const waiting = await activeWorkflow(core, 'manual', [wait({ until_event: 'deal_won' })]);
  await core.client.workflows.execute({ id: waiting.id, deal_id: old.id });
  await core.settle();
  bulk('none', (unit) => {
    updateRecord(unit, dealKind, old.id, { stage: 'won' });
  });
  await pass(core, 1_000);
  expect(await onlyRunOf(core, waiting.id)).toMatchObject({ status: 'succeeded' });
  expect(await titlesOf(core)).toEqual([]);
});
