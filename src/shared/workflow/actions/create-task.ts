import type { ActionDescriptor } from './descriptor.ts';

export const createTask = {
  type: 'create_task',
  version: 1,
  label: 'Create task',
  description: 'Adds a task linked to the contact, deal and company of the trigger.',
  effect: 'database',
  config: [
    {
      name: 'title',
      label: 'Title',
      type: 'text',
      required: true,
      template: true,
      placeholder: 'Follow up with {{deal_title}}',
    },
    {
      name: 'description',
      label: 'Description',
      type: 'long_text',
      required: false,
      template: true,
    },
    {
      name: 'due_date',
      label: 'Due',
      type: 'relative_date',
      required: false,
      template: true,
      placeholder: '+3 days',
    },
    {
      name: 'activity_type',
      label: 'Type',
      type: 'choice',
      required: false,
      template: false,
      choices: ['task', 'call', 'meeting', 'email'],
    },
    {
      name: 'priority',
      label: 'Priority',
      type: 'choice',
      required: false,
      template: false,
      choices: ['low', 'normal', 'high'],
    },
  ],
  output: { task: { record: 'task' } },
} as const satisfies ActionDescriptor;
