import { beforeAll, describe, expect, it } from 'vitest';
import { describeApi, operationsOf } from '../../hosts/http/openapi/describe-api.ts';
import { isObject, type JsonObject } from '../../hosts/http/openapi/json-object.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';

// What REST promises, asked of every list and every resource that the API's own description has: one that is added
// later is asked too, without a line here.

const document = JSON.parse(JSON.stringify(await describeApi('0'))) as Awaited<
  ReturnType<typeof describeApi>
>;
const operations = operationsOf(document);

function resolve(schema: unknown): JsonObject {
  if (!isObject(schema)) return {};
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  const target: unknown = document.components?.schemas?.[$ref.split('/').at(-1) ?? ''];
  return isObject(target) ? target : {};
}

function jsonOf(holder: unknown): JsonObject {
  const content = isObject(holder) ? holder['content'] : undefined;
  const media = isObject(content) ? content['application/json'] : undefined;
  return isObject(media) ? media : {};
}

function propertiesOf(schema: unknown): JsonObject {
  const { properties } = resolve(schema);
  return isObject(properties) ? properties : {};
}

const isNullable = (schema: unknown): boolean =>
  isObject(schema) &&
  Array.isArray(schema['anyOf']) &&
  schema['anyOf'].some((part: unknown) => isObject(part) && part['type'] === 'null');

const lists = operations
  .filter(([, method, operation]) => {
    const { schema } = jsonOf(operation.responses?.['200']);
    return method === 'get' && 'next_cursor' in propertiesOf(schema);
  })
  .map(([path]) => path);

/** What can be made, read, changed and put into the bin. A custom field is only retired: it has no page of its own. */
const resources = operations
  .filter(([path, method]) => method === 'delete' && /^\/[^/]+\/\{id\}$/.test(path))
  .filter(([path]) => operations.some(([known, by]) => known === path && by === 'get'))
  .map(([path]) => path.split('/')[1] ?? '');

const operationAt = (path: string, method: string) =>
  operations.find(([known, by]) => known === path && by === method)?.[2];

const servers = useServers();
let server: RunningServer;
let workflow: string;
let view: string;
let contact: string;

beforeAll(async () => {
  server = await servers.start();
  contact = (await server.api.create('contacts', { first_name: 'Anna' })).id;
  const everybody = { name: 'Everybody', object: 'contact' };
  view = (await server.api.expect<{ id: string }>(201, 'POST', '/api/views', everybody)).id;
  workflow = (
    await server.api.create('workflows', {
      name: 'With an address',
      trigger_type: 'webhook_received',
    })
  ).id;
});

describe.each(lists)('the list %s', (path) => {
  const ask = (query: string) =>
    server.api.call(
      'GET',
      `/api${path.replace('{id}', path.startsWith('/views/') ? view : workflow)}${query}`,
    );

  it('answers a page', async () => {
    const { status, json } = await ask('?limit=1');
    expect(status).toBe(200);
    const { items, next_cursor } = json as { items: unknown[]; next_cursor: unknown };
    expect(items.length).toBeLessThanOrEqual(1);
    expect(next_cursor === null || typeof next_cursor === 'string').toBe(true);
  });

  it.each(['0', '501', '-1', '1.5', 'many', ''])('refuses limit=%s', async (limit) => {
    expect(await ask(`?limit=${limit}`)).toMatchObject({
      status: 400,
      json: { code: 'bad_request', field: 'limit' },
    });
  });

  it('refuses a cursor that is none, and a key it does not know', async () => {
    expect(await ask('?cursor=nonsense')).toMatchObject({ status: 400, json: { field: 'cursor' } });
    expect(await ask('?colour=red')).toMatchObject({ status: 400, json: { field: 'colour' } });
  });
});

