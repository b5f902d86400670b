import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { FakeHttpClient, FakeMailer, fakeSecrets } from '../../../tests/support/fake-delivery.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { sequentialIds } from '../../../tests/support/sequential-ids.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import {
  createTestCore,
  defaultSettings,
  FakeLogger,
  FakeNotifier,
  noRest,
} from '../../../tests/support/test-core.ts';
import { createRecovery } from '../api/recovery-api.ts';
import { DamagedFileError } from '../db/damage.ts';
import { databaseFileName } from '../db/open-database.ts';
import type { Ports } from '../ports.ts';

const pageSize = 4_096;

interface Folder {
  readonly dataDir: string;
  readonly backupDir: string;
  readonly live: string;
}

/** A file of many pages, with a backup in the middle of its life, as a program left it that ended in order. */
async function usedFolder(contacts = 200): Promise<Folder> {
  const backupDir = join(temporaryFolder(), 'backups');
  const { client, core, dataDir, outside } = createTestCore({ backupDir });
  for (let number = 0; number < contacts; number += 1) {
    await client.contacts.create({ first_name: `Contact ${number}`, job_title: 'x'.repeat(80) });
    if (number === contacts / 2) await client.backups.make();
  }
  outside.close();
  await core.stop();
  return { dataDir, backupDir, live: join(dataDir, databaseFileName) };
}

function damagePages(path: string, pages: Iterable<number>): void {
  const bytes = readFileSync(path);
  for (const page of pages) bytes.fill(0x5a, (page - 1) * pageSize, page * pageSize);
  writeFileSync(path, bytes);
}

function portsOf({ dataDir, backupDir }: Folder): Ports {
  return {
    clock: new FakeClock(),
    ids: sequentialIds(7),
    logger: new FakeLogger(),
    notifier: new FakeNotifier(),
    settings: {
      read: () => defaultSettings,
      write: () => undefined,
    },
    mailer: new FakeMailer(),
    http: new FakeHttpClient(),
    secrets: fakeSecrets(),
    rest: noRest,
    host: { kind: 'server', version: '0.0.0-test', system: 'a test', label: 'Test recovery' },
    dataDir,
    backupDir,
  };
}

function recoveryOf(folder: Folder, damage = new DamagedFileError('it is damaged')) {
  const core = createRecovery(portsOf(folder), damage);
  return {
    core,
    client: createRouterClient(core.router, { context: { actor: { kind: 'user' } } }),
  };
}

/** Opens the file the way a start does. @returns the damage that kept it from being opened */
function damageAtStart({ dataDir, backupDir }: Folder): DamagedFileError {
  try {
    createTestCore({ dataDir, backupDir, source: 3 });
  } catch (error) {
    if (error instanceof DamagedFileError) return error;
    throw error;
  }
  throw new Error('it opened');
}

const names = ({ live }: Folder): Set<unknown> => {
  const sqlite = new Database(live, { readonly: true });
  const found = sqlite.prepare('SELECT first_name FROM contacts').pluck().all();
  sqlite.close();
  return new Set(found);
};

test('a file whose head is gone is repaired from the backup, and kept', async () => {
  const folder = await usedFolder();
  damagePages(folder.live, [1]);
  const damaged = readFileSync(folder.live);
  const { client, core } = recoveryOf(folder, damageAtStart(folder));
  const state = await client.recovery.state();
  expect(state?.backups).toHaveLength(1);
  await expect(client.contacts.list({})).rejects.toThrow(/damaged/);
  expect((await client.system.health()).status).toBe('ok');

  const report = await client.recovery.repair({
    file: state?.backups[0]?.file ?? null,
    passphrase: null,
  });
  await core.repaired;
  expect(report.summary.contacts).toBe(101);
  expect(readFileSync(report.kept_as).equals(damaged)).toBe(true);
  const { client: opened } = createTestCore({ ...folder, source: 4 });
  expect(await opened.system.info()).toMatchObject({ automation_paused: true, is_damaged: false });
  expect(await opened.recovery.state()).toBeNull();
});

