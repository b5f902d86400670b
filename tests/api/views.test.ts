import { beforeAll, expect, it } from 'vitest';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';

const servers = useServers();
let server: RunningServer;

beforeAll(async () => {
  server = await servers.start();
  for (const [title, value] of [
    ['Roof', 9_000],
    ['Window', 400],
    ['Solar roof', 12_000],
  ] as const)
    await server.api.create('deals', { title, value });
});

const large = {
  name: 'Large',
  object: 'deal',
  conditions: { combinator: 'and', rules: [{ field: 'deal.value', operator: '>', value: 1_000 }] },
  sort: { field: 'value', direction: 'desc' },
};

it('a view by REST: made, read with its records, changed, taken away', async () => {
  const made = await server.api.call('POST', '/api/views', { body: large });
  expect(made).toMatchObject({ status: 201, json: { name: 'Large', layout: 'table' } });
  const { id } = made.json as { id: string };
  const first = await server.api.call('GET', `/api/views/${id}/records?limit=1`);
  expect(first.json).toMatchObject({ items: [{ title: 'Solar roof', value: 12_000 }] });
  const { next_cursor: cursor } = first.json as { next_cursor: string };
  const second = await server.api.call('GET', `/api/views/${id}/records?limit=1&cursor=${cursor}`);
  expect(second.json).toMatchObject({ items: [{ title: 'Roof' }], next_cursor: null });

  const changed = await server.api.call('PATCH', `/api/views/${id}`, { body: { is_pinned: true } });
  expect(changed.json).toMatchObject({ name: 'Large', is_pinned: true, sort: large.sort });
  expect(await server.api.call('DELETE', `/api/views/${id}`)).toMatchObject({ status: 204 });
  expect(await server.api.call('GET', `/api/views/${id}/records`)).toMatchObject({ status: 404 });
});

it.each([
  [{ ...large, name: ' ' }, 'name'],
  [{ ...large, object: 'invoice' }, 'object'],
  [{ ...large, layout: 'cube' }, 'layout'],
  [{ ...large, sort: { field: 'tags', direction: 'asc' } }, 'sort.field'],
  [
    { ...large, conditions: { combinator: 'and', rules: [{ field: 'deal.x' }] } },
    'conditions.rules[0].field',
  ],
  [{ ...large, colour: 'red' }, 'colour'],
])('a view that cannot be shown is refused, and the fault named: %#', async (body, field) => {
  const answer = await server.api.call('POST', '/api/views', { body });
  expect(answer).toMatchObject({ status: 422, json: { code: 'validation_failed', field } });
});

it('search answers names at once and the rest on its own path', async () => {
  const names = await server.api.call('GET', '/api/search?q=roo');
  expect(names.json).toMatchObject({ items: [{ title: 'Roof' }, { title: 'Solar roof' }] });
  const further = await server.api.call('GET', '/api/search/further?q=windwo');
  expect(further.json).toMatchObject({ items: [{ title: 'Window', found_by: 'similar' }] });
  expect(await server.api.call('GET', '/api/search?q=a&limit=51')).toMatchObject({ status: 400 });
  expect(await server.api.call('GET', '/api/search')).toMatchObject({ status: 400 });
});
