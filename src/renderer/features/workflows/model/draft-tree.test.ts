import { describe, expect, test } from 'vitest';
import {
  changeStep,
  duplicateStep,
  insertStep,
  isShownList,
  moveStep,
  placedSteps,
  removeStep,
  rootList,
} from './draft-tree.ts';
import { allSteps, emptyDraft, newStep, type WorkflowDraft } from './workflow-draft.ts';

const ids = (draft: WorkflowDraft): string[] => allSteps(draft.steps).map((step) => step.id);

describe('one list', () => {
  const three = ['a', 'b', 'c'].reduce(
    (draft) => insertStep(draft, newStep('create_task', draft.steps), rootList, draft.steps.length),
    emptyDraft(),
  );

  test('move, at the ends too', () => {
    expect(ids(moveStep(three, 'step_1', 1))).toEqual(['step_2', 'step_1', 'step_3']);
    expect(ids(moveStep(three, 'step_3', 1))).toEqual(['step_1', 'step_2', 'step_3']);
    expect(ids(moveStep(three, 'step_1', -1))).toEqual(['step_1', 'step_2', 'step_3']);
  });

  test('a copy follows its original under an id of its own', () => {
    const named = changeStep(three, 'step_2', { config: { title: 'Call' } });
    const copied = duplicateStep(named, 'step_2');
    expect(ids(copied)).toEqual(['step_1', 'step_2', 'step_4', 'step_3']);
    expect(copied.steps[2]?.config).toEqual({ title: 'Call' });
  });

  test('a removed id is not taken by the next step while others may name it', () => {
    expect(ids(removeStep(three, 'step_2'))).toEqual(['step_1', 'step_3']);
    expect(newStep('create_task', removeStep(three, 'step_2').steps).id).toBe('step_4');
  });
});

describe('a tree', () => {
  // step_1 if → then: step_2, step_3 (for_each → do: step_4), else: step_5; then step_6.
  const build = (): WorkflowDraft => {
    let draft = emptyDraft();
    const add = (type: string, parent: string | null, list: number, at: number): void => {
      draft = insertStep(draft, newStep(type, draft.steps), { parent, list }, at);
    };
    add('if', null, 0, 0);
    add('create_task', 'step_1', 0, 0);
    add('for_each', 'step_1', 0, 1);
    add('add_tag', 'step_3', 0, 0);
    add('stop', 'step_1', 1, 0);
    add('wait', null, 0, 1);
    return changeStep(draft, 'step_3', { config: { over: 'contact.deals' } });
  };

  test('steps are placed as problems name them, in the order they are counted', () => {
    expect(
      placedSteps(build().steps).map(({ step, path, loops }) => [step.id, path, loops]),
    ).toEqual([
      ['step_1', 'actions[0]', []],
      ['step_2', 'actions[0].then[0]', []],
      ['step_3', 'actions[0].then[1]', []],
      ['step_4', 'actions[0].then[1].do[0]', ['contact.deals']],
      ['step_5', 'actions[0].else[0]', []],
      ['step_6', 'actions[1]', []],
    ]);
  });

  test('a step moves within its own list only', () => {
    const order = ['step_1', 'step_3', 'step_4', 'step_2', 'step_5', 'step_6'];
    expect(ids(moveStep(build(), 'step_2', 1))).toEqual(order);
    expect(ids(moveStep(build(), 'step_4', -1))).toEqual(ids(build()));
    expect(ids(moveStep(build(), 'step_5', 1))).toEqual(ids(build()));
  });

  test('a copy takes along what is below it, and every id is its own', () => {
    const copied = ids(duplicateStep(build(), 'step_1'));
    expect(copied.slice(0, 5)).toEqual(['step_1', 'step_2', 'step_3', 'step_4', 'step_5']);
    expect(copied).toHaveLength(11);
    expect(new Set(copied).size).toBe(11);
  });

  test('what is removed takes along what is below it', () => {
    expect(ids(removeStep(build(), 'step_3'))).toEqual(['step_1', 'step_2', 'step_5', 'step_6']);
  });

  test('a step deep down is changed alone', () => {
    const changed = changeStep(build(), 'step_4', { enabled: false });
    const off = allSteps(changed.steps).filter((step) => !step.enabled);
    expect(off.map((step) => step.id)).toEqual(['step_4']);
  });

  test('the way out of a wait shows once it can run out of time', () => {
    const wait = newStep('wait', []);
    const list = wait.lists[0];
    if (!list) throw new Error('a wait has one list');
    expect(isShownList(wait, list)).toBe(false);
    expect(isShownList({ ...wait, config: { timeout: '+7 days' } }, list)).toBe(true);
  });
});
