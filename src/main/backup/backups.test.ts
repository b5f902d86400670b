import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { fileDump, fileHash } from '../../../tests/support/file-dump.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import { waitUntil } from '../../../tests/support/wait-until.ts';
import { databaseFileName } from '../db/open-database.ts';

const hour = 3_600_000;

interface Bench extends TestCore {
  readonly backupDir: string;
  readonly live: string;
}

function coreWithBackups(options: Parameters<typeof createTestCore>[0] = {}): Bench {
  const backupDir = join(temporaryFolder(), 'backups');
  const made = createTestCore({ backupDir, ...options });
  return { ...made, backupDir, live: join(made.dataDir, databaseFileName) };
}

const state = ({ client }: Bench) => client.backups.state();

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'it was not refused',
    (error: unknown) => String(error),
  );

test('a backup made while others write is one of the states the file went through', async () => {
  const bench = coreWithBackups();
  const { client, live, backupDir } = bench;
  const { id } = await client.contacts.create({ first_name: 'First' });
  const hashes = new Set([fileHash(live)]);
  const making = bench.core.backups.make('by-hand');
  let writes = 0;
  for (; (await client.backups.state()).running !== null || writes < 30; writes += 1) {
    await client.contacts.create({ first_name: `Contact ${writes}` });
    hashes.add(fileHash(live));
    await client.contacts.update({ id, first_name: `First ${writes}` });
    hashes.add(fileHash(live));
    await turn();
  }
  const { file } = await making;
  expect(hashes).toContain(fileHash(join(backupDir, file)));
  expect(hashes.size).toBeGreaterThan(60);
});

test('restoring brings back exactly what was backed up, with automation held back', async () => {
  const bench = coreWithBackups();
  const { client, live } = bench;
  await client.system.load_sample_data();
  await bench.settle();
  const before = [...fileDump(bench.outside)];
  const { file } = await client.backups.make();
  for (const { id } of (await client.contacts.list({ limit: 20 })).items) {
    await client.contacts.remove({ id });
  }
  const { id } = await client.deals.create({ title: 'Made after the backup' });
  await bench.settle();

  const preview = await client.backups.preview({ file, passphrase: null });
  expect(preview).toMatchObject({ contacts: 40, companies: 12, deals: 25 });
  const beforeRestore = fileHash(live);
  await client.backups.restore({ file, passphrase: null });

  const pause = 'file_settings ["automation_paused","1"]';
  expect([...fileDump(bench.outside)].filter((line) => line !== pause)).toEqual(before);
  expect(await client.system.info()).toMatchObject({ automation_paused: true });
  await expect(client.deals.get({ id })).rejects.toThrow(/no deal/);
  // What was there before is a backup itself, so that a wrong restore can be restored from.
  const { backups } = await state(bench);
  expect(backups.map(({ reason }) => reason).toSorted()).toEqual(['before-restore', 'by-hand']);
  const kept = backups.find(({ reason }) => reason === 'before-restore')?.file ?? '';
  expect(fileHash(join(bench.backupDir, kept))).toBe(beforeRestore);
  expect(existsSync(join(bench.dataDir, 'restoring'))).toBe(false);
});

test('while automation is held back events wait; then each is carried out once', async () => {
  const bench = coreWithBackups();
  const { client } = bench;
  await client.workflows.create({
    name: 'Greet',
    trigger_type: 'contact_created',
    status: 'active',
    actions: [{ type: 'create_task', config: { title: 'Greet {{contact.first_name}}' } }],
  });
  await client.system.pause_automation({ paused: true });
  await client.contacts.create({ first_name: 'Ada' });
  await bench.settle();
  bench.clock.advance(5_000);
  expect((await client.executions.list({})).items).toEqual([]);
  await client.system.pause_automation({ paused: false });
  await bench.settle();
  expect((await client.executions.list({})).items).toHaveLength(1);
  expect((await client.activities.list({})).items.map(({ title }) => title)).toEqual(['Greet Ada']);
});

describe('sealed with a passphrase', () => {
  test('only the passphrase shows or restores it, and the folder holds nothing open', async () => {
    const bench = coreWithBackups();
    const { client } = bench;
    await client.contacts.create({ first_name: 'Ada', last_name: 'Lovelace' });
    await client.backups.use_passphrase({ passphrase: 'a long sentence', current: null });
    const { file, is_sealed: isSealed } = await client.backups.make();
    expect(isSealed).toBe(true);
    expect(readdirSync(bench.backupDir)).toEqual([file]);
    expect(readFileSync(join(bench.backupDir, file)).includes('Lovelace')).toBe(false);

    expect(await refusal(client.backups.preview({ file, passphrase: null }))).toMatch(/sealed/);
    expect(await refusal(client.backups.preview({ file, passphrase: 'guess' }))).toMatch(
      /does not open/,
    );
    const preview = await client.backups.preview({ file, passphrase: 'a long sentence' });
    expect(preview.contacts).toBe(1);
    await client.contacts.create({ first_name: 'Later' });
    await client.backups.restore({ file, passphrase: 'a long sentence' });
    expect((await client.contacts.list({})).items).toHaveLength(1);
    expect((await state(bench)).is_sealed).toBe(true);
  });

  test('to change it takes the one in use', async () => {
    const { client } = coreWithBackups();
    await client.backups.use_passphrase({ passphrase: 'the first one', current: null });
    const guess = client.backups.use_passphrase({ passphrase: null, current: 'a guess' });
    expect(await refusal(guess)).toMatch(/not the passphrase in use/);
    await client.backups.use_passphrase({ passphrase: null, current: 'the first one' });
  });
});