describe.each(resources)('the resource %s', (name) => {
  const base = `/api/${name}`;
  const input = jsonOf(operationAt(`/${name}`, 'post')?.requestBody);
  const patch = jsonOf(operationAt(`/${name}/{id}`, 'patch')?.requestBody);
  let count = 0;
  const example = (): JsonObject => {
    const given = isObject(input['example']) ? input['example'] : {};
    count += 1;
    return {
      ...given,
      // The example's record is in nobody's file.
      ...('record_id' in given ? { record_id: contact } : {}),
      // No two pipelines have one name, no two stages one slug.
      ...(name === 'pipelines'
        ? { name: `Pipeline ${count}`, stages: [{ name: `Due ${count}`, kind: 'open' }] }
        : {}),
    };
  };

  const make = async (): Promise<JsonObject & { id: string }> =>
    await server.api.expect(201, 'POST', base, example());

  it('is made, read, listed and put into the bin, once', async () => {
    const made = await make();
    const path = `${base}/${made.id}`;
    expect(await server.api.expect(200, 'GET', path)).toEqual(made);
    const page = await server.api.expect<{ items: unknown[] }>(200, 'GET', base);
    // What is not read in pages may have an order of its own.
    if (lists.includes(`/${name}`)) expect(page.items[0]).toEqual(made);
    else expect(page.items).toContainEqual(made);
    expect((await server.api.call('DELETE', path)).text).toBe('');
    for (const method of ['GET', 'DELETE']) {
      const answer = await server.api.call(method, path);
      expect(answer).toMatchObject({ status: 404, json: { code: 'not_found' } });
    }
    const after = await server.api.expect<{ items: { id: string }[] }>(200, 'GET', base);
    expect(after.items.map(({ id }) => id)).not.toContain(made.id);
  });

  it('refuses keys it does not know, and those nobody may write', async () => {
    const made = await make();
    for (const key of ['colour', 'id', 'created_at']) {
      const refused = { status: 422, json: { code: 'validation_failed', field: key } };
      const body = { ...example(), [key]: 'x' };
      expect(await server.api.call('POST', base, { body })).toMatchObject(refused);
      const change = await server.api.call('PATCH', `${base}/${made.id}`, { body: { [key]: 'x' } });
      expect(change).toMatchObject(refused);
    }
    expect(await server.api.expect(200, 'GET', `${base}/${made.id}`)).toEqual(made);
  });

  it('clears with null what may be empty, and refuses null for the rest', async () => {
    const { id } = await make();
    const optional = Object.entries(propertiesOf(patch['schema']));
    expect(optional.length).toBeGreaterThan(0);
    for (const [key, schema] of optional) {
      const answer = await server.api.call('PATCH', `${base}/${id}`, { body: { [key]: null } });
      if (isNullable(schema)) {
        expect(answer.status, answer.text).toBe(200);
        // A trigger without settings has an empty object.
        // A password is written and never read.
        if (key !== 'password') expect([null, {}]).toContainEqual((answer.json as JsonObject)[key]);
      } else {
        expect(answer).toMatchObject({ status: 422, json: { field: key } });
      }
    }
  });

  it('stays as it is under an empty change', async () => {
    const made = await make();
    const path = `${base}/${made.id}`;
    const same = await server.api.expect<JsonObject>(200, 'PATCH', path, {});
    expect({ ...same, updated_at: made['updated_at'] }).toEqual(made);
  });
});

describe('a custom field', () => {
  const base = '/api/custom_fields';
  interface CustomField {
    readonly id: string;
    readonly name: string;
    readonly is_retired: boolean;
  }

  it('is made, listed, changed and retired, and its name stays', async () => {
    const { api } = server;
    const body = { object: 'deal', label: 'Budget', type: 'number' };
    const made = await api.expect<CustomField>(201, 'POST', base, body);
    expect(made).toMatchObject({ ...body, name: 'cf_budget', is_retired: false });
    const path = `${base}/${made.id}`;
    expect(await api.expect(200, 'GET', base)).toContainEqual(made);
    expect(await api.expect(200, 'PATCH', path, {})).toEqual(made);
    const renamed = { ...made, label: 'Money' };
    expect(await api.expect(200, 'PATCH', path, { label: 'Money' })).toEqual(renamed);
    await api.expect(204, 'DELETE', path);
    expect(await api.expect(200, 'GET', base)).toContainEqual({ ...renamed, is_retired: true });
  });

  it.each(['colour', 'id', 'name'])('refuses the key %s', async (key) => {
    const body = { object: 'deal', label: 'Refused', type: 'text', [key]: 'x' };
    expect(await server.api.call('POST', base, { body })).toMatchObject({
      status: 422,
      json: { code: 'validation_failed', field: key },
    });
  });
});

it('asks this of the records and of workflows at the least', () => {
  expect(resources).toEqual(
    expect.arrayContaining(['contacts', 'companies', 'deals', 'activities', 'workflows']),
  );
  expect(lists).toEqual(
    expect.arrayContaining([
      '/contacts',
      '/notifications',
      '/executions',
      '/workflows/{id}/hook/calls',
    ]),
  );
});
