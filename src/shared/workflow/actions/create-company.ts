import type { ActionDescriptor } from './descriptor.ts';

export const createCompany = {
  type: 'create_company',
  version: 1,
  label: 'Create company',
  description: 'Adds a company.',
  effect: 'database',
  config: [
    { name: 'name', label: 'Name', type: 'text', required: true, template: true },
    { name: 'domain', label: 'Domain', type: 'text', required: false, template: true },
    { name: 'phone', label: 'Phone', type: 'text', required: false, template: true },
    { name: 'address', label: 'Address', type: 'long_text', required: false, template: true },
  ],
  output: { company: { record: 'company' } },
} as const satisfies ActionDescriptor;
