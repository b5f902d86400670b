import { statSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../hosts/system-clock.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { createCore } from '../../src/main/create-core.ts';
import { dataFile } from '../support/data-file.ts';
import { FakeHttpClient, FakeMailer, fakeSecrets } from '../support/fake-delivery.ts';
import { fileHash } from '../support/file-dump.ts';
import { defaultSettings, FakeLogger, FakeNotifier, noRest } from '../support/test-core.ts';

/** How many contacts the file holds; the long run sets 1,000,000. */
const contacts = Number(process.env['TRELLIS_BACKUP_CONTACTS'] ?? 20_000);

/** A call comes so often while the backup is made, in milliseconds. */
const callEvery = 10;

const folder = mkdtempSync(join(tmpdir(), 'trellis-large-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function coreOn(dataDir: string) {
  const core = createCore({
    clock: systemClock,
    ids: uuidIds,
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
    host: { kind: 'server', version: '0.0.0-test', system: 'a test', label: 'Large backup' },
    dataDir,
    backupDir: join(folder, 'backups'),
  });
  return {
    core,
    client: createRouterClient(core.router, { context: { actor: { kind: 'user' } } }),
  };
}

/** Rows as the app writes them, by SQL: a million calls would be another test. */
function fill(path: string): void {
  const sqlite = new Database(path);
  const owner = String(sqlite.prepare('SELECT id FROM users').pluck().get());
  sqlite
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO contacts (id, first_name, last_name, email, job_title, owner_id, created_at, updated_at)
       SELECT printf('0193c000-0000-7000-8000-%012d', i), 'First ' || (i % 997), 'Last ' || i,
         'person' || i || '@example.com', 'Head of ' || (i % 89), ?, '2026-11-01T08:00:00.000Z',
         '2026-11-01T08:00:00.000Z' FROM n`,
    )
    .run(contacts, owner);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** Longest holds of this thread between two turns of its loop, in milliseconds. */
function watchLoop(): () => { longest: number; over16: number; turns: number } {
  const seen = { longest: 0, over16: 0, turns: 0 };
  let last = performance.now();
  let isOn = true;
  const look = (): void => {
    const now = performance.now();
    const gap = now - last;
    seen.longest = Math.max(seen.longest, gap);
    if (gap > 16) seen.over16 += 1;
    seen.turns += 1;
    last = now;
    if (isOn) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    isOn = false;
    return seen;
  };
}

test(`a backup of ${contacts} contacts is the state at its start, and the program answers meanwhile`, async () => {
  const dataDir = join(folder, 'data');
  const first = coreOn(dataDir);
  await first.core.stop();
  fill(dataFile(dataDir));
  const { core, client } = coreOn(dataDir);
  const before = fileHash(dataFile(dataDir));

  const start = performance.now();
  await core.backups.before('before-import');
  const stop = watchLoop();
  const answers: number[] = [];
  let written = 0;
  while ((await client.backups.state()).running === 'backup' || written < 20) {
    const asked = performance.now();
    await client.contacts.create({ first_name: `Meanwhile ${written}` });
    answers.push(performance.now() - asked);
    written += 1;
    await new Promise((resolve) => {
      setTimeout(resolve, callEvery);
    });
  }
  await core.backups.settled();
  const seconds = (performance.now() - start) / 1_000;
  const loop = stop();

  const [backup] = (await client.backups.state()).backups;
  const copy = join(folder, 'backups', backup?.file ?? '');
  expect(fileHash(copy)).toBe(before);
  const preview = await client.backups.preview({ file: backup?.file ?? '', passphrase: null });
  expect(preview.contacts).toBe(contacts);

  const restoreStart = performance.now();
  await client.backups.restore({ file: backup?.file ?? '', passphrase: null });
  const restoreSeconds = (performance.now() - restoreStart) / 1_000;
  expect((await client.home.counts()).contacts).toBe(contacts);
  await core.stop();

  const sorted = answers.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  console.log(
    JSON.stringify({
      contacts,
      file_megabytes: Math.round(statSync(copy).size / 1e6),
      backup_seconds: Number(seconds.toFixed(2)),
      restore_seconds: Number(restoreSeconds.toFixed(2)),
      calls: answers.length,
      call_p99_ms: Number(p99.toFixed(1)),
      loop_longest_hold_ms: Number(loop.longest.toFixed(1)),
      loop_over_16_ms: loop.over16,
      loop_turns: loop.turns,
    }),
  );
  // What a busy two-core machine may add is not the program's; docs/measured has what a quiet one shows.
  expect(loop.longest).toBeLessThan(1_000);
}, 1_200_000);
