import type { ActionDescriptor } from './descriptor.ts';

export const sendNotification = {
  type: 'send_notification',
  version: 1,
  label: 'Send notification',
  description: 'Shows a notification on this computer and keeps it in the Inbox.',
  effect: 'database',
  config: [
    {
      name: 'title',
      label: 'Title',
      type: 'text',
      required: true,
      template: true,
      placeholder: 'New deal: {{deal_title}}',
    },
    { name: 'message', label: 'Message', type: 'long_text', required: true, template: true },
    {
      name: 'urgency',
      label: 'Urgency',
      type: 'choice',
      required: false,
      template: false,
      choices: ['low', 'normal', 'critical'],
    },
  ],
  output: { notification_id: { value: 'text' } },
} as const satisfies ActionDescriptor;