describe('by themselves', () => {
  test('one each day, made when the day begins or the program starts, none of an empty file', async () => {
    const bench = coreWithBackups();
    bench.clock.advance(2_000);
    await bench.core.backups.settled();
    expect((await state(bench)).backups).toEqual([]);
    await bench.client.contacts.create({ first_name: 'Ada' });
    // It is nine o'clock: fifteen hours later the next day has begun.
    for (const [later, count] of [
      [0, 1],
      [6 * hour, 1],
      [15 * hour, 2],
      [24 * hour, 3],
    ] as const) {
      bench.clock.sleep(later);
      bench.clock.advance(1_000);
      await bench.core.backups.settled();
      const { backups } = await state(bench);
      expect(backups.map(({ reason }) => reason)).toEqual(Array(count).fill('start-of-day'));
    }
  });

  test('publishing makes one at most once an hour, of the state before', async () => {
    const bench = coreWithBackups();
    const { client } = bench;
    await client.contacts.create({ first_name: 'Ada' });
    const publish = async (name: string): Promise<void> => {
      await client.workflows.create({
        name,
        trigger_type: 'contact_created',
        status: 'active',
        actions: [{ type: 'create_task', config: { title: 'x' } }],
      });
      await bench.core.backups.settled();
    };
    await publish('One');
    await publish('Two');
    const [only, ...others] = (await state(bench)).backups;
    expect([only?.reason, others]).toEqual(['before-publish', []]);
    const preview = await client.backups.preview({ file: only?.file ?? '', passphrase: null });
    expect(preview.workflows).toBe(0);
  });

  test('a folder that cannot be used is said, stops nobody, and is tried again', async () => {
    const bench = coreWithBackups({ clock: new FakeClock() });
    writeFileSync(bench.backupDir, 'a file where the folder should be');
    await bench.client.contacts.create({ first_name: 'Ada' });
    bench.clock.advance(1_000);
    await waitUntil('the failure is noted', async () => (await state(bench)).last_failure !== null);
    expect((await state(bench)).last_failure).toContain(bench.backupDir);
    expect(bench.logger.errors.join()).toContain('A backup could not be made');
    const elsewhere = join(temporaryFolder(), 'elsewhere');
    await bench.client.backups.use_folder({ folder: elsewhere });
    bench.clock.advance(11 * 60_000);
    await bench.core.backups.settled();
    expect(await state(bench)).toMatchObject({ folder: elsewhere, last_failure: null });
    expect((await state(bench)).backups).toHaveLength(1);
  });
});

test('before a migration, in a folder of its own, or not at all', async () => {
  const bench = coreWithBackups();
  await bench.client.contacts.create({ first_name: 'Ada' });
  await bench.core.stop();
  const { live, dataDir, backupDir } = bench;
  const file = new Database(live);
  const newest = Number(file.pragma('user_version', { simple: true }));
  // As a version before the last migration would have left it is not needed: the copy is made before anything is read.
  file.pragma(`user_version = ${newest - 1}`);
  file.close();
  expect(() => createTestCore({ dataDir, backupDir, source: 1 })).toThrow(/Migration/);
  const [made] = readdirSync(backupDir);
  expect(made).toMatch(/before-migration\.db$/);
  const copy = new Database(join(backupDir, made ?? ''), { readonly: true });
  expect(copy.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(1);
  copy.close();

  const blocked = join(temporaryFolder(), 'file');
  writeFileSync(blocked, '');
  expect(() => createTestCore({ dataDir, backupDir: blocked, source: 1 })).toThrow(
    /the backup before that cannot be made/,
  );
});

test('what is no backup of the list is not read, restored or written over', async () => {
  const bench = coreWithBackups();
  const { client, live, backupDir } = bench;
  await client.contacts.create({ first_name: 'Ada' });
  await client.backups.make();
  copyFileSync(live, join(backupDir, 'private.db'));
  for (const file of ['private.db', '../trellis.db', live, '']) {
    expect(await refusal(client.backups.preview({ file, passphrase: null }))).toMatch(/no backup/);
  }
  const taken = await refusal(client.backups.export_copy({ path: join(backupDir, 'private.db') }));
  expect(taken).toMatch(/exists already/);
  const inside = await refusal(client.backups.use_folder({ folder: join(bench.dataDir, 'b') }));
  expect(inside).toMatch(/outside the data folder/);
  const copy = join(temporaryFolder(), 'copy.db');
  await client.backups.export_copy({ path: copy });
  expect(fileHash(copy)).toBe(fileHash(live));
});

test('a damaged backup, and one of a newer version, are refused and leave the file as it is', async () => {
  const bench = coreWithBackups();
  const { client, live, backupDir } = bench;
  for (let number = 0; number < 300; number += 1) {
    await client.contacts.create({ first_name: `Contact ${number}` });
  }
  const { file } = await client.backups.make();
  const bytes = readFileSync(join(backupDir, file));
  bytes.fill(0x5a, 12 * 4_096, 20 * 4_096);
  writeFileSync(join(backupDir, file), bytes);
  const before = fileHash(live);
  expect(await refusal(client.backups.restore({ file, passphrase: null }))).toMatch(/damaged/);

  const newer = await client.backups.make();
  const sqlite = new Database(join(backupDir, newer.file));
  sqlite.pragma('user_version = 999');
  sqlite.close();
  const answer = await refusal(client.backups.restore({ file: newer.file, passphrase: null }));
  expect(answer).toMatch(/newer version/);
  expect(fileHash(live)).toBe(before);
  expect((await client.contacts.create({ first_name: 'After' })).first_name).toBe('After');
});
