import { expect, test } from 'vitest';
import { logicalDump } from '../../../../tests/support/logical-dump.ts';
import { seededRandom } from '../../../../tests/support/seeded-random.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import { UserActor } from '../../../../tests/support/user-actor.ts';

/** Calls what works in slices while the clock gives it its turns. */
async function through<T>({ clock }: TestCore, call: Promise<T>): Promise<T> {
  for (;;) {
    clock.runToIdle();
    const turn = new Promise<null>((resolve) => setImmediate(() => resolve(null)));
    const end = await Promise.race([call.then((value) => ({ value })), turn]);
    if (end) return end.value;
  }
}

test('contacts that share an address, a number or a name at one company are found, others are not', async () => {
  const core = createTestCore();
  const { client } = core;
  const firm = await client.companies.create({ name: 'Example Ltd' });
  const other = await client.companies.create({ name: 'Other Ltd' });
  const make = async (fields: object) => {
    const { id } = await client.contacts.create({ first_name: 'X', ...fields });
    return id;
  };
  const [a, b] = [
    await make({ email: 'anna@example.org' }),
    await make({ email: 'ANNA@example.org' }),
  ];
  const c = await make({ email: 'b@example.org', phone: '+49 30 1234567' });
  const d = await make({ phone: '030/123 45 67' });
  const e = await make({ phone: '0049 (30) 1234567', email: 'anna@example.org' });
  // The same digits in two countries are two numbers.
  await make({ phone: '+49 40 7654321' });
  await make({ phone: '+1 40 7654321' });
  const anna = { first_name: 'Änna', last_name: 'Berg' };
  const f = await make({ ...anna, company_id: firm.id });
  const g = await make({ first_name: 'anna', last_name: 'berg', company_id: firm.id });
  await make({ ...anna, company_id: other.id });
  await make(anna);
  const { groups, total } = await client.duplicates.find({ object: 'contact' });
  expect(total).toBe(2);
  const ids = groups.map(({ records }) => records.map(({ values }) => values['id']));
  expect(ids).toEqual([
    [a, b, c, d, e],
    [f, g],
  ]);
  expect(groups[0]?.reasons.toSorted()).toEqual(['email', 'phone']);
  expect(groups[1]).toMatchObject({
    reasons: ['name_company'],
    records: [{ values: { company_id: firm.id }, links: 0 }, {}],
  });

  await client.duplicates.dismiss({ ids: [f, g] });
  expect((await client.duplicates.find({ object: 'contact' })).total).toBe(1);
  await client.duplicates.recall({ ids: [f, g] });
  expect((await client.duplicates.find({ object: 'contact' })).total).toBe(2);
  await client.contacts.remove({ id: g });
  expect((await client.duplicates.find({ object: 'contact' })).total).toBe(1);
});

test('companies that share a domain or a name are found', async () => {
  const { client } = createTestCore();
  for (const fields of [
    { name: 'Example Ltd', domain: 'example.org' },
    { name: 'Example', domain: 'EXAMPLE.org' },
    { name: 'Éxample' },
    { name: 'Else' },
  ])
    await client.companies.create(fields);
  const { groups } = await client.duplicates.find({ object: 'company' });
  expect(groups.map(({ records }) => records.length)).toEqual([3]);
});

test('merged, one record has all values and links; one undo brings both back', async () => {
  const core = createTestCore();
  const { client, outside } = core;
  await client.custom_fields.create({
    object: 'deal',
    label: 'Referee',
    type: 'link',
    links_to: 'contact',
  });
  const stays = await client.contacts.create({ first_name: 'Anna', tags: ['vip'] });
  const goes = await client.contacts.create({
    first_name: 'A',
    email: 'a@example.org',
    tags: ['b'],
  });
  await client.activities.create({ type: 'call', title: 'Call', contact_id: goes.id });
  const deal = await client.deals.create({ title: 'Roof', contact_id: goes.id });
  const referred = await client.deals.create({ title: 'Door', cf_referee: goes.id });
  await client.notes.create({ object: 'contact', record_id: goes.id, body: 'Met' });
  const before = logicalDump(outside);
  const { moved } = await through(
    core,
    client.duplicates.merge({
      object: 'contact',
      into: stays.id,
      others: [goes.id],
      fields: { email: 'a@example.org', tags: ['vip', 'b'] },
    }),
  );
  expect(moved).toBe(4);
  expect(await client.contacts.get({ id: stays.id })).toMatchObject({
    first_name: 'Anna',
    email: 'a@example.org',
    tags: ['b', 'vip'],
  });
  expect((await client.deals.get({ id: deal.id })).contact_id).toBe(stays.id);
  expect((await client.deals.get({ id: referred.id }))['cf_referee']).toBe(stays.id);
  expect((await client.notes.list({ record_id: stays.id })).items).toHaveLength(1);
  await expect(client.contacts.get({ id: goes.id })).rejects.toMatchObject({ code: 'not_found' });
  const after = logicalDump(outside);
  const undone = await through(core, client.history.undo({}));
  expect(undone).toMatchObject({ action: { kind: 'merge' }, conflict_count: 0 });
  expect(logicalDump(outside)).toEqual(before);
  await through(core, client.history.redo({}));
  expect(logicalDump(outside)).toEqual(after);
});

