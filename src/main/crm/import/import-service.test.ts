import { expect, test } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock.ts';
import {
  importFile,
  refusedOf,
  untilImport,
  uploadFile,
} from '../../../../tests/support/import-file.ts';
import { logicalDump } from '../../../../tests/support/logical-dump.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';

const people = `First name,Last name,Email,Company,Tags
Anna,Berg,anna@example.org,Example Ltd,vip
Uwe,Berg,uwe@example.org,Example Ltd,
,,no address,,
`;

test('records, their companies and a report of what was refused, with line and reason', async () => {
  const core = createTestCore();
  const { id, state } = await importFile(core, 'people.csv', people);
  expect(state).toMatchObject({
    outcome: 'imported',
    counts: { created: 2, updated: 0, skipped: 0, refused: 1, links_created: 1 },
    refusals: [{ line: 4, reason: expect.stringContaining('Email') }],
  });
  const report = await refusedOf(core, id);
  expect(report.split('\r\n')[0]).toContain('Email,Company,Tags,Trellis line,Trellis reason');
  expect(report).toContain(',no address,,,4,');
  // Mended, it can be imported as it stands.
  const again = await importFile(core, 'mended.csv', report.replace('no address', 'x@example.org'));
  expect(again.state.counts).toMatchObject({ created: 1, refused: 0 });
});

test('undo takes all of it back, updates included; redo does it again', async () => {
  const core = createTestCore();
  const { client, outside } = core;
  const anna = await client.contacts.create({ first_name: 'Ann', email: 'ANNA@example.org' });
  await client.notes.create({ object: 'contact', record_id: anna.id, body: 'old' });
  const before = logicalDump(outside);
  const { state } = await importFile(core, 'people.csv', `${people.trim()}\n`);
  expect(state.counts).toMatchObject({ created: 1, updated: 1, refused: 1 });
  expect(await client.contacts.get({ id: anna.id })).toMatchObject({
    first_name: 'Anna',
    last_name: 'Berg',
    email: 'anna@example.org',
    tags: ['vip'],
  });
  const after = logicalDump(outside);
  const undone = await client.history.undo({});
  expect(undone.action).toMatchObject({ kind: 'import', id: state.action_id });
  expect(undone.conflict_count).toBe(0);
  expect(logicalDump(outside)).toEqual(before);
  await client.history.redo({});
  expect(logicalDump(outside)).toEqual(after);
});

test('duplicates are left, updated or made, by the keys chosen; the check counts and writes nothing', async () => {
  const core = createTestCore();
  const { client, outside } = core;
  await client.contacts.create({ first_name: 'Anna', last_name: 'Berg', phone: '030 1234567' });
  const csv = 'First name,Last name,Phone\nAnna,Berg,+49 30 1234567\nANNA,BERG,\n';
  const id = await uploadFile(core, 'people.csv', csv);
  const { plan } = await client.imports.analyse({ id });
  const check = async (change: Partial<typeof plan>) => {
    await client.imports.start({ id, plan: { ...plan, ...change }, is_check: true });
    return (await untilImport(core, id)).counts;
  };
  const before = logicalDump(outside);
  expect(await check({ match_on: ['phone'], on_match: 'skip' })).toMatchObject({
    created: 1,
    skipped: 1,
  });
  expect(await check({ match_on: ['phone', 'name'], on_match: 'update' })).toMatchObject({
    updated: 2,
    created: 0,
  });
  expect(await check({ on_match: 'create' })).toMatchObject({ created: 2 });
  expect(logicalDump(outside)).toEqual(before);
  const { rows } = await client.imports.preview({
    id,
    plan: { ...plan, match_on: ['phone', 'name'], on_match: 'skip' },
  });
  expect(rows.map((row) => row.action)).toEqual(['skip', 'skip']);
});

