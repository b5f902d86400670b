import type { JsonObject } from '../../../hosts/http/openapi/json-object.ts';
import { isObject } from '../../../hosts/http/openapi/json-object.ts';

/** A source of chance that a failing run can have again. */
export class Chance {
  private readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  once(inSoMany: number): boolean {
    return this.below(inSoMany) === 0;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('There is nothing to pick from');
    return value;
  }
}

/** What schemas forget and code falls over. */
const hostile: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  0,
  -1,
  0.1 + 0.2,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[[]]],
  'x'.repeat(30_000),
  'a\0b',
  '\uD800',
  '😀'.repeat(80),
  "'; DROP TABLE deals; --",
  '%_\\',
  '../../../etc/passwd',
  '{{deal_title}}',
  '{% for a in (1..100000) %}{{a}}{% endfor %}',
  '{{ "a" | unknown }}',
  '__proto__',
  'constructor',
  '2026-02-30',
  '+999999 months',
  '-5 business days',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59.999+14:00',
  JSON.parse('{"__proto__": {"polluted": true}}'),
];

const texts = [
  'Anna',
  'Kovacs',
  'anna@example.com',
  'Website relaunch',
  'example.com',
  '+49 30 123456',
  '2026-12-31',
  '2026-12-31T09:00:00Z',
  'EUR',
  'qualification',
  'won',
  'deal_created',
  'contact_created',
  'webhook_received',
  'manual',
  'active',
  'task',
];

/** Steps and other definitions, which schemas leave open. */
const steps: readonly unknown[] = [
  { type: 'create_task', config: { title: 'Follow up with {{deal_title}}', due_date: '+3 days' } },
  { type: 'update_field', config: { object: 'deal', field: 'description', value: 'x' } },
  { type: 'send_notification', config: { title: 't', message: 'm' } },
  { type: 'wait', config: { duration: '+1 day' } },
  { type: 'stop', config: {} },
  {
    type: 'if',
    config: {
      conditions: { combinator: 'and', rules: [{ field: 'deal.value', operator: '>', value: 5 }] },
    },
    then: [{ type: 'create_deal', config: { title: 'y', value: 'a lot' } }],
  },
  { type: 'for_each', config: { over: 'deal.tasks' }, do: [{ type: 'complete_task', config: {} }] },
  { type: 'teleport', config: { to: 'mars' } },
];

/**
 * A value for a schema: mostly one that it takes, sometimes one that nobody should send.
 *
 * @param ids of records that exist, for what refers to one
 */
export function fuzzValue(
  chance: Chance,
  schema: unknown,
  ids: readonly string[],
  key = '',
): unknown {
  if (!isObject(schema) || chance.once(12)) return chance.pick(hostile);
  const { const: constant, enum: choices, anyOf, oneOf, properties } = schema;
  if (constant !== undefined) return constant;
  if (Array.isArray(choices)) return chance.pick<unknown>(choices);
  const branches = [anyOf, oneOf].find(Array.isArray);
  if (branches) return fuzzValue(chance, chance.pick<unknown>(branches), ids, key);
  if (isObject(properties)) return fuzzObject(chance, schema, properties, ids);
  switch (schema['type']) {
    case 'string':
      return key.endsWith('id') && ids.length > 0 ? chance.pick(ids) : chance.pick(texts);
    case 'number':
    case 'integer':
      return chance.pick([0, 1, 5_000, 5_000.01, 501, -3]);
    case 'boolean':
      return chance.once(2);
    case 'null':
      return null;
    case 'array':
      return Array.from({ length: chance.below(4) }, () =>
        fuzzValue(chance, schema['items'], ids, key),
      );
    case 'object':
      return chance.pick([
        {},
        { to_stage: 'won' },
        { fields: ['value'] },
        { combinator: 'or', rules: [] },
      ]);
    default:
      return chance.pick(steps);
  }
}

function fuzzObject(
  chance: Chance,
  schema: JsonObject,
  properties: JsonObject,
  ids: readonly string[],
): JsonObject {
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const entries = Object.entries(properties).flatMap(([name, part]): [string, unknown][] => {
    const kept = required.includes(name) ? !chance.once(15) : chance.once(3);
    return kept ? [[name, fuzzValue(chance, part, ids, name)]] : [];
  });
  if (chance.once(12)) entries.push([chance.pick(['unknown', '__proto__', 'id', 'owner_id']), 'x']);
  return Object.fromEntries(entries);
}
