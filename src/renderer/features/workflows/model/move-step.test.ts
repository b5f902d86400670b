import { expect, test } from 'vitest';
import { placedSteps } from './draft-tree.ts';
import { canMoveTo, moveStepTo, pasteStep, placeOfStep } from './move-step.ts';
import { clipboardTextOf, stepOfClipboard } from './step-clipboard.ts';
import { emptyDraft, readSteps, type WorkflowDraft } from './workflow-draft.ts';

const task = (id: string) => ({ id, type: 'create_task', config: { title: id } });
const draft: WorkflowDraft = {
  ...emptyDraft(),
  steps: readSteps([
    task('a'),
    { id: 'ask', type: 'if', config: {}, then: [task('b'), task('c')], else: [] },
    task('d'),
  ]),
};
const root = { parent: null, list: 0 };
const then = { parent: 'ask', list: 0 };
const otherwise = { parent: 'ask', list: 1 };

const order = ({ steps }: WorkflowDraft): string[] =>
  placedSteps(steps).map(({ step, path }) => `${step.id} ${path}`);

test('a step moves within its list, into a branch, out of one and across', () => {
  expect(order(moveStepTo(draft, 'a', root, 3))).toEqual([
    'ask actions[0]',
    'b actions[0].then[0]',
    'c actions[0].then[1]',
    'd actions[1]',
    'a actions[2]',
  ]);
  expect(order(moveStepTo(draft, 'd', then, 1))).toContain('d actions[1].then[1]');
  expect(order(moveStepTo(draft, 'b', root, 0))[0]).toBe('b actions[0]');
  expect(order(moveStepTo(draft, 'c', otherwise, 0))).toContain('c actions[1].else[0]');
});

test('a step goes neither into itself nor to where it is', () => {
  expect(canMoveTo(draft, 'ask', then, 0)).toBe(false);
  expect(canMoveTo(draft, 'b', then, 0)).toBe(false);
  expect(canMoveTo(draft, 'b', then, 1)).toBe(false);
  expect(canMoveTo(draft, 'b', then, 2)).toBe(true);
  expect(moveStepTo(draft, 'ask', otherwise, 0)).toBe(draft);
  expect(moveStepTo(draft, 'nobody', root, 0)).toBe(draft);
});

test('a step copied as text is the same in another place, under ids of its own', () => {
  const place = placeOfStep(draft.steps, 'ask');
  expect(place).toEqual({ place: root, at: 1 });
  const ask = draft.steps[1];
  const read = ask && stepOfClipboard(clipboardTextOf(ask));
  expect(read).toEqual(ask);
  if (!read) return;
  const pasted = pasteStep(draft, read, otherwise, 0);
  const ids = placedSteps(pasted.draft.steps).map(({ step }) => step.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(8);
  expect(placeOfStep(pasted.draft.steps, pasted.id)?.place).toEqual(otherwise);
});

test('any other text is no step', () => {
  const texts = ['', 'hello', '{}', '[]', '{"trellis_step": null}', '{"trellis_step": []}'];
  expect(texts.filter((text) => stepOfClipboard(text) !== null)).toEqual([]);
});
