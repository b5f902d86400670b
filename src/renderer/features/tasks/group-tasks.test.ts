import { expect, test } from 'vitest';
import type { AnyRecord } from '../records/record-api.ts';
import { groupTasks } from './group-tasks.ts';

const now = new Date(2026, 10, 23, 15, 0);

function task(id: string, due: Date | null, completed: Date | null = null): AnyRecord {
  return {
    id,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    due_at: due?.toISOString() ?? null,
    completed_at: completed?.toISOString() ?? null,
  };
}

function grouped(open: AnyRecord[], done: AnyRecord[] = []) {
  return groupTasks(open, done, now).map(({ name, tasks }) => [name, tasks.map(({ id }) => id)]);
}

test('groups by when a task is due, the earliest first, and leaves empty groups out', () => {
  const open = [
    task('next week', new Date(2026, 10, 30, 9, 0)),
    task('tonight', new Date(2026, 10, 23, 23, 59)),
    task('some day', null),
    task('midnight', new Date(2026, 10, 24, 0, 0)),
    task('this morning', new Date(2026, 10, 23, 9, 0)),
    task('last week', new Date(2026, 10, 16, 9, 0)),
  ];
  expect(grouped(open)).toEqual([
    ['overdue', ['last week', 'this morning']],
    ['today', ['tonight']],
    ['upcoming', ['midnight', 'next week']],
    ['someday', ['some day']],
  ]);
});

test('shows what was done last first', () => {
  const done = [task('a', null, new Date(2026, 10, 20)), task('b', null, new Date(2026, 10, 22))];
  expect(grouped([], done)).toEqual([['done', ['b', 'a']]]);
});
