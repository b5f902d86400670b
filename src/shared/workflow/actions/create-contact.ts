import type { ActionDescriptor } from './descriptor.ts';

export const createContact = {
  type: 'create_contact',
  version: 1,
  label: 'Create contact',
  description: 'Adds a contact, at the company of the trigger where there is one.',
  effect: 'database',
  config: [
    { name: 'first_name', label: 'First name', type: 'text', required: true, template: true },
    { name: 'last_name', label: 'Last name', type: 'text', required: false, template: true },
    { name: 'email', label: 'Email', type: 'text', required: false, template: true },
    { name: 'phone', label: 'Phone', type: 'text', required: false, template: true },
    { name: 'job_title', label: 'Job title', type: 'text', required: false, template: true },
  ],
  output: { contact: { record: 'contact' } },
} as const satisfies ActionDescriptor;
