import { describe, expect, test } from 'vitest';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import { definitionOf, draftOf, sameDraft } from './workflow-draft.ts';

const workflow = (actions: unknown[]): Workflow => ({
  id: 'w',
  name: 'Follow up',
  description: null,
  status: 'draft',
  trigger_type: 'deal_created',
  trigger_config: {},
  triggers: [],
  hook_key: null,
  actions,
  owner_id: 'u',
  execution_count: 0,
  last_executed_at: null,
  parked_reason: null,
  warnings: [],
  pause_mode: null,
  paused_reason: null,
  unconfirmed_addresses: [],
  problems: [],
  conditions: null,
  settings: null,
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

  test('a tree is read and written whole, ids counted as the check counts them', () => {
    const actions = [
      {
        type: 'if',
        config: { conditions: { combinator: 'and', rules: [] } },
        then: [{ type: 'create_task' }, { type: 'wait', on_timeout: [{ type: 'stop' }] }],
        else: [{ type: 'stop' }],
      },
      {
        type: 'switch',
        config: { value: '{{deal.stage}}' },
        cases: [{ equals: 'won', steps: [{ type: 'stop' }] }],
        default: [{ type: 'create_task', on_error: 'branch', on_error_steps: [{ type: 'stop' }] }],
      },
    ];
    const stored = definitionOf(draftOf(workflow(actions))).actions;
    expect(stored).toMatchObject(actions.map((step) => JSON.parse(JSON.stringify(step))));
    expect([...JSON.stringify(stored).matchAll(/step_(\d+)/g)].map((match) => match[1])).toEqual(
      [...Array(9).keys()].map((index) => String(index + 1)),
    );
  });

  test('a list that is none, and a case with other keys, stay as they were written', () => {
    const actions = [
      { id: 'a', type: 'if', config: {}, then: 'create_task' },
      { id: 'b', type: 'switch', config: {}, cases: [{ equals: 'x', step: [] }] },
    ];
    expect(definitionOf(draftOf(workflow(actions))).actions).toEqual(actions);
  });

  test('emptied settings of a wait and entry conditions without rules are left out', () => {
    const draft = draftOf({
      ...workflow([{ type: 'wait', config: { duration: '', weekdays: [], timeout: '' } }]),
      conditions: { combinator: 'and', rules: [] },
    });
    expect(definitionOf(draft).actions[0]?.['config']).toEqual({});
    expect(definitionOf(draft).conditions).toBeNull();
  });

  test('opening changes nothing', () => {
    const draft = draftOf(workflow([{ type: 'create_task', config: { title: 'Call' } }]));
    expect(sameDraft(draft, { ...draft, description: ' ' })).toBe(true);
    expect(sameDraft(draft, { ...draft, name: 'Other' })).toBe(false);
  });
});
