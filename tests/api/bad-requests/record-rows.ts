import { type BadRequest, nobody } from './bad-request.ts';

type Fault = Pick<BadRequest, 'name' | 'field' | 'says'>;

const refused = { status: 422, code: 'validation_failed' };

const post = (fault: Fault, kind: string, body: unknown): BadRequest => ({
  ...fault,
  ...refused,
  method: 'POST',
  path: `/api/${kind}`,
  body,
});

const patch = (fault: Fault, path: string, body: unknown): BadRequest => ({
  ...fault,
  ...refused,
  method: 'PATCH',
  path: `/api/${path}`,
  body,
});

const inputs: BadRequest[] = [
  post(
    {
      name: 'a deal without a title',
      field: 'title',
      says: ['title is missing', 'Give it a value'],
    },
    'deals',
    {},
  ),
  post(
    { name: 'a deal with an empty title', field: 'title', says: ['title must not be empty'] },
    'deals',
    { title: ' ' },
  ),
  post(
    { name: 'a title that is a number', field: 'title', says: ['title must be text'] },
    'deals',
    { title: 5 },
  ),
  post(
    { name: 'a title that is too long', field: 'title', says: ['title', 'at most 300'] },
    'deals',
    { title: 'x'.repeat(301) },
  ),
  post(
    { name: 'an unknown key of a deal', field: 'colour', says: ['colour', 'Leave it out'] },
    'deals',
    { title: 'D', colour: 'red' },
  ),
  post({ name: 'tags of a deal', field: 'tags', says: ['tags', 'Leave it out'] }, 'deals', {
    title: 'D',
    tags: ['vip'],
  }),
  post({ name: 'tags of a contact', field: 'tags', says: ['tags', 'Leave it out'] }, 'contacts', {
    first_name: 'A',
    tags: [],
  }),
  post({ name: 'an id of ones own', field: 'id', says: ['id', 'Leave it out'] }, 'deals', {
    title: 'D',
    id: nobody,
  }),
  post(
    {
      name: 'a key that JavaScript knows',
      field: 'constructor',
      says: ['constructor', 'Leave it out'],
    },
    'deals',
    '{"title": "D", "constructor": {}}',
  ),
  post(
    {
      name: 'an unknown stage',
      field: 'stage',
      says: ['Unknown stage', 'qualification, proposal'],
    },
    'deals',
    { title: 'D', stage: 'wonn' },
  ),
  post(
    { name: 'a value that is text', field: 'value', says: ['value must be a number'] },
    'deals',
    { title: 'D', value: '5000' },
  ),
  post({ name: 'a negative value', field: 'value', says: ['value must be 0 or more'] }, 'deals', {
    title: 'D',
    value: -5,
  }),
  post(
    { name: 'more decimals than the currency has', field: 'value', says: ['value', 'Round it'] },
    'deals',
    { title: 'D', value: 10.5, currency: 'JPY' },
  ),
  post(
    { name: 'a value beyond all bounds', field: 'value', says: ['value'] },
    'deals',
    '{"title": "D", "value": 1e400}',
  ),
  post({ name: 'an unknown currency', field: 'currency', says: ['currency', 'EUR'] }, 'deals', {
    title: 'D',
    currency: 'XXY',
  }),
  post(
    {
      name: 'a date that does not exist',
      field: 'expected_close_date',
      says: ['expected_close_date', '2026-12-31'],
    },
    'deals',
    { title: 'D', expected_close_date: '2026-02-30' },
  ),
  post(
    {
      name: 'a link to a contact that does not exist',
      field: 'contact_id',
      says: ['contact_id', 'no contact'],
    },
    'deals',
    { title: 'D', contact_id: nobody },
  ),
  post(
    {
      name: 'a link to a record of another kind',
      field: 'company_id',
      says: ['company_id', 'no company'],
    },
    'deals',
    { title: 'D', company_id: '$contact' },
  ),
  post({ name: 'an unknown owner', field: 'owner_id', says: ['owner_id', 'no user'] }, 'deals', {
    title: 'D',
    owner_id: nobody,
  }),
  post(
    {
      name: 'a contact without a first name',
      field: 'first_name',
      says: ['first_name is missing'],
    },
    'contacts',
    { last_name: 'Berg' },
  ),
  post(
    { name: 'a contact with a computed name', field: 'name', says: ['name', 'Leave it out'] },
    'contacts',
    { first_name: 'A', name: 'A' },
  ),
  post(
    { name: 'a bad email address', field: 'email', says: ['email', 'anna@example.com'] },
    'contacts',
    { first_name: 'A', email: 'anna@' },
  ),
  post(
    { name: 'a bad phone number', field: 'phone', says: ['phone', '+49 30 123456'] },
    'contacts',
    { first_name: 'A', phone: 'call me' },
  ),
  post(
    {
      name: 'a company with an address for a domain',
      field: 'domain',
      says: ['domain', 'example.com'],
    },
    'companies',
    { name: 'C', domain: 'http://c.example' },
  ),
  post(
    { name: 'an activity without a type', field: 'type', says: ['type is missing'] },
    'activities',
    { title: 'T' },
  ),
  post(
    {
      name: 'an activity of an unknown type',
      field: 'type',
      says: ['type must be one of', 'call'],
    },
    'activities',
    { title: 'T', type: 'fax' },
  ),
  post(
    {
      name: 'a due time without a zone',
      field: 'due_at',
      says: ['due_at', '2026-12-31T09:00:00Z'],
    },
    'activities',
    { title: 'T', type: 'task', due_at: '2026-12-31T09:00:00' },
  ),
  patch({ name: 'emptying a title', field: 'title', says: ['title'] }, 'deals/$deal', {
    title: null,
  }),
  patch(
    {
      name: 'changing when a deal was made',
      field: 'created_at',
      says: ['created_at', 'Leave it out'],
    },
    'deals/$deal',
    { created_at: '2026-01-01T00:00:00.000Z' },
  ),
  patch(
    { name: 'changing the id of a deal', field: 'id', says: ['id', 'Leave it out'] },
    'deals/$deal',
    { id: nobody },
  ),
  patch({ name: 'a stage that is null', field: 'stage', says: ['stage'] }, 'deals/$deal', {
    stage: null,
  }),
  patch(
    { name: 'a link of a task to nothing', field: 'deal_id', says: ['deal_id', 'no deal'] },
    'activities/$task',
    { deal_id: '$contact' },
  ),
];

