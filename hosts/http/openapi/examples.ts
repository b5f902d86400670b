import type { OpenAPI } from '@orpc/openapi';
import { isObject, type JsonObject } from './json-object.ts';

const id = '019e1b6a-2f40-7c3d-9a55-1f0e6c2b7d10';
const instant = '2026-11-24T09:00:00.000Z';

/** What a key of an answer usually holds. Keys that are not here take the plainest value of their type. */
const usual: Readonly<Record<string, unknown>> = {
  id,
  title: 'Website relaunch',
  name: 'Anna Kovacs',
  first_name: 'Anna',
  last_name: 'Kovacs',
  email: 'anna@example.com',
  phone: '+49 30 123456',
  job_title: 'Head of design',
  domain: 'example.com',
  address: 'Kastanienallee 1, Berlin',
  value: 5_000,
  currency: 'EUR',
  stage: 'qualification',
  slug: 'qualification',
  description: 'Asked for an offer',
  expected_close_date: '2026-12-31',
  tags: ['vip'],
  message: 'Anna Kovacs was added',
  trigger_type: 'deal_created',
  event_type: 'deal_created',
  workflow_name: 'Follow up new deals',
  record_name: 'Website relaunch',
  time_zone: 'Europe/Berlin',
  version: '0.1.0',
  next_cursor: null,
  error_message: null,
  parked_reason: null,
  url: 'http://127.0.0.1:8000',
  port: 8_000,
  from: '22:00',
  to: '07:00',
  status: 'active',
};

const followUp = [
  {
    type: 'create_task',
    config: { title: 'Follow up with {{deal_title}}', due_date: '+3 days' },
  },
];

/** Bodies that stand for themselves, by operation. */
export const requestExamples: Readonly<Record<string, JsonObject>> = {
  'contacts.create': { first_name: 'Anna', last_name: 'Kovacs', email: 'anna@example.com' },
  'contacts.update': { phone: '+49 30 123456', job_title: null },
  'companies.create': { name: 'Harbour Café', domain: 'harbour.example' },
  'companies.update': { address: 'Kai 4, Hamburg' },
  'deals.create': { title: 'Website relaunch', value: 5_000, stage: 'qualification' },
  'deals.update': { stage: 'won' },
  'activities.create': { type: 'task', title: 'Call Anna', due_at: instant },
  'activities.update': { completed_at: instant },
  'workflows.create': {
    name: 'Follow up new deals',
    status: 'active',
    trigger_type: 'deal_created',
    actions: followUp,
  },
  'workflows.update': { status: 'paused' },
  'workflows.execute': { deal_id: id },
  'mail_accounts.create': {
    name: 'Studio',
    from_address: 'mila@studio.example',
    host: 'smtp.studio.example',
    port: 587,
    security: 'starttls',
  },
  'settings.update': { currency: 'EUR' },
  'notifications.snooze': { for: '1_hour' },
  'views.create': {
    name: 'Open deals',
    object: 'deal',
    layout: 'table',
    conditions: {
      combinator: 'and',
      rules: [{ field: 'deal.status', operator: '=', value: 'open' }],
    },
    sort: { field: 'value', direction: 'desc' },
    columns: [{ field: 'title' }, { field: 'value', width: 120 }],
    is_pinned: true,
  },
  'views.update': { layout: 'board', group_by: 'stage' },
  'pipelines.create': {
    name: 'Renewals',
    stages: [
      { name: 'Due', slug: 'due', probability: 60 },
      { name: 'Renewed', kind: 'won' },
    ],
  },
  'pipelines.update': { name: 'Yearly renewals', position: 0 },
  'pipelines.dissolve': { move_to: 'qualification' },
  'stages.create': { name: 'Offered', kind: 'open', probability: 80 },
  'stages.update': { probability: 85, position: 0 },
  'stages.dissolve': { move_to: 'proposal' },
  'notes.create': { object: 'contact', record_id: id, body: '<p>Asked for an offer</p>' },
  'notes.update': { body: '<p>Got the offer</p>' },
  'customFields.create': { object: 'deal', label: 'Budget', type: 'number' },
  'customFields.update': { label: 'Budget for the year' },
};

function resolve(document: OpenAPI.Document, schema: JsonObject): JsonObject {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const target = document.components?.schemas?.[reference.split('/').at(-1) ?? ''];
  return isObject(target) ? target : {};
}

function typeOf(schema: JsonObject): unknown {
  const { type } = schema;
  return Array.isArray(type) ? type[0] : type;
}

/** A value that the schema takes, as a person would expect it there. */
export function exampleOf(document: OpenAPI.Document, given: unknown, key = ''): unknown {
  if (!isObject(given)) return null;
  const schema = resolve(document, given);
  const { const: constant, enum: choices, anyOf, oneOf, allOf } = schema;
  if (constant !== undefined) return constant;
  if (Array.isArray(choices)) return choices[0];
  const branches = [anyOf, oneOf, allOf].find(Array.isArray);
  if (branches) {
    if (usual[key] === null) return null;
    return exampleOf(document, branches[0], key);
  }
  if (typeOf(schema) === 'object') return exampleObject(document, schema);
  if (Object.hasOwn(usual, key) && fits(usual[key], typeOf(schema))) return usual[key];
  switch (typeOf(schema)) {
    case 'array':
      return [exampleOf(document, schema['items'], key.replace(/s$/, ''))];
    case 'string':
      if (key.endsWith('_id')) return id;
      if (/(_at|_until)$/.test(key)) return instant;
      return schema['format'] === 'date' ? '2026-12-31' : words(key);
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
    case 'boolean':
      return true;
    default:
      return key === 'actions' || key === 'action' ? followUp[0] : null;
  }
}

const words = (key: string): string => (key === '' ? 'text' : key.replaceAll('_', ' '));

function fits(value: unknown, type: unknown): boolean {
  if (Array.isArray(value)) return type === 'array';
  return type === typeof value || (type === 'integer' && typeof value === 'number');
}

function exampleObject(document: OpenAPI.Document, schema: JsonObject): JsonObject {
  const { properties } = schema;
  if (!isObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).map(([key, part]) => [key, exampleOf(document, part, key)]),
  );
}
