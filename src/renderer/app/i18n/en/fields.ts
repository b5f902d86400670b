import type { fieldRegistry } from '../../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../../shared/model/objects.ts';

type Registry = typeof fieldRegistry;
type LabelsOf<O extends ObjectName> = Record<Registry[O][number]['name'], string>;

const system = {
  id: 'ID',
  created_at: 'Created',
  updated_at: 'Updated',
  owner_id: 'Owner',
  tags: 'Tags',
};

/** The registry's labels, in words; a field without one here does not compile. */
export const fields = {
  contact: {
    ...system,
    first_name: 'First name',
    last_name: 'Last name',
    name: 'Name',
    email: 'Email',
    phone: 'Phone',
    job_title: 'Job title',
    unsubscribed_at: 'Unsubscribed',
    company_id: 'Company',
  },
  company: { ...system, name: 'Name', domain: 'Domain', phone: 'Phone', address: 'Address' },
  deal: {
    ...system,
    title: 'Title',
    value: 'Value',
    currency: 'Currency',
    stage: 'Stage',
    stage_name: 'Stage name',
    pipeline: 'Pipeline',
    status: 'Status',
    contact_id: 'Contact',
    company_id: 'Company',
    description: 'Description',
    expected_close_date: 'Expected close',
    closed_at: 'Closed',
    lost_reason: 'Lost because',
  },
  task: {
    ...system,
    type: 'Type',
    title: 'Title',
    description: 'Description',
    priority: 'Priority',
    due_at: 'Due',
    remind_at: 'Reminder',
    completed_at: 'Completed',
    contact_id: 'Contact',
    deal_id: 'Deal',
    company_id: 'Company',
  },
  invalid: '{{label}} could not be saved',
  choice: {
    status: { open: 'Open', won: 'Won', lost: 'Lost' },
    type: { task: 'Task', call: 'Call', meeting: 'Meeting', email: 'Email' },
    priority: { low: 'Low', normal: 'Normal', high: 'High' },
  },
} satisfies { [O in ObjectName]: LabelsOf<O> } & Record<'choice' | 'invalid', unknown>;
