import type { ActionDescriptor } from './descriptor.ts';

export const removeTag = {
  type: 'remove_tag',
  version: 1,
  label: 'Remove tag',
  description: 'Takes a tag off a record.',
  effect: 'database',
  config: [
    { name: 'object', label: 'Record', type: 'object', required: true, template: false },
    { name: 'tag', label: 'Tag', type: 'text', required: true, template: true, placeholder: 'vip' },
  ],
  output: { tag: { value: 'text' } },
} as const satisfies ActionDescriptor;
