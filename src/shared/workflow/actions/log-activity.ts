import type { ActionDescriptor } from './descriptor.ts';

export const logActivity = {
  type: 'log_activity',
  version: 1,
  label: 'Log activity',
  description: 'Adds something that was done, linked as a new task would be.',
  effect: 'database',
  config: [
    { name: 'title', label: 'Title', type: 'text', required: true, template: true },
    {
      name: 'description',
      label: 'Description',
      type: 'long_text',
      required: false,
      template: true,
    },
    {
      name: 'activity_type',
      label: 'Type',
      type: 'choice',
      required: false,
      template: false,
      choices: ['task', 'call', 'meeting', 'email'],
    },
  ],
  output: { task: { record: 'task' } },
} as const satisfies ActionDescriptor;
