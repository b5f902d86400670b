import { describe, expect, test } from 'vitest';
import type { ViewListInput } from '../../../shared/contract/views.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';

const titles = ['Ärger', 'arger', 'Beta', 'gamma', 'Zeta', 'alpha', 'Delta', 'epsilon'];

async function setUp() {
  const core = createTestCore({ start: false });
  const { client } = core;
  const company = await client.companies.create({ name: 'Acme' });
  for (const [index, title] of titles.entries()) {
    await client.deals.create({
      title,
      value: index % 3 === 0 ? null : index * 1_000,
      stage: ['qualification', 'proposal', 'won'][index % 3],
      expected_close_date: index % 4 === 0 ? null : `2026-03-${10 + index}`,
      company_id: index % 2 === 0 ? company.id : null,
      tags: index % 2 === 0 ? ['VIP'] : [],
    });
  }
  /** Every page of a list, three rows each. */
  async function all(input: ViewListInput): Promise<unknown[]> {
    const rows: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.views.query({ ...input, limit: 3, cursor });
      rows.push(...page.items.map((item) => item['title']));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    return rows;
  }
  return { ...core, company, all };
}

const deal = { object: 'deal' } as const;

describe('a view', () => {
  test.each([
    ['newest first', {}, titles.toReversed()],
    [
      'by title, without regard to case',
      { sort: { field: 'title', direction: 'asc' } },
      ['alpha', 'arger', 'Beta', 'Delta', 'epsilon', 'gamma', 'Zeta', 'Ärger'],
    ],
    [
      'by value, the largest first, the empty ones last',
      { sort: { field: 'value', direction: 'desc' } },
      ['epsilon', 'alpha', 'Zeta', 'Beta', 'arger', 'Delta', 'gamma', 'Ärger'],
    ],
    [
      'by expected close',
      { sort: { field: 'expected_close_date', direction: 'asc' } },
      ['arger', 'Beta', 'gamma', 'alpha', 'Delta', 'epsilon', 'Zeta', 'Ärger'],
    ],
    [
      'by stage, in the order of the pipeline',
      { sort: { field: 'stage', direction: 'asc' } },
      ['Ärger', 'gamma', 'Delta', 'arger', 'Zeta', 'epsilon', 'Beta', 'alpha'],
    ],
    [
      'by the name of its company',
      { sort: { field: 'company_id', direction: 'asc' } },
      ['Ärger', 'Beta', 'Zeta', 'Delta', 'epsilon', 'alpha', 'gamma', 'arger'],
    ],
    [
      'in groups, each sorted',
      { group_by: 'company_id', sort: { field: 'title', direction: 'desc' } },
      ['Ärger', 'Zeta', 'Delta', 'Beta', 'gamma', 'epsilon', 'arger', 'alpha'],
    ],
    ['in one group', { group: { field: 'stage', value: 'won' } }, ['alpha', 'Beta']],
    [
      'in the group of the empty',
      { group: { field: 'company_id', value: null } },
      ['epsilon', 'alpha', 'gamma', 'arger'],
    ],
    ['by words', { q: 'AL' }, ['alpha']],
    [
      'by conditions',
      {
        conditions: {
          combinator: 'and',
          rules: [
            { field: 'deal.stage', operator: '=', value: 'proposal' },
            { field: 'deal.value', operator: '>', value: 4_500 },
          ],
        },
      },
      ['epsilon'],
    ],
    [
      'by a tag and a record it reaches',
      {
        conditions: {
          combinator: 'and',
          rules: [
            { field: 'deal.tags', operator: 'hasTag', value: 'vip' },
            { field: 'company.name', operator: 'contains', value: 'ACM' },
            {
              field: 'deal.expected_close_date',
              operator: 'between',
              value: ['2026-03-11', '2026-03-13'],
            },
          ],
        },
      },
      ['Beta'],
    ],
  ] as const)('%s, three rows a page', async (_, input, found) => {
    const { all } = await setUp();
    expect(await all({ ...deal, ...input })).toEqual(found);
  });

  test('is counted and grouped', async () => {
    const { client, company } = await setUp();
    expect(await client.views.count({ ...deal, q: 'a' })).toEqual({ count: 3 });
    expect(await client.views.groups({ ...deal, group_by: 'stage' })).toEqual([
      { value: 'qualification', label: null, count: 3 },
      { value: 'proposal', label: null, count: 3 },
      { value: 'won', label: null, count: 2 },
    ]);
    expect(await client.views.groups({ ...deal, group_by: 'company_id' })).toEqual([
      { value: company.id, label: 'Acme', count: 4 },
      { value: null, label: null, count: 4 },
    ]);
  });

  test.each([
    [{ sort: { field: 'tags', direction: 'asc' } }, 'sort.field', /cannot be sorted/],
    [
      { conditions: { combinator: 'and', rules: [{ field: 'deal.x', operator: '=', value: 1 }] } },
      'conditions.rules[0].field',
      /Unknown field/,
    ],
    [
      {
        conditions: {
          combinator: 'and',
          rules: [{ field: 'task.title', operator: '=', value: 'x' }],
        },
      },
      'conditions.rules[0].field',
      /no task/,
    ],
    [{ group: { field: 'title', value: 'x' } }, 'group_by', /cannot be grouped/],
    [{ cursor: 'nonsense' }, 'cursor', /not valid/],
  ] as const)('refuses %j', async (input, field, message) => {
    const { client } = await setUp();
    const asked = client.views.query({ ...deal, ...(input as object) });
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(message),
      data: { field },
    });
  });
});

describe('a saved view', () => {
  const conditions = {
    combinator: 'and',
    rules: [{ field: 'deal.stage', operator: '=', value: 'won' }],
  };

  test('is made, changed, shown and forgotten', async () => {
    const { client, outside } = await setUp();
    const view = await client.views.create({
      name: ' Won ',
      object: 'deal',
      conditions,
      is_pinned: true,
    });
    expect(view).toMatchObject({
      name: 'Won',
      layout: 'table',
      conditions,
      sort: null,
      is_pinned: true,
    });
    const changed = await client.views.update({
      id: view.id,
      sort: { field: 'title', direction: 'asc' },
      columns: [{ field: 'title', width: 300 }, { field: 'value' }],
      group_by: 'stage',
    });
    expect(changed).toMatchObject({ name: 'Won', conditions, group_by: 'stage', is_pinned: true });
    expect((await client.views.list({ object: 'deal' })).items).toEqual([changed]);
    expect((await client.views.list({ object: 'contact' })).items).toEqual([]);
    const { items } = await client.views.records({ id: view.id });
    expect(items.map((item) => item['title'])).toEqual(['alpha', 'Beta']);
    // What another program leaves there must not take the list along.
    outside.prepare("UPDATE views SET sort = '{', layout = 'cube', columns = '[1]'").run();
    expect(await client.views.get({ id: view.id })).toMatchObject({
      sort: null,
      columns: null,
      layout: 'table',
    });
    await client.views.remove({ id: view.id });
    await expect(client.views.get({ id: view.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    [{ conditions: { rules: 1 } }, 'conditions'],
    [{ columns: [{ field: 'nothing' }] }, 'columns[0].field'],
    [{ sort: { field: 'nothing', direction: 'asc' } }, 'sort.field'],
    [{ group_by: 'title' }, 'group_by'],
  ] as const)('is refused with %j', async (part, field) => {
    const { client } = await setUp();
    const made = client.views.create({ name: 'V', object: 'deal', ...(part as object) });
    await expect(made).rejects.toMatchObject({ code: 'validation_failed', data: { field } });
  });
});