const missing = (method: string, path: string, noun: string, body?: object): BadRequest => ({
  name: `${method} of a ${noun} that does not exist (${path.split('/')[2]})`,
  method,
  path,
  status: 404,
  code: 'not_found',
  says: [noun, nobody],
  ...(body ? { body } : {}),
});

const paths: BadRequest[] = [
  missing('GET', `/api/contacts/${nobody}`, 'contact'),
  missing('GET', `/api/companies/${nobody}`, 'company'),
  missing('PATCH', `/api/deals/${nobody}`, 'deal', { title: 'D' }),
  missing('DELETE', `/api/deals/${nobody}`, 'deal'),
  missing('GET', `/api/activities/${nobody}`, 'activity'),
  missing('GET', `/api/workflows/${nobody}`, 'workflow'),
  missing('PATCH', `/api/workflows/${nobody}`, 'workflow', { name: 'W' }),
  missing('DELETE', `/api/workflows/${nobody}`, 'workflow'),
  missing('POST', `/api/workflows/${nobody}/execute`, 'workflow'),
  missing('GET', `/api/workflows/${nobody}/executions`, 'workflow'),
  missing('GET', `/api/executions/${nobody}`, 'run'),
];

const badQuery = (query: string, field: string, says: readonly string[]): BadRequest => ({
  name: `the query ${query}`,
  method: 'GET',
  path: `/api/${query}`,
  status: 400,
  code: 'bad_request',
  field,
  says,
});

const queries: BadRequest[] = [
  badQuery('deals?limit=0', 'limit', ['limit', 'from 1 to 500']),
  badQuery('deals?limit=501', 'limit', ['limit', 'from 1 to 500']),
  badQuery('deals?limit=-1', 'limit', ['limit', 'from 1 to 500']),
  badQuery('deals?limit=abc', 'limit', ['limit', 'whole number from 1 to 500']),
  badQuery('deals?limit=1.5', 'limit', ['limit', 'whole number from 1 to 500']),
  badQuery('deals?limit=', 'limit', ['limit', 'from 1 to 500']),
  badQuery('deals?limit=10&limit=20', 'limit', ['limit']),
  badQuery('deals?cursor=xyz', 'cursor', ['cursor', 'next_cursor']),
  badQuery('contacts?cursor=', 'cursor', ['cursor', 'next_cursor']),
  badQuery('deals?page=2', 'page', ['page', 'Leave it out']),
  badQuery('activities?state=done', 'state', ['state', 'open, completed']),
  badQuery('workflows?status=active', 'status', ['status', 'Leave it out']),
  badQuery('notifications?q=x', 'q', ['q', 'Leave it out']),
  badQuery('workflows/$active/executions?limit=501', 'limit', ['limit', 'from 1 to 500']),
  badQuery('workflows/$active/executions?cursor=0', 'cursor', ['cursor', 'next_cursor']),
  badQuery('deals/$deal?fields=title', 'fields', ['fields', 'Leave it out']),
  badQuery('deals/$deal?id=another', 'id', ['id', 'Leave it out']),
  {
    ...badQuery('deals?title=D', 'title', ['title', 'Leave it out']),
    name: 'a deal in the query instead of the body',
    method: 'POST',
  },
  {
    ...badQuery('deals/$deal?force=true', 'force', ['force', 'Leave it out']),
    name: 'a query when deleting',
    method: 'DELETE',
  },
];

export const recordRows: readonly BadRequest[] = [...inputs, ...paths, ...queries];
