import { expect, test } from 'vitest';
import { domIdOf, placeOf, problemsOfStep } from './problem-place.ts';
import { newStep } from './workflow-draft.ts';
import { asksForVariable, insertVariable } from './template-cursor.ts';

test.each([
  ['actions[2].config.due_date', { part: 'step', index: 2, field: 'due_date' }],
  ['actions.2.config.due_date', { part: 'step', index: 2, field: 'due_date' }],
  ['actions[0].type', { part: 'step', index: 0, field: 'type' }],
  ['actions[0].config', { part: 'step', index: 0, field: '' }],
  ['actions[11]', { part: 'step', index: 11, field: '' }],
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
  expect(problemsOfStep(problems, 1).get('title')?.message).toBe('first');
  const steps = [newStep('create_task', [])];
  expect(domIdOf(placeOf('actions[0].config.title'), steps)).toBe('workflow-step_1-title');
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
