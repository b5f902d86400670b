import { expect, test } from 'vitest';
import { fileDump } from '../../../../tests/support/file-dump.ts';
import { answerOf } from '../../../../tests/support/rehearse.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  pass,
  setField,
  task,
  wait,
} from '../../../../tests/support/workflows.ts';

const steps = (stage: string) => [
  { ...task('Call {{contact.name}} about {{deal.title}}'), id: 'call' },
  { ...wait({ duration: '+2 days' }), id: 'pause' },
  { ...setField('deal', 'stage', stage), id: 'move' },
];

test('a rehearsal that is kept passes until the workflow does something else, whatever becomes of the record', async () => {
  const core = createTestCore();
  const { client } = core;
  const workflow = await activeWorkflow(core, 'deal_created', steps('proposal'));
  const contact = await client.contacts.create({ first_name: 'Anna' });
  const deal = await client.deals.create({ title: 'Roof', value: 100, contact_id: contact.id });
  await core.settle();
  const { id } = workflow;
  const kept = await client.workflow_tests.keep({
    id,
    name: 'A new deal',
    record: { object: 'deal', id: deal.id },
  });
  await client.deals.update({ id: deal.id, title: 'Other', stage: 'won' });
  await pass(core, 30 * day);
  const before = [...fileDump(core.outside)];
  const run = async (stage?: string) => {
    const draft = stage === undefined ? {} : { draft: { actions: steps(stage) } };
    return (await answerOf(core, client.workflow_tests.run({ id, ...draft }))).items;
  };
  expect(await run()).toMatchObject([{ test: { name: 'A new deal' }, passed: true }]);
  expect(await run('negotiation')).toMatchObject([
    {
      passed: false,
      differences: [
        { step_id: 'move', what: 'deal.stage', expected: 'proposal', found: 'negotiation' },
      ],
    },
  ]);
  expect([...fileDump(core.outside)]).toEqual(before);
  await client.workflow_tests.accept({
    id,
    test_id: kept.id,
    draft: { actions: steps('negotiation') },
  });
  expect(await run('negotiation')).toMatchObject([{ passed: true }]);
  await client.workflow_tests.remove({ id, test_id: kept.id });
  expect((await client.workflow_tests.list({ id })).items).toEqual([]);
});