test('links move to the one that stays: none twice, a role from either, the primary one still primary', async () => {
  const core = createTestCore();
  const { client, outside } = core;
  const [berg, tal] = [
    await client.companies.create({ name: 'Berg' }),
    await client.companies.create({ name: 'Tal' }),
  ];
  const stays = await client.contacts.create({ first_name: 'Anna', company_id: berg.id });
  const goes = await client.contacts.create({ first_name: 'A.' });
  const both = await client.deals.create({ title: 'Roof', contact_id: goes.id });
  const one = await client.deals.create({ title: 'Door' });
  const links = client.contact_links;
  await links.create({ contact_id: stays.id, deal_id: both.id });
  await links.create({ contact_id: goes.id, deal_id: both.id, role: 'Decides' });
  await links.create({ contact_id: goes.id, deal_id: one.id, role: 'Pays' });
  await links.create({ contact_id: goes.id, company_id: tal.id, role: 'Board' });
  const before = logicalDump(outside);
  const merge = (object: 'contact' | 'company', into: string, other: string) =>
    through(core, client.duplicates.merge({ object, into, others: [other], fields: {} }));
  const listed = async () =>
    (await links.list({ contact_id: stays.id })).items.map(({ linked_name, role, is_primary }) => [
      linked_name,
      role,
      is_primary,
    ]);
  expect(await merge('contact', stays.id, goes.id)).toEqual({ moved: 4 });
  expect(await listed()).toEqual([
    ['Berg', null, true],
    ['Roof', 'Decides', true],
    ['Door', 'Pays', false],
    ['Tal', 'Board', false],
  ]);
  const merged = logicalDump(outside);
  await merge('company', tal.id, berg.id);
  expect((await listed()).filter(([name]) => name === 'Tal')).toEqual([['Tal', 'Board', true]]);
  await through(core, client.history.undo({}));
  expect(logicalDump(outside)).toEqual(merged);
  await through(core, client.history.undo({}));
  expect(logicalDump(outside)).toEqual(before);

  // Removed for good, the other one cannot have its links back; they stay where they are.
  await through(core, client.history.redo({}));
  await client.bin.remove({ records: [{ object: 'contact', id: goes.id }] });
  await through(core, client.history.undo({}));
  const { items } = await links.list({ deal_id: one.id });
  expect(items).toMatchObject([{ contact_id: stays.id, role: 'Pays' }]);
});

test('what cannot be merged is refused before anything is written', async () => {
  const core = createTestCore();
  const { client, outside } = core;
  const one = await client.contacts.create({ first_name: 'One' });
  const two = await client.contacts.create({ first_name: 'Two' });
  const before = logicalDump(outside);
  const merge = (change: object) =>
    through(
      core,
      client.duplicates.merge({
        object: 'contact',
        into: one.id,
        others: [two.id],
        fields: {},
        ...change,
      }),
    );
  await expect(merge({ others: [one.id] })).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(merge({ others: ['nobody'] })).rejects.toMatchObject({ code: 'not_found' });
  await expect(merge({ fields: { email: 'x' } })).rejects.toThrow(/email/);
  await expect(merge({ fields: { cf_none: 'x' } })).rejects.toThrow(/cf_none/);
  expect(logicalDump(outside)).toEqual(before);
});

