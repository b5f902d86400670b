import { describe, expect, test } from 'vitest';
import { storedEvents, storedJournal } from '../../../../tests/support/stored-rows.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  only,
  setField,
  task,
  titlesOf,
} from '../../../../tests/support/workflows.ts';

/** A deal with a field of every type. */
async function setUp(core: TestCore) {
  const { client } = core;
  const add = (label: string, type: 'text' | 'number' | 'money' | 'date' | 'boolean') =>
    client.custom_fields.create({ object: 'deal', label, type });
  await add('Site', 'text');
  await add('Rooms', 'number');
  await add('Annual budget (€)', 'money');
  await add('Kick-off', 'date');
  await add('Signed', 'boolean');
  const choices = ['solar', 'tiles'];
  await client.custom_fields.create({ object: 'deal', label: 'Roof', type: 'choice', choices });
  await client.custom_fields.create({
    object: 'deal',
    label: 'Extras',
    type: 'multi_choice',
    choices,
  });
  await client.custom_fields.create({
    object: 'deal',
    label: 'Architect',
    type: 'link',
    links_to: 'contact',
  });
  const contact = await client.contacts.create({ first_name: 'Anna' });
  return { contact };
}

const empty = {
  cf_site: null,
  cf_rooms: null,
  cf_annual_budget: null,
  cf_kick_off: null,
  cf_signed: null,
  cf_roof: null,
  cf_extras: null,
  cf_architect: null,
};

describe('fields of the user’s own', () => {
  test('are named after their label and there at once, empty, on every record of their kind', async () => {
    const core = createTestCore({ start: false });
    const before = await core.client.deals.create({ title: 'Before' });
    await setUp(core);
    expect(await core.client.deals.get({ id: before.id })).toEqual({ ...before, ...empty });
    expect((await core.client.custom_fields.list()).map(({ name }) => name)).toEqual(
      Object.keys(empty),
    );
    // A record without any has nothing in its row.
    expect(core.outside.prepare('SELECT custom FROM deals').pluck().all()).toEqual([null]);
  });

  test('are written, read, told and cleared as any other', async () => {
    const core = createTestCore({ start: false });
    const { contact } = await setUp(core);
    const values = {
      cf_site: 'Harbour',
      cf_rooms: 3.5,
      cf_annual_budget: 5000.01,
      cf_kick_off: '2026-04-01',
      cf_signed: false,
      cf_roof: 'solar',
      cf_extras: ['solar', 'tiles'],
      cf_architect: contact.id,
    };
    const deal = await core.client.deals.create({ title: 'Roof', ...values });
    expect(deal).toMatchObject(values);
    const patch = { cf_rooms: null, cf_signed: true, cf_site: 'Harbour', cf_extras: [] };
    const changed = await core.client.deals.update({ id: deal.id, ...patch });
    const now = { ...values, cf_rooms: null, cf_signed: true, cf_extras: null };
    expect(changed).toMatchObject(now);
    expect((await core.client.deals.list({})).items[0]).toMatchObject(now);
    expect(storedEvents(core.outside).at(-1)?.data.changes).toEqual({
      cf_rooms: { old: 3.5, new: null },
      cf_signed: { old: false, new: true },
      cf_extras: { old: ['solar', 'tiles'], new: null },
    });
    expect(storedJournal(core.outside).at(-1)).toMatchObject({
      before: { cf_rooms: 3.5, cf_signed: false },
      after: { cf_rooms: null, cf_signed: true },
    });
    const site = core.outside.prepare("SELECT json_extract(custom, '$.cf_site') FROM deals");
    expect(site.pluck().get()).toBe('Harbour');
    await core.client.history.undo();
    expect(await core.client.deals.get({ id: deal.id })).toMatchObject(values);
  });

  test.each([
    ['cf_rooms', 'three', /must be a number/],
    ['cf_kick_off', '1 April', /must be a date/],
    ['cf_signed', 'yes', /true or false/],
    ['cf_roof', 'straw', /must be one of: solar, tiles/],
    ['cf_extras', ['straw'], /must be a list of: solar, tiles/],
    ['cf_architect', 'nobody', /there is no contact/],
    ['cf_unknown', 'x', /Unknown or read-only key "cf_unknown"/],
  ])('%s refuses %j', async (name, value, message) => {
    const core = createTestCore({ start: false });
    await setUp(core);
    const refusal = {
      code: 'validation_failed',
      data: { field: name },
      message: expect.stringMatching(message),
    };
    const input = { title: 'Roof', [name]: value };
    await expect(core.client.deals.create(input)).rejects.toMatchObject(refusal);
    const deal = await core.client.deals.create({ title: 'Roof' });
    const patch = { id: deal.id, [name]: value };
    await expect(core.client.deals.update(patch)).rejects.toMatchObject(refusal);
    await expect(core.client.contacts.create({ first_name: 'A', cf_site: 'x' })).rejects.toThrow(
      /cf_site/,
    );
  });
});

