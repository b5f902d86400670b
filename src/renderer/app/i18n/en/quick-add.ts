export const quickAdd = {
  label: 'Quick add',
  placeholder: 'call Anna Friday 10:00 #proposal',
  hint: 'Enter adds it, Esc closes',
  added: 'Added: {{title}}',
  about: 'with {{name}}',
  type_task: 'Task',
  type_call: 'Call',
  type_meeting: 'Meeting',
  type_email: 'Email',
} as const;