test('paused it stands, cancelled it leaves nothing behind', async () => {
  // Each look at the clock takes a millisecond, so that a slice is a few rows.
  const clock = new FakeClock({ elapsedPerReading: 1 });
  const core = createTestCore({ clock });
  const { client, outside } = core;
  const old = await client.contacts.create({ first_name: 'Old', email: 'p1@example.org' });
  const lines = Array.from(
    { length: 3_000 },
    (_, at) => `P${at},p${at}@example.org,Company ${at % 7},tag${at % 3},Met ${at}`,
  );
  const csv = `First name,Email,Company,Tags,Notes\n${lines.join('\n')}\n`;
  const id = await uploadFile(core, 'many.csv', csv);
  const { plan } = await client.imports.analyse({ id });
  const before = logicalDump(outside);
  const tables = () =>
    ['contacts', 'companies', 'tags', 'journal', 'notes'].map((table) =>
      outside.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
  const counted = tables();
  await client.imports.start({ id, plan, is_check: false });
  await untilImport(core, id, ({ counts }) => counts.created > 100);
  await client.imports.pause({ id });
  clock.runToIdle();
  const paused = await client.imports.state({ id });
  clock.runToIdle();
  expect(await client.imports.state({ id })).toEqual(paused);
  expect(paused).toMatchObject({ work: 'import', is_paused: true });
  await client.imports.resume({ id });
  await untilImport(core, id, ({ counts }) => counts.created > paused.counts.created);
  await client.imports.cancel({ id });
  const end = await untilImport(core, id);
  expect(end).toMatchObject({ outcome: 'cancelled', action_id: null });
  expect(end.counts.created).toBeLessThan(3_000);
  expect(logicalDump(outside)).toEqual(before);
  const [contacts, companies, tags, , notes] = tables();
  expect([contacts, companies, tags, notes]).toEqual([
    counted[0],
    counted[1],
    counted[2],
    counted[4],
  ]);
  expect(await client.contacts.get({ id: old.id })).toMatchObject({ first_name: 'Old' });
  expect((await client.bin.list({})).items).toEqual([]);
  expect((await client.history.latest())?.kind).toBe('edit');
});

test('workflows answer none, the new ones or all, as asked', async () => {
  const csv = 'First name,Email\nAnna,anna@example.org\nUwe,uwe@example.org\n';
  const runs: Record<string, number> = {};
  for (const choice of ['none', 'new', 'all'] as const) {
    const core = createTestCore();
    const { client } = core;
    await client.contacts.create({ first_name: 'Old', email: 'anna@example.org' });
    await core.settle();
    for (const trigger of ['contact_created', 'contact_updated'] as const) {
      await client.workflows.create({
        name: trigger,
        status: 'active',
        trigger_type: trigger,
        actions: [{ type: 'send_notification', config: { title: 'x', message: 'y' } }],
      });
    }
    await importFile(core, 'people.csv', csv, { run_workflows: choice });
    await core.settle();
    runs[choice] = (await client.executions.list({})).items.length;
  }
  expect(runs).toEqual({ none: 0, new: 1, all: 2 });
});

test('a mapping is remembered for files with the same columns', async () => {
  const core = createTestCore();
  const csv = 'Wer,Wo\nAnna,anna@example.org\n';
  const id = await uploadFile(core, 'a.csv', csv);
  const { plan, is_remembered: isRemembered } = await core.client.imports.analyse({ id });
  expect(isRemembered).toBe(false);
  const columns = [{ target: 'first_name' }, { target: 'email' }];
  await importFile(core, 'b.csv', csv, { object: 'contact', columns });
  expect(plan.columns[0]?.target).toBeNull();
  const again = await core.client.imports.analyse({ id });
  expect(again).toMatchObject({ is_remembered: true, plan: { columns } });
});

test('custom fields, activities with their links, and values that mean something else', async () => {
  const core = createTestCore();
  const { client } = core;
  await client.custom_fields.create({ object: 'task', label: 'Effort', type: 'number' });
  await client.deals.create({ title: 'New roof' });
  const csv = `Subject;Activity type;Due date;Effort;Deal;Contact
Call back;Phone;31.12.2026 14:30;1,5;New roof;Berg, Anna
Lunch;Lunch;05.01.2027;2;;
Nothing;Riddle;13.13.2026;x;Old roof;
`;
  const { state } = await importFile(core, 'tasks.csv', csv);
  expect(state.counts).toEqual({
    created: 2,
    updated: 0,
    skipped: 0,
    refused: 1,
    links_created: 1,
  });
  const { items } = await client.activities.list();
  expect(
    items.map(({ title, type, due_at, cf_effort }) => [title, type, due_at, cf_effort]),
  ).toEqual([
    ['Lunch', 'meeting', '2027-01-04T23:00:00.000Z', 2],
    ['Call back', 'call', '2026-12-31T13:30:00.000Z', 1.5],
  ]);
  expect((await client.contacts.list()).items[0]?.name).toBe('Anna Berg');
});
