import type { ActionDescriptor } from './descriptor.ts';

const webhookMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export const webhook = {
  type: 'webhook',
  version: 1,
  label: 'Call a web address',
  description: 'Sends data to another program; later steps can use its answer.',
  effect: 'external',
  config: [
    {
      name: 'url',
      label: 'Address',
      type: 'url',
      required: true,
      template: true,
      placeholder: 'https://example.com/hook',
    },
    {
      name: 'method',
      label: 'Method',
      type: 'choice',
      required: false,
      template: false,
      choices: webhookMethods,
    },
    { name: 'headers', label: 'Headers', type: 'text_map', required: false, template: true },
    { name: 'body', label: 'Body', type: 'json', required: false, template: true },
    {
      name: 'body_type',
      label: 'Body is sent as',
      type: 'choice',
      required: false,
      template: false,
      choices: ['json', 'form', 'text'],
    },
    {
      name: 'secret_headers',
      label: 'Secret headers',
      type: 'text_map',
      required: false,
      template: false,
    },
    {
      name: 'sign_with',
      label: 'Sign with secret',
      type: 'text',
      required: false,
      template: false,
    },
    {
      name: 'wait',
      label: 'Wait for the answer',
      type: 'boolean',
      required: false,
      template: false,
    },
  ],
  output: {
    delivery_id: { value: 'text' },
    status: { value: 'number' },
    json: { value: 'json' },
    body: { value: 'text' },
  },
} as const satisfies ActionDescriptor;
