import type { ActionDescriptor } from './descriptor.ts';

export const createDeal = {
  type: 'create_deal',
  version: 1,
  label: 'Create deal',
  description: 'Adds a deal for the contact of the trigger.',
  effect: 'database',
  config: [
    {
      name: 'title',
      label: 'Title',
      type: 'text',
      required: true,
      template: true,
      placeholder: 'New opportunity from {{contact.name}}',
    },
    {
      name: 'value',
      label: 'Value',
      type: 'money',
      required: false,
      template: true,
      placeholder: '5000',
    },
    { name: 'currency', label: 'Currency', type: 'currency', required: false, template: true },
    { name: 'stage', label: 'Stage', type: 'stage', required: false, template: true },
    {
      name: 'description',
      label: 'Description',
      type: 'long_text',
      required: false,
      template: true,
    },
  ],
  output: { deal: { record: 'deal' } },
} as const satisfies ActionDescriptor;
