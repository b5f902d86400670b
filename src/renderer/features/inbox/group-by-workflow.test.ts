import { expect, test } from 'vitest';
import type { Notification } from '../../../shared/contract/notifications.ts';
import { groupByWorkflow } from './group-by-workflow.ts';

function notification(id: string, workflow: string | null): Notification {
  return {
    id,
    title: id,
    message: '',
    urgency: 'normal',
    record: null,
    workflow_id: workflow,
    workflow_name: workflow,
    execution_id: null,
    created_at: '2026-03-02T09:00:00.000Z',
    read_at: null,
    snoozed_until: null,
    done_at: null,
    count: 1,
  };
}

test('the workflow with the newest comes first, and what no workflow sent has a group of its own', () => {
  const rows = [
    ['5', 'B'],
    ['4', null],
    ['3', 'A'],
    ['2', 'B'],
    ['1', null],
  ] as const;
  const items = rows.map(([id, workflow]) => notification(id, workflow));
  const groups = groupByWorkflow(items).map(({ workflow_name, items: own }) => [
    workflow_name,
    own.map(({ id }) => id),
  ]);
  expect(groups).toEqual([
    ['B', ['5', '2']],
    [null, ['4', '1']],
    ['A', ['3']],
  ]);
  expect(groupByWorkflow([])).toEqual([]);
});
