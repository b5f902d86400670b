import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../../../shared/workflow/check-definition.ts';
import { allSteps, type Step } from '../../../shared/workflow/definition.ts';
import { keepStepIds } from './stored-definition.ts';

const task = (title: string) => ({ type: 'create_task', config: { title } });
const conditions = { combinator: 'and', rules: [] };

function stepsOf(actions: unknown): readonly Step[] {
  const raw = { trigger_type: 'deal_created', trigger_config: {}, actions };
  const { definition, faults, gaps } = checkDefinition(raw, { stages: ['won'] });
  if (!definition) throw new Error(JSON.stringify([...faults, ...gaps]));
  return definition.actions;
}

/** Ids by what a step is, as `type` or the title of its task. */
function idsOf(steps: readonly Step[]): Record<string, string> {
  return Object.fromEntries(
    allSteps(steps).map((step) => [
      step.type === 'create_task' ? String(step.config['title']) : step.type,
      step.id,
    ]),
  );
}

const nested = [
  task('first'),
  { type: 'if', config: { conditions }, then: [task('yes')], else: [task('no')] },
  {
    type: 'switch',
    config: { value: '{{deal.stage}}' },
    cases: [{ equals: 'won', steps: [task('won')] }],
    default: [task('default')],
  },
  { type: 'for_each', config: { over: 'deal.tasks' }, do: [task('each')] },
  {
    type: 'wait',
    config: { until_time: '09:00', weekdays: ['mon', 'Friday'], if_past: null },
    on_timeout: [],
  },
  { ...task('try'), on_error: 'branch', on_error_steps: [task('mend')] },
  { type: 'stop' },
];

describe('the ids of steps that stand unchanged are kept', () => {
  test('in every kind of list, when steps are put before them', () => {
    const before = stepsOf(nested);
    const after = stepsOf(keepStepIds([task('new'), ...nested], before));
    const { new: added, ...kept } = idsOf(after);
    expect(kept).toEqual(idsOf(before));
    expect(Object.values(kept)).not.toContain(added);
  });

  test('when a step moves into a branch', () => {
    const before = stepsOf([task('a'), task('b')]);
    const moved = [task('b'), { type: 'if', config: { conditions }, then: [task('a')] }];
    const after = stepsOf(keepStepIds(moved, before));
    expect(idsOf(after)).toMatchObject(idsOf(before));
  });

  test('a given id is never handed to a second', () => {
    const before = stepsOf([task('a'), task('b')]);
    const after = stepsOf(
      keepStepIds([task('A'), { ...task('x'), id: 'step_2' }, task('b')], before),
    );
    const ids = idsOf(after);
    expect(ids['x']).toBe('step_2');
    expect(new Set(Object.values(ids)).size).toBe(3);
  });

  test('what is no list of steps stays as it is', () => {
    const before = stepsOf(nested);
    for (const value of [null, 'x', 5, {}, [5, null, 'x', { type: 7 }]])
      expect(keepStepIds(value, before)).toEqual(value);
  });
});
