import { expect, test } from 'vitest';
import { answered } from '../../../tests/support/fake-delivery.ts';
import { fileDump } from '../../../tests/support/file-dump.ts';
import { hook } from '../../../tests/support/mail.ts';
import { createTestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  branch,
  minute,
  only,
  pass,
  setField,
  task,
  wait,
} from '../../../tests/support/workflows.ts';

/** Runs that wait, branch, fail, are started by other runs, and send what is refused at first. */
async function live(): Promise<string[]> {
  const core = createTestCore();
  core.http.answers.push(answered(503), answered(429), answered(404));
  await activeWorkflow(core, 'deal_created', [
    task('first'),
    wait({ duration: '+1 minute' }),
    branch(
      only('deal.value', '>=', 500),
      [hook(), task('called')],
      [setField('contact', 'job_title', 'x')],
    ),
  ]);
  await activeWorkflow(core, 'task_created', [task('second')], { name: 'Hears' });
  for (const value of [900, 100, 700])
    await core.client.deals.create({ title: `D${value}`, value });
  for (let turn = 0; turn < 5; turn += 1) await pass(core, minute);
  return [...fileDump(core.outside)];
}

test('the same database, clock and seeds give the same result, to the last row', async () => {
  const first = await live();
  expect(first.length).toBeGreaterThan(100);
  expect(await live()).toEqual(first);
});
