import { describe, expect, test } from 'vitest';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import {
  changeStep,
  definitionOf,
  draftOf,
  duplicateStep,
  emptyDraft,
  insertStep,
  moveStep,
  newStep,
  removeStep,
  sameDraft,
} from './workflow-draft.ts';

const workflow = (actions: unknown[]): Workflow => ({
  id: 'w',
  name: 'Follow up',
  description: null,
  status: 'draft',
  trigger_type: 'deal_created',
  trigger_config: {},
  actions,
  owner_id: 'u',
  execution_count: 0,
  last_executed_at: null,
  parked_reason: null,
  problems: [],
  conditions: null,
  version: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
});

describe('reading and writing', () => {
  test('missing ids are counted past the ones that are taken', () => {
    const draft = draftOf(
      workflow([
        { type: 'create_task' },
        { id: 'step_2', type: 'create_task' },
        { type: 'create_task' },
      ]),
    );
    expect(draft.steps.map((step) => step.id)).toEqual(['step_1', 'step_2', 'step_3']);
  });

  test('what the editor does not know is kept', () => {
    const actions = [{ id: 'a', type: 'dance', config: { to: 'music' }, colour: 'red' }];
    expect(definitionOf(draftOf(workflow(actions))).actions).toEqual(actions);
  });

  test('an emptied setting is left out, an empty field value stays, a typed number is a number', () => {
    const draft = draftOf(
      workflow([
        { type: 'create_task', config: { title: 'Call', due_date: '' } },
        { type: 'update_field', config: { object: 'deal', field: 'description', value: '' } },
        { type: 'create_deal', config: { title: 'New', value: '5000.5' } },
        { type: 'create_deal', config: { title: 'New', value: '{{deal.value}}' } },
      ]),
    );
    expect(definitionOf(draft).actions.map((step) => step['config'])).toEqual([
      { title: 'Call' },
      { object: 'deal', field: 'description', value: '' },
      { title: 'New', value: 5000.5 },
      { title: 'New', value: '{{deal.value}}' },
    ]);
  });

  test('opening changes nothing', () => {
    const draft = draftOf(workflow([{ type: 'create_task', config: { title: 'Call' } }]));
    expect(sameDraft(draft, { ...draft, description: ' ' })).toBe(true);
    expect(sameDraft(draft, { ...draft, name: 'Other' })).toBe(false);
  });
});

describe('steps', () => {
  const three = ['a', 'b', 'c'].reduce(
    (draft) => insertStep(draft, newStep('create_task', draft.steps), draft.steps.length),
    emptyDraft(),
  );
  const ids = (draft: typeof three): string[] => draft.steps.map((step) => step.id);

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
