import type { ActionDescriptor } from './descriptor.ts';

export const completeTask = {
  type: 'complete_task',
  version: 1,
  label: 'Complete task',
  description: 'Ticks the task of the trigger.',
  effect: 'database',
  config: [],
  output: { task: { record: 'task' } },
} as const satisfies ActionDescriptor;
