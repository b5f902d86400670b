import {
  chmodSync,
  chownSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { dataFile, queryFile, withFile } from '../support/data-file.ts';
import type { RunningServer } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

// What a user sees and loses when the ground gives way, as measured. The table in docs/data-safety.md is this test's:
// TRELLIS_WRITE_DOCS=1 writes it anew, and without that the test fails where the page says something else.

const servers = useServers();
const page = resolve(import.meta.dirname, '../../docs/data-safety.md');
const rows = new Map<string, { sees: string; lost: string }>();

/** Notes a row of the table; what is measured differs from run to run only in what is left out here. */
function note(what: string, sees: string, lost: string, dataDir: string): void {
  const plain = sees
    .replaceAll(dataDir, 'DATA')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
  rows.set(what, { sees: plain, lost });
}

afterAll(() => {
  const table = [
    '| What happens | What the user sees | What was lost |',
    '| --- | --- | --- |',
    ...[...rows].map(([what, { sees, lost }]) => `| ${what} | ${sees} | ${lost} |`),
  ].join('\n');
  const text = readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split('<!-- table -->\n');
  const after = rest.slice(rest.indexOf('<!-- end of table -->'));
  const wanted = `${before}<!-- table -->\n${table}\n${after}`;
  // Of a run of some of the tests, or one that failed, there is nothing to compare.
  if (rows.size < situations) return;
  if (process.env['TRELLIS_WRITE_DOCS'] === '1') writeFileSync(page, wanted);
  else expect(text).toBe(wanted);
});

/** How many rows the table has. */
const situations = 7;

const greeting = {
  name: 'Greet',
  trigger_type: 'contact_created',
  status: 'active',
  actions: [{ type: 'create_task', config: { title: 'Greet {{contact_id}}' } }],
};

/** Creates contacts until told to stop or the first refusal. @returns the ids that were acknowledged, and the refusal */
async function write(server: RunningServer, most: number) {
  const ids: string[] = [];
  for (let number = 0; number < most; number += 1) {
    const body = { first_name: `Contact ${number}`, job_title: 'x'.repeat(150) };
    const answer = await server.api.call('POST', '/api/contacts', { body }).catch(() => null);
    if (answer === null) return { ids, refusal: null };
    if (answer.status !== 201) return { ids, refusal: answer };
    // A created contact has an id.
    ids.push((answer.json as { id: string }).id);
  }
  return { ids, refusal: null };
}

const stored = (dataDir: string): Set<string> =>
  new Set(queryFile<{ id: string }>(dataDir, 'SELECT id FROM contacts').map(({ id }) => id));

const missing = (ids: readonly string[], dataDir: string): number => {
  const found = stored(dataDir);
  return ids.filter((id) => !found.has(id)).length;
};

/** Waits until every contact was greeted, and proves that none was greeted twice. */
async function greetedOnce(dataDir: string): Promise<void> {
  const count = (sql: string): number => queryFile<{ n: number }>(dataDir, sql)[0]?.n ?? -1;
  await waitUntil('every contact is greeted', () => {
    return (
      count('SELECT count(*) AS n FROM activities') === count('SELECT count(*) AS n FROM contacts')
    );
  });
  expect(count('SELECT count(DISTINCT title) AS n FROM activities')).toBe(
    count('SELECT count(*) AS n FROM activities'),
  );
  expect(count("SELECT count(*) AS n FROM workflow_executions WHERE status = 'failed'")).toBe(0);
}

/** A call as our own screens make it. */
async function call(server: RunningServer, path: string, input: unknown) {
  const answer = await server.api.call('POST', `/rpc/${path}`, { body: { json: input } });
  expect(answer.status, answer.text).toBe(200);
  return (answer.json as { json: Record<string, unknown> }).json;
}

test('a kill in the middle of writing', async () => {
  const server = await servers.start();
  const { dataDir } = server;
  await server.api.create('workflows', greeting);
  const writing = write(server, 10_000);
  await waitUntil('there is something to lose', () => stored(dataDir).size > 20);
  await server.kill();
  const { ids } = await writing;
  const again = await servers.start({ dataDir });
  expect(missing(ids, dataDir)).toBe(0);
  await greetedOnce(dataDir);
  await again.stop();
  note('The program is killed while it writes', 'The next start, as ever', 'nothing', dataDir);
});

test('a disk that is full', async () => {
  const first = await servers.start();
  const { dataDir } = first;
  await first.api.create('workflows', greeting);
  await first.stop();
  const disk = pathToFileURL(resolve(import.meta.dirname, '../support/small-disk.mjs')).href;
  const server = await servers.start({ dataDir, nodeArguments: ['--import', disk] });
  const { ids, refusal } = await write(server, 5_000);
  expect(refusal).toMatchObject({ status: 409, json: { kind: 'try_again' } });
  const message = String(Reflect.get(Object(refusal?.json), 'message'));
  expect(message).toMatch(/disk is full.*Nothing was changed/);
  // Reading goes on, and so does what needs no room.
  expect((await server.api.call('GET', '/api/contacts')).status).toBe(200);
  await server.stop();
  const again = await servers.start({ dataDir });
  expect(missing(ids, dataDir)).toBe(0);
  await greetedOnce(dataDir);
  await again.stop();
  note('The disk is full', message, 'nothing; runs wait and are carried out once', dataDir);
});

test('a folder that may only be read', async () => {
  const server = await servers.start();
  const { dataDir } = server;
  const { ids } = await write(server, 3);
  await server.stop();
  // To root everything may be written: another user is asked.
  const isRoot = process.getuid?.() === 0;
  const nobody = 65_534;
  for (const name of ['.', ...readdirSync(dataDir)]) {
    const path = join(dataDir, name);
    if (isRoot) chownSync(path, nobody, nobody);
    chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444);
  }
  const begun = servers.begin({ dataDir, ...(isRoot ? { user: nobody } : {}) });
  const { code, stderr } = await begun.ended;
  for (const name of ['.', ...readdirSync(dataDir)]) chmodSync(join(dataDir, name), 0o755);
  expect(code).toBe(1);
  expect(stderr).toContain('cannot be written');
  expect(missing(ids, dataDir)).toBe(0);
  const line = stderr.split('\n').find((text) => text.includes('cannot start')) ?? '';
  note('The folder may only be read', line, 'nothing', dataDir);
});