interface Named {
  readonly id: string;
}

/** Links of these records to the same few others, some of them with a role. */
async function linkSome(
  { client, outside }: TestCore,
  random: () => number,
  object: 'contact' | 'company',
  records: readonly Named[],
): Promise<void> {
  const lists = { contact: client.companies, company: client.contacts };
  const { items: others } = await lists[object].list({ limit: 3 });
  const isTaken = outside
    .prepare('SELECT 1 FROM contact_links WHERE contact_id = ? AND company_id = ?')
    .pluck();
  for (const { id } of records)
    for (const other of others) {
      const [contactId, companyId] = object === 'contact' ? [id, other.id] : [other.id, id];
      if (random() < 0.3 || isTaken.get(contactId, companyId) !== undefined) continue;
      const role = random() < 0.5 ? `Role ${Math.floor(random() * 9)}` : null;
      await client.contact_links.create({ contact_id: contactId, company_id: companyId, role });
    }
}

interface LinkRow {
  readonly contact_id: string;
  readonly company_id: string | null;
  readonly deal_id: string | null;
  readonly role: string | null;
}

function linkRows({ outside }: TestCore): LinkRow[] {
  return outside
    .prepare<[], LinkRow>(
      'SELECT contact_id, company_id, deal_id, role FROM contact_links ORDER BY seq',
    )
    .all();
}

/** Each row as its pair and its role: a pair that is there twice is there twice. */
function rolesOfPairs(core: TestCore): string[] {
  return linkRows(core)
    .map(({ role, ...pair }) => `${JSON.stringify(Object.values(pair))} ${role}`)
    .toSorted();
}

/** The links there should be: of one pair one, with the role of the one that stays, or else the first that one has. */
function mergedLinks(
  core: TestCore,
  object: 'contact' | 'company',
  into: string,
  others: readonly Named[],
): string[] {
  const end = object === 'contact' ? 'contact_id' : 'company_id';
  const order = [into, ...others.map(({ id }) => id)];
  const rows = linkRows(core).toSorted(
    (a, b) => order.indexOf(a[end] ?? '') - order.indexOf(b[end] ?? ''),
  );
  const roles = new Map<string, string | null>();
  for (const { role, ...pair } of rows) {
    const moved = order.includes(pair[end] ?? '') ? { ...pair, [end]: into } : pair;
    const key = JSON.stringify(Object.values(moved));
    roles.set(key, roles.get(key) ?? role);
  }
  return [...roles].map(([pair, role]) => `${pair} ${role}`).toSorted();
}

test('whatever is merged in a file of any history, undo brings both back with all their links', async () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    const core = createTestCore();
    const { client, outside } = core;
    const random = seededRandom(seed);
    await client.custom_fields.create({ object: 'deal', label: 'Size', type: 'number' });
    await client.custom_fields.create({
      object: 'deal',
      label: 'Kinds',
      type: 'multi_choice',
      choices: ['a', 'b'],
    });
    const actor = new UserActor(client, random);
    for (let count = 0; count < 90; count += 1) await actor.act();
    for (const object of ['contact', 'company'] as const) {
      const lists = { contact: client.contacts, company: client.companies };
      const { items } = await lists[object].list({ limit: 500 });
      const [into, ...others] = items.slice(0, 2 + Math.floor(random() * 2));
      if (!into || others.length === 0) continue;
      await linkSome(core, random, object, [into, ...others]);
      const expected = mergedLinks(core, object, into.id, others);
      const before = logicalDump(outside);
      const [first] = others;
      await through(
        core,
        client.duplicates.merge({
          object,
          into: into.id,
          others: others.map((one) => one.id),
          fields: { tags: [...into.tags, ...(first?.tags ?? [])] },
        }),
      );
      const after = logicalDump(outside);
      expect(after).not.toEqual(before);
      expect(rolesOfPairs(core), `seed ${seed}, ${object}, links`).toEqual(expected);
      const { conflict_count: conflicts } = await through(core, client.history.undo({}));
      expect(conflicts).toBe(0);
      expect(logicalDump(outside), `seed ${seed}, ${object}`).toEqual(before);
      await through(core, client.history.redo({}));
      expect(logicalDump(outside), `seed ${seed}, ${object}, again`).toEqual(after);
    }
  }
});
