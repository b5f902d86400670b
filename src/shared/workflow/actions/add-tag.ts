import type { ActionDescriptor } from './descriptor.ts';

export const addTag = {
  type: 'add_tag',
  version: 1,
  label: 'Add tag',
  description: 'Puts a tag on a record; one that does not exist is made.',
  effect: 'database',
  config: [
    { name: 'object', label: 'Record', type: 'object', required: true, template: false },
    { name: 'tag', label: 'Tag', type: 'text', required: true, template: true, placeholder: 'vip' },
  ],
  output: { tag: { value: 'text' } },
} as const satisfies ActionDescriptor;
