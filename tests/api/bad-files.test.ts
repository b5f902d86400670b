import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dataFile, withFile } from '../support/data-file.ts';
import { runServerToItsEnd } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';

const servers = useServers();

/** What the refusal to start must be: one line that says what is wrong and what to do. */
interface BadFolder {
  readonly name: string;
  /** @returns the data folder to start on */
  readonly make: () => string | Promise<string>;
  readonly says: readonly string[];
}

/** A folder with a file made by the server itself. */
async function usedFolder(): Promise<string> {
  const server = await servers.start();
  await server.api.create('contacts', { first_name: 'Anna', last_name: 'x'.repeat(200) });
  await server.stop();
  return server.dataDir;
}

function folderWith(name: string, content: string | Uint8Array): string {
  const folder = servers.folder();
  writeFileSync(join(folder, name), content);
  return folder;
}

const rows: readonly BadFolder[] = [
  {
    name: 'a folder below a file',
    make: () => join(folderWith('file', 'text'), 'file', 'data'),
    says: ['cannot be written', '--data-dir'],
  },
  {
    name: 'a file in place of the folder',
    make: () => join(folderWith('file', 'text'), 'file'),
    says: ['cannot be written', '--data-dir'],
  },
  {
    name: 'trellis.db that is text',
    make: () => folderWith('trellis.db', 'Dear diary, today I was renamed.\n'.repeat(100)),
    says: ['trellis.db', 'is not a database', 'Move it away', 'nothing was changed'],
  },
  {
    name: 'trellis.db that is noise with the head of a database',
    make: () => folderWith('trellis.db', `SQLite format 3\0${'noise'.repeat(2_000)}`),
    says: ['trellis.db', 'nothing was changed'],
  },
  {
    name: 'a folder in place of trellis.db',
    make: () => {
      const folder = servers.folder();
      mkdirSync(dataFile(folder));
      return folder;
    },
    says: ['trellis.db', 'cannot be opened'],
  },
  {
    name: 'the database of a program without an id',
    make: () => {
      const folder = servers.folder();
      const file = new Database(dataFile(folder));
      file.exec("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('Soup')");
      file.close();
      return folder;
    },
    says: ['trellis.db', 'another program', '--data-dir', 'nothing was changed'],
  },
  {
    name: 'the empty database of a program with an id',
    make: () => {
      const folder = servers.folder();
      const file = new Database(dataFile(folder));
      file.pragma('application_id = 252006673');
      file.close();
      return folder;
    },
    says: ['trellis.db', 'another program', '--data-dir', 'nothing was changed'],
  },
  {
    name: 'a file of a newer version',
    make: async () => {
      const folder = await usedFolder();
      withFile(folder, (file) => file.pragma('user_version = 999'));
      return folder;
    },
    says: ['newer version', '999', 'Update Trellis', 'nothing was changed'],
  },
];

/** Contents of every file below a path, so that a change shows. */
function fingerprint(path: string): string {
  if (!existsSync(path)) return 'nothing';
  if (!statSync(path).isDirectory()) {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  }
  return readdirSync(path)
    .toSorted()
    .map((name) => `${name}: ${fingerprint(join(path, name))}`)
    .join('\n');
}

describe(`${rows.length} data folders that cannot be used`, () => {
  it.each(rows)('$name', async ({ make, says }) => {
    const folder = await make();
    const before = fingerprint(folder);
    const { code, stdout, stderr } = await runServerToItsEnd(['--data-dir', folder, '--port', '0']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Trellis cannot start: [^\n]+\n$/);
    for (const text of [folder, ...says]) expect(stderr).toContain(text);
    expect(fingerprint(folder)).toBe(before);
  });

  it.runIf(process.platform === 'linux')('a folder no user can make', async () => {
    const folder = '/proc/trellis-data';
    const { code, stderr } = await runServerToItsEnd(['--data-dir', folder, '--port', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Trellis cannot start: [^\n]+\n$/);
    expect(stderr).toContain(folder);
    expect(stderr).toContain('--data-dir');
  });
});

describe('a file of ours that is damaged', () => {
  it.each([
    ['in the middle', (size: number) => Math.floor(size / 2)],
    ['to its first bytes', () => 50],
  ])('cut %s is left as it is, and the repair is offered', async (_where, sizeOf) => {
    const folder = await usedFolder();
    const path = dataFile(folder);
    truncateSync(path, sizeOf(statSync(path).size));
    const before = fingerprint(path);
    const server = await servers.start({ dataDir: folder });
    expect(server.log).toContain(`${path} is damaged`);
    expect(server.log).toContain('offer to repair it');
    expect(await server.api.call('GET', '/api/contacts')).toMatchObject({
      status: 409,
      json: {
        code: 'conflict',
        kind: 'fix_input',
        message: expect.stringContaining('is damaged'),
      },
    });
    await server.stop();
    expect(fingerprint(path)).toBe(before);
  });
});

it('a folder in place of runtime.json ends the start, also what has begun of it', async () => {
  const folder = servers.folder();
  mkdirSync(join(folder, 'runtime.json'));
  const { code, stderr } = await runServerToItsEnd(['--data-dir', folder, '--port', '0']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Trellis cannot start: [^\n]*runtime\.json[^\n]*\n$/);
});

it('a lock file that is none is named, and the server serves', async () => {
  const folder = folderWith('trellis.lock', 'not a lock at all');
  const server = await servers.start({ dataDir: folder });
  await server.api.create('contacts', { first_name: 'Anna' });
  expect(server.log).toContain(join(folder, 'trellis.lock'));
  expect(server.log).toContain('remove it');
});

describe('options that cannot be used', () => {
  it.each([
    [
      ['--port', 'abc'],
      ['--port', '0 to 65535', 'abc'],
    ],
    [
      ['--port', '65536'],
      ['--port', '0 to 65535'],
    ],
    [['--port', '-1'], ['--port']],
    [['--colour', 'red'], ['--colour']],
    [['data'], ['data']],
  ])('%j', async (given, says) => {
    const folder = servers.folder();
    const { code, stdout, stderr } = await runServerToItsEnd(['--data-dir', folder, ...given]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Trellis cannot start: [^\n]+\n$/);
    for (const text of says) expect(stderr).toContain(text);
    expect(readdirSync(folder)).toEqual([]);
  });
});
