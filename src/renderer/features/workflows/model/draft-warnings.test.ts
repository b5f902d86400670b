import { expect, test } from 'vitest';
import { warningsOfDraft } from './draft-warnings.ts';
import { emptyDraft, readSteps } from './workflow-draft.ts';

const task = { type: 'create_task', config: { title: 'Call' } };
const stop = { type: 'stop', config: {} };

function warnings(actions: object[], hasMailAccount: boolean | null = true): string[] {
  const draft = { ...emptyDraft(), steps: readSteps(actions) };
  return warningsOfDraft(draft, hasMailAccount).map(({ code, path }) => `${code} ${path}`);
}

test('a step behind one that ends each run is never reached', () => {
  expect(warnings([task, stop, task, task])).toEqual(['unreachable actions[2]']);
  expect(warnings([{ type: 'if', config: {}, then: [stop, task], else: [] }, task])).toEqual([
    'unreachable actions[0].then[1]',
  ]);
  expect(warnings([{ type: 'if', config: {}, then: [stop], else: [stop] }, task])).toEqual([
    'unreachable actions[1]',
  ]);
});

test('a step that may be reached is not told of', () => {
  expect(warnings([{ ...stop, enabled: false }, task])).toEqual([]);
  expect(warnings([{ type: 'if', config: {}, then: [stop], else: [] }, task])).toEqual([]);
  expect(warnings([{ type: 'for_each', config: {}, do: [stop] }, task])).toEqual([]);
  expect(warnings([task, stop])).toEqual([]);
});

test('mail without an account is told of, once it is known that there is none', () => {
  const mail = { type: 'send_email', config: { to: 'a@example.com', subject: 'x', body: 'y' } };
  expect(warnings([mail], false)).toEqual(['no_mail_account actions[0]']);
  expect(warnings([mail], null)).toEqual([]);
  expect(warnings([{ ...mail, enabled: false }], false)).toEqual([]);
});