test('pages of the file are torn', async () => {
  const backupDir = servers.folder();
  const environment = { TRELLIS_BACKUP_DIR: backupDir };
  const server = await servers.start({ env: environment });
  const { dataDir } = server;
  const { ids } = await write(server, 60);
  await call(server, 'backups/make', undefined);
  const { ids: later } = await write(server, 60);
  await server.stop();
  const file = openSync(dataFile(dataDir), 'r+');
  writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, 0);
  closeSync(file);
  const second = await servers.start({ dataDir, env: environment });
  const refused = await second.api.call('GET', '/api/contacts');
  expect(refused.status).toBe(409);
  const { message } = refused.json as { message: string };
  expect(message).toMatch(/damaged/);
  const state = await call(second, 'recovery/state', undefined);
  const [backup] = state['backups'] as { file: string }[];
  await call(second, 'recovery/repair', { file: backup?.file ?? null, passphrase: null });
  await waitUntil('the repaired file is served', async () => {
    return (await second.api.call('GET', '/api/contacts').catch(() => null))?.status === 200;
  });
  expect(missing(ids, dataDir)).toBe(0);
  const found = stored(dataDir);
  const unknown = [...found].filter((id) => !ids.includes(id) && !later.includes(id));
  expect(unknown).toEqual([]);
  await second.stop();
  note(
    'Pages of the file are torn',
    `${message} One screen: the damage, the backups, Repair`,
    'nothing that the last backup or an unharmed page holds; the damaged file is kept',
    dataDir,
  );
});

test('a log that was cut off', async () => {
  const server = await servers.start();
  const { dataDir } = server;
  const { ids } = await write(server, 40);
  await server.kill();
  const log = `${dataFile(dataDir)}-wal`;
  truncateSync(log, Math.floor(statSync(log).size / 2) + 100);
  const again = await servers.start({ dataDir });
  const found = stored(dataDir);
  // What is there is the beginning of what was written, whole: no hole, no half of a change.
  expect(ids.slice(0, found.size).every((id) => found.has(id))).toBe(true);
  expect(found.size).toBeGreaterThan(0);
  expect(withFile(dataDir, (file) => file.pragma('integrity_check', { simple: true }))).toBe('ok');
  await again.stop();
  note(
    'The log of the last changes is cut off by another program',
    'The next start, as ever',
    'the changes whose only copy was cut off, newest first; never a part of one',
    dataDir,
  );
});

test('a file of a newer version', async () => {
  const server = await servers.start();
  const { dataDir } = server;
  const { ids } = await write(server, 3);
  await server.stop();
  const file = new Database(dataFile(dataDir));
  file.pragma('user_version = 999');
  file.close();
  const before = readFileSync(dataFile(dataDir));
  const { code, stderr } = await servers.begin({ dataDir }).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('newer version');
  expect(readFileSync(dataFile(dataDir)).equals(before)).toBe(true);
  expect(missing(ids, dataDir)).toBe(0);
  const line = stderr.split('\n').find((text) => text.includes('cannot start')) ?? '';
  const plain = line.replace(/this version knows \d+/, 'this version knows fewer');
  note('The file is from a newer version', plain, 'nothing; the file is not touched', dataDir);
});

test('two programs on one file', async () => {
  const one = await servers.start();
  const { dataDir } = one;
  await one.api.create('workflows', greeting);
  const other = await servers.start({ dataDir });
  const written = await Promise.all([write(one, 40), write(other, 40)]);
  const ids = written.flatMap((part) => part.ids);
  expect(ids).toHaveLength(80);
  expect(missing(ids, dataDir)).toBe(0);
  await one.kill();
  await greetedOnce(dataDir);
  const health = await other.api.call('GET', '/api/health');
  expect(health.json).toMatchObject({ executor: { state: 'here' } });
  await other.stop();
  note(
    'Two programs have the file open, and one is killed',
    'Both show every change; Settings names the one that runs workflows, and the other takes over within a second',
    'nothing; each run is carried out once',
    dataDir,
  );
});
