import { expect, test } from 'vitest';
import type { StepResult } from '../../../../shared/contract/workflows.ts';
import { layOut } from './canvas-layout.ts';
import { pathOfRun } from './run-path.ts';
import { readSteps } from './workflow-draft.ts';

const task = (id: string) => ({ id, type: 'create_task', config: { title: id } });
const layout = layOut(
  readSteps([
    { id: 'ask', type: 'if', config: {}, then: [task('big')], else: [] },
    {
      id: 'hope',
      type: 'wait',
      config: { until_event: 'deal_won', timeout: '+7 days' },
      on_timeout: [task('nudge')],
    },
    task('last'),
  ]),
);

function result(id: string, more: Partial<StepResult> = {}): StepResult {
  return {
    id,
    type: 'create_task',
    name: null,
    status: 'succeeded',
    input: {},
    output: null,
    error: null,
    error_kind: null,
    warnings: [],
    changes: [],
    ...more,
  };
}

test('a run that came to its end is drawn along the branches it took', () => {
  const path = pathOfRun(layout, {
    status: 'succeeded',
    end_reason: null,
    actions_executed: [
      result('ask', { type: 'if', output: { branch: 'else' } }),
      result('hope', { type: 'wait', output: { ended_by: 'event' } }),
      result('last'),
    ],
  });
  expect([...path].filter((id) => !id.includes('>'))).toEqual([
    'trigger',
    'ask',
    'hope',
    'last',
    'ask/1',
    'hope/on',
    'end',
    'hope/join',
    'ask/join',
  ]);
  expect(path.has('ask/1>ask/join')).toBe(true);
  expect(path.has('ask>ask/0')).toBe(false);
  expect(path.has('hope/on>hope/join')).toBe(true);
});

test('a run that waits is drawn as far as it is', () => {
  const path = pathOfRun(layout, {
    status: 'waiting',
    end_reason: null,
    actions_executed: [
      result('ask', { type: 'if', output: { branch: 'then' } }),
      result('big'),
      result('hope', { type: 'wait', status: 'waiting', output: {} }),
    ],
  });
  expect(path.has('big>ask/join')).toBe(true);
  expect(path.has('ask/join>hope')).toBe(true);
  for (const id of ['hope/on', 'hope/0', 'hope/join', 'last', 'end']) {
    expect(path.has(id)).toBe(false);
  }
});