describe('pages torn in the middle', () => {
  test.each([1, 2, 3, 4])(
    'whatever can be read comes back, and the backup fills in (%i)',
    async (seed) => {
      const folder = await usedFolder();
      const random = seededRandom(seed);
      const pages = readFileSync(folder.live).length / pageSize;
      const torn = Array.from({ length: 4 }, () => 2 + Math.floor(random() * (pages - 2)));
      damagePages(folder.live, torn);
      const { client } = recoveryOf(folder);
      const [backup] = (await client.recovery.state())?.backups ?? [];
      const report = await client.recovery.repair({ file: backup?.file ?? null, passphrase: null });
      // Nothing of the backup may be missing, and of what came later only what lay on a torn page.
      const found = names(folder);
      const missing = Array.from({ length: 200 }, (_, number) => number).filter(
        (number) => !found.has(`Contact ${number}`),
      );
      expect(missing.filter((number) => number <= 100)).toEqual([]);
      expect(missing.length).toBeLessThan(100);
      expect(report.summary.contacts).toBe(200 - missing.length);
      createTestCore({ ...folder, source: 5 });
    },
  );
});

test('without a backup, what can be read alone makes a file', async () => {
  const folder = await usedFolder();
  const sqlite = new Database(folder.live, { readonly: true });
  const page = Number(
    sqlite
      .prepare(
        "SELECT pageno FROM dbstat WHERE name = 'contacts' AND pagetype = 'leaf' LIMIT 1 OFFSET 3",
      )
      .pluck()
      .get(),
  );
  sqlite.close();
  damagePages(folder.live, [page]);
  const { client } = recoveryOf(folder);
  const report = await client.recovery.repair({ file: null, passphrase: null });
  const contacts = report.tables.find(({ table }) => table === 'contacts');
  expect(contacts?.unreadable).toBeGreaterThan(0);
  expect(contacts?.read).toBeGreaterThan(150);
  expect(report.summary.contacts).toBe(contacts?.read);
  expect(
    (await createTestCore({ ...folder, source: 6 }).client.contacts.list({})).items,
  ).toHaveLength(50);
});

test('damage met while the app runs is said, marked, and found by the next start', async () => {
  const folder = await usedFolder();
  const bench = createTestCore({ ...folder, source: 2 });
  const page = Number(
    bench.outside
      .prepare(
        "SELECT pageno FROM dbstat WHERE name = 'contacts' AND pagetype = 'leaf' LIMIT 1 OFFSET 3",
      )
      .pluck()
      .get(),
  );
  bench.outside.close();
  await bench.core.stop();
  damagePages(folder.live, [page]);
  const again = createTestCore({ ...folder, source: 8 });
  await expect(again.client.backups.make()).rejects.toThrow(/damaged/);
  expect((await again.client.system.info()).is_damaged).toBe(true);
  again.outside.close();
  await again.core.stop();
  expect(damageAtStart(folder).message).toMatch(/damaged/);
});

test('a repair that cannot be done leaves everything as it was', async () => {
  const folder = await usedFolder();
  damagePages(folder.live, [1]);
  const before = readFileSync(folder.live);
  const damage = damageAtStart(folder);
  const [file = ''] = readdirSync(folder.backupDir);
  damagePages(join(folder.backupDir, file), [3, 4, 5, 6, 7]);
  const { client } = recoveryOf(folder, damage);
  await expect(client.recovery.repair({ file, passphrase: null })).rejects.toThrow(/damaged/);
  await expect(client.recovery.repair({ file: '../x', passphrase: null })).rejects.toThrow(
    /no backup/,
  );
  expect(readFileSync(folder.live).equals(before)).toBe(true);
  expect(existsSync(join(folder.dataDir, 'repairing'))).toBe(false);
  expect(damageAtStart(folder).message).toMatch(/damaged/);
});
