import type { ActionDescriptor } from './descriptor.ts';

export const startWorkflow = {
  type: 'start_workflow',
  version: 1,
  label: 'Start workflow',
  description: 'Starts another workflow on the record of the trigger.',
  effect: 'database',
  config: [
    { name: 'workflow_id', label: 'Workflow', type: 'text', required: true, template: false },
  ],
  output: { execution_id: { value: 'text' } },
} as const satisfies ActionDescriptor;
