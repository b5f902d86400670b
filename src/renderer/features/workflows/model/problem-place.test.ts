import { expect, test } from 'vitest';
import { domIdOf, placeOf, problemsOfStep } from './problem-place.ts';
import { insertStep } from './draft-tree.ts';
import { emptyDraft, newStep } from './workflow-draft.ts';
import { asksForVariable, insertVariable } from './template-cursor.ts';

test.each([
  ['actions[2].config.due_date', { part: 'step', step: 'actions[2]', field: 'due_date' }],
  ['actions.2.config.due_date', { part: 'step', step: 'actions[2]', field: 'due_date' }],
  ['actions[0].type', { part: 'step', step: 'actions[0]', field: 'type' }],
  ['actions[0].config', { part: 'step', step: 'actions[0]', field: '' }],
  ['actions[11]', { part: 'step', step: 'actions[11]', field: '' }],
  ['actions[0].then[1].config.title', { part: 'step', step: 'actions[0].then[1]', field: 'title' }],
  [
    'actions[0].cases[2].steps[0].on_timeout[3].type',
    { part: 'step', step: 'actions[0].cases[2].steps[0].on_timeout[3]', field: 'type' },
  ],
  ['actions.0.else.1.config.title', { part: 'step', step: 'actions[0].else[1]', field: 'title' }],
  ['actions[0].cases[1].equals', { part: 'step', step: 'actions[0]', field: 'cases[1].equals' }],
  [
    'actions[0].config.conditions.rules[0].value',
    { part: 'step', step: 'actions[0]', field: 'conditions.rules[0].value' },
  ],
  ['conditions.rules[0].field', { part: 'trigger', field: 'conditions.rules[0].field' }],
  ['actions', { part: 'steps' }],
  ['trigger_config.to_stage', { part: 'trigger', field: 'to_stage' }],
  ['trigger_type', { part: 'trigger', field: '' }],
  ['name', { part: 'details', field: 'name' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test('the first problem of a field is the one shown, and its input has a name in the page', () => {
  const problems = [
    { path: 'actions[1].config.title', code: 'required', message: 'first' },
    { path: 'actions[1].config.title', code: 'other', message: 'second' },
    { path: 'actions[0].config.title', code: 'required', message: 'elsewhere' },
  ];
  expect(problemsOfStep(problems, 'actions[1]').get('title')?.message).toBe('first');
  const steps = [newStep('create_task', [])];
  expect(domIdOf(placeOf('actions[0].config.title'), steps)).toBe('workflow-step_1-title');
});

test('a problem in a branch leads to the input of the step there', () => {
  const draft = insertStep(emptyDraft(), newStep('if', []), { parent: null, list: 0 }, 0);
  const inner = newStep('create_task', draft.steps);
  const { steps } = insertStep(draft, inner, { parent: 'step_1', list: 1 }, 0);
  const place = placeOf('actions[0].else[0].config.title');
  expect(domIdOf(place, steps)).toBe('workflow-step_2-title');
});

test.each([
  ['Hello ', 'contact.name', 6, 6, 'Hello {{contact.name}}'],
  ['Hello {{', 'contact.name', 8, 8, 'Hello {{contact.name}}'],
  ['Hello {{}}', 'contact.name', 8, 8, 'Hello {{contact.name}}'],
  ['Hello you, bye', 'contact.name', 6, 9, 'Hello {{contact.name}}, bye'],
])('%j gets %s', (text, path, start, end, expected) => {
  const result = insertVariable(text, path, start, end);
  expect(result.text).toBe(expected);
  expect(result.text.slice(0, result.caret).endsWith('}}')).toBe(true);
});

test('two braces ask for the list', () => {
  expect(asksForVariable('Hi {{', 5)).toBe(true);
  expect(asksForVariable('Hi {', 4)).toBe(false);
});