describe('in workflows', () => {
  test('conditions, templates, changes, update_field and waits know them without a restart', async () => {
    const core = createTestCore();
    await setUp(core);
    await activeWorkflow(
      core,
      'deal_updated',
      [
        task('{{deal.cf_site}}: {{changes.cf_rooms.old}} to {{changes.cf_rooms.new}}'),
        setField('deal', 'cf_annual_budget', '1200.5'),
        setField('deal', 'cf_signed', 'true'),
      ],
      {
        trigger_config: { fields: ['cf_rooms'] },
        conditions: {
          combinator: 'and',
          rules: [
            { field: 'deal.cf_rooms', operator: '>', value: 3 },
            { field: 'deal.cf_extras', operator: 'contains', value: 'tiles' },
          ],
        },
      },
    );
    const deal = await core.client.deals.create({
      title: 'Roof',
      cf_site: 'Harbour',
      cf_rooms: 2,
      cf_extras: ['solar', 'tiles'],
    });
    await core.client.deals.update({ id: deal.id, cf_rooms: 3 });
    await core.settle();
    await core.client.deals.update({ id: deal.id, cf_rooms: 4 });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['Harbour: 3 to 4']);
    expect(await core.client.deals.get({ id: deal.id })).toMatchObject({
      cf_annual_budget: 1200.5,
      cf_signed: true,
    });
  });

  test('one that is retired parks what names it, and used again it goes on', async () => {
    const core = createTestCore();
    await setUp(core);
    const { id } = await activeWorkflow(core, 'deal_created', [task('{{deal.cf_site}}')]);
    const [site] = await core.client.custom_fields.list();
    await core.client.custom_fields.remove({ id: site?.id ?? '' });
    await core.client.deals.create({ title: 'Roof' });
    await core.settle();
    expect((await core.client.workflows.get({ id })).parked_reason).toMatch(/deal\.cf_site/);
    await core.client.history.undo();
    await core.client.history.undo();
    await core.settle();
    expect((await core.client.workflows.get({ id })).parked_reason).toBeNull();
  });

  test('one that is not there is refused with what there is', async () => {
    const core = createTestCore({ start: false });
    await setUp(core);
    const conditions = only('deal.cf_room', '>', 3);
    await expect(activeWorkflow(core, 'deal_updated', [task('x')], { conditions })).rejects.toThrow(
      /Unknown field "deal.cf_room". Did you mean "deal.cf_rooms"/,
    );
    await expect(activeWorkflow(core, 'deal_updated', [task('{{deal.cf_room}}')])).rejects.toThrow(
      /cf_rooms/,
    );
  });
});

describe('the fields themselves', () => {
  test('are renamed, put in order, retired and used again; each can be undone', async () => {
    const core = createTestCore({ start: false });
    const { client } = core;
    await setUp(core);
    const deal = await client.deals.create({ title: 'Roof', cf_site: 'Harbour' });
    const [site] = await client.custom_fields.list();
    const id = site?.id ?? '';
    await client.custom_fields.update({ id, label: 'Building site' });
    await client.custom_fields.remove({ id });
    expect(await client.deals.get({ id: deal.id })).not.toHaveProperty('cf_site');
    await expect(client.deals.update({ id: deal.id, cf_site: 'x' })).rejects.toThrow(/cf_site/);
    expect((await client.history.undo()).action).toMatchObject({
      object: 'custom_field',
      record_name: 'Building site',
    });
    expect(await client.deals.get({ id: deal.id })).toMatchObject({ cf_site: 'Harbour' });
    await client.history.undo();
    expect((await client.custom_fields.list())[0]).toMatchObject({
      label: 'Site',
      name: 'cf_site',
    });
    await client.custom_fields.update({ id, position: 50 });
    expect((await client.custom_fields.list()).at(-1)).toMatchObject({ name: 'cf_site' });
  });

  test.each([
    [{ label: 'Site', type: 'text' }, 'label'],
    [{ label: 'X', type: 'choice' }, 'choices'],
    [{ label: 'X', type: 'text', choices: ['a'] }, 'choices'],
    [{ label: 'X', type: 'link' }, 'links_to'],
    [{ label: 'X', type: 'number', links_to: 'deal' }, 'links_to'],
  ] as const)('%j is refused at %s', async (input, field) => {
    const core = createTestCore({ start: false });
    await setUp(core);
    const refused = core.client.custom_fields.create({
      object: 'deal',
      ...input,
      choices: 'choices' in input ? [...input.choices] : undefined,
    });
    await expect(refused).rejects.toMatchObject({ code: 'validation_failed', data: { field } });
  });

  test('two of one name on file have names of their own for programs', async () => {
    const { client } = createTestCore({ start: false });
    const make = (label: string) =>
      client.custom_fields.create({ object: 'task', label, type: 'text' });
    expect(
      [await make('Ort'), await make('ORT!'), await make('日本')].map(({ name }) => name),
    ).toEqual(['cf_ort', 'cf_ort_2', 'cf_field']);
  });
});

test('a list is sorted and grouped by a field of the user’s own', async () => {
  const { client } = createTestCore({ start: false });
  await client.custom_fields.create({
    object: 'contact',
    label: 'Size',
    type: 'choice',
    choices: ["it's small", 'large'],
  });
  await client.custom_fields.create({ object: 'contact', label: 'Born', type: 'number' });
  const make = (first_name: string, cf_size: string | null, cf_born: number | null) =>
    client.contacts.create({ first_name, cf_size, cf_born });
  await make('Anna', 'large', 1990);
  await make('Ben', "it's small", 1980);
  await make('Cleo', null, null);
  const names = async (field: string, direction: 'asc' | 'desc') =>
    (await client.views.query({ object: 'contact', sort: { field, direction } })).items.map(
      (one) => one['first_name'],
    );
  expect(await names('cf_born', 'asc')).toEqual(['Ben', 'Anna', 'Cleo']);
  expect(await names('cf_size', 'desc')).toEqual(['Anna', 'Ben', 'Cleo']);
  expect(await client.views.groups({ object: 'contact', group_by: 'cf_size' })).toEqual([
    { value: "it's small", label: null, count: 1 },
    { value: 'large', label: null, count: 1 },
    { value: null, label: null, count: 1 },
  ]);
  const group = { field: 'cf_size', value: 'large' };
  const large = await client.views.query({ object: 'contact', group, group_by: 'cf_size' });
  expect(large.items).toMatchObject([{ first_name: 'Anna' }]);
});
