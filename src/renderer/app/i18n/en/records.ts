export const records = {
  contact: { one: 'Contact', many: 'Contacts', new: 'New contact', create: 'Create contact' },
  company: { one: 'Company', many: 'Companies', new: 'New company', create: 'Create company' },
  deal: { one: 'Deal', many: 'Deals', new: 'New deal', create: 'Create deal' },
  task: { one: 'Task', many: 'Tasks', new: 'New task', create: 'Create task' },
} as const;
