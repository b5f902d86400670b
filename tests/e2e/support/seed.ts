import type { TestServer } from './start-server.ts';

async function create(server: TestServer, path: string, body: object): Promise<string> {
  const answer = await server.rest('POST', path, body);
  if (answer.status !== 201 || !answer.body || typeof answer.body !== 'object') {
    throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return 'id' in answer.body ? String(answer.body.id) : '';
}

export interface Seeded {
  readonly contactId: string;
  readonly companyId: string;
  readonly dealId: string;
  readonly taskId: string;
  readonly workflowId: string;
}

export const followUp = {
  name: 'Follow up on new deals',
  status: 'active',
  trigger_type: 'deal_created',
  actions: [
    {
      type: 'create_task',
      config: {
        title: 'Follow up with {{deal_title}}',
        due_date: '+3 days',
        activity_type: 'task',
      },
    },
    {
      type: 'update_field',
      config: { object: 'deal', field: 'description', value: 'Workflow created follow-up task' },
    },
    {
      type: 'send_notification',
      config: { title: 'New deal: {{deal_title}}', message: 'With {{contact.name}}' },
    },
  ],
} as const;

/** One of each, linked, and a workflow that has already run. */
export async function seed(server: TestServer): Promise<Seeded> {
  const workflowId = await create(server, '/workflows', followUp);
  const companyId = await create(server, '/companies', {
    name: 'Harbour Café',
    domain: 'harbour.example',
  });
  const contactId = await create(server, '/contacts', {
    first_name: 'Anna',
    last_name: 'Berg',
    email: 'anna@harbour.example',
    company_id: companyId,
  });
  const dealId = await create(server, '/deals', {
    title: 'Website relaunch',
    value: 4800,
    contact_id: contactId,
    company_id: companyId,
  });
  const taskId = await create(server, '/activities', {
    type: 'call',
    title: 'Call Anna about the menu',
    due_at: new Date(Date.now() + 60_000).toISOString(),
    contact_id: contactId,
  });
  return { contactId, companyId, dealId, taskId, workflowId };
}

export { create };
