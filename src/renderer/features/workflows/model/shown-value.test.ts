import { expect, test } from 'vitest';
import { changesOfExisting, createdRecords, resultEntries, shownValue } from './shown-value.ts';

const output = { task: { id: 't1', title: 'Call', due_at: null, deal_id: 'd1', priority: 'high' } };

test('a new record is named once; its ids and empty fields are left out', () => {
  expect(createdRecords(output)).toEqual([{ object: 'task', id: 't1', name: 'Call' }]);
  expect(resultEntries(output)).toEqual([
    { path: 'title', value: 'Call' },
    { path: 'priority', value: 'high' },
  ]);
  expect(resultEntries({ notification_id: 'n1', old: null, new: 'x' })).toEqual([
    { path: 'old', value: null },
    { path: 'new', value: 'x' },
  ]);
});

test('what a step wrote into a record it made is no change of it', () => {
  const fields = { title: { old: null, new: 'Call' } };
  const changes = [
    { object: 'task' as const, id: 't1', fields },
    { object: 'deal' as const, id: 'd1', fields },
  ];
  expect(changesOfExisting(changes, createdRecords(output)).map(({ id }) => id)).toEqual(['d1']);
});

test.each([
  [null, ''],
  ['a', 'a'],
  [0, '0'],
  [{ a: 1 }, '{"a":1}'],
])('%j is shown as %j', (value, text) => {
  expect(shownValue(value)).toBe(text);
});
