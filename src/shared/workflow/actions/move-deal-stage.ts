import type { ActionDescriptor } from './descriptor.ts';

export const moveDealStage = {
  type: 'move_deal_stage',
  version: 1,
  label: 'Move deal',
  description: 'Moves the deal of the trigger to another stage.',
  effect: 'database',
  config: [{ name: 'stage', label: 'Stage', type: 'stage', required: true, template: true }],
  output: { old_stage: { value: 'text' }, new_stage: { value: 'text' } },
} as const satisfies ActionDescriptor;
