import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileDump } from '../tests/support/file-dump.ts';
import { createTestCore } from '../tests/support/test-core.ts';
import { workerThread } from './reader-thread.ts';

const entry = join(import.meta.dirname, 'rehearsal-worker.ts');

test('rehearses the past on a thread, while the core writes; what is at fault is said as by a call', async () => {
  const core = createTestCore({
    startRehearsal: () => workerThread(entry, 'trellis-rehearsal'),
  });
  const { client, clock } = core;
  const from = clock.nowText();
  clock.jump(1);
  await client.deals.create({ title: 'Roof' });
  clock.jump(1);
  const draft = {
    trigger_type: 'deal_created',
    actions: [{ type: 'create_task', config: { title: 'Call {{deal.title}}' } }],
  };
  const asked = client.rehearsal.result({ draft, on: { kind: 'past', from } });
  const late = await client.contacts.create({ first_name: 'Late' });
  await core.settle();
  const before = [...fileDump(core.outside)];
  const { runs } = await asked;
  expect(runs.map(({ steps }) => steps[0]?.step.input['title'])).toEqual(['Call Roof']);
  expect([...fileDump(core.outside)]).toEqual(before);
  expect(await client.contacts.get({ id: late.id })).toMatchObject({ first_name: 'Late' });
  await expect(
    client.rehearsal.result({
      draft: { trigger_type: 'deal_created' },
      on: { kind: 'past', from },
    }),
  ).rejects.toMatchObject({ code: 'validation_failed' });
});
