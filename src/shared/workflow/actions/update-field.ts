import type { ActionDescriptor } from './descriptor.ts';

export const updateField = {
  type: 'update_field',
  version: 1,
  label: 'Update field',
  description: 'Changes one field of the record of the trigger, or of a record linked to it.',
  effect: 'database',
  config: [
    { name: 'object', label: 'Record', type: 'object', required: true, template: false },
    { name: 'field', label: 'Field', type: 'field', required: true, template: false },
    { name: 'value', label: 'New value', type: 'field_value', required: true, template: true },
  ],
  output: { old: { value: 'text' }, new: { value: 'text' } },
} as const satisfies ActionDescriptor;
