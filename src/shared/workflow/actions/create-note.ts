import type { ActionDescriptor } from './descriptor.ts';

export const createNote = {
  type: 'create_note',
  version: 1,
  label: 'Create note',
  description: 'Writes a note on a record of the trigger, or on one linked to it.',
  effect: 'database',
  config: [
    { name: 'object', label: 'Record', type: 'object', required: true, template: false },
    {
      name: 'body',
      label: 'Note',
      type: 'long_text',
      required: true,
      template: true,
      placeholder: 'Talked to {{contact.name}}',
    },
  ],
  output: { note_id: { value: 'text' } },
} as const satisfies ActionDescriptor;
