import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type Database from 'better-sqlite3';
import { Checkpoints } from '../../src/main/db/checkpoints.ts';
import type { Connection } from '../../src/main/db/handle.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import type { ImportState } from '../../src/shared/contract/imports.ts';
import { firstNames, lastNames } from '../data/names.ts';
import { openFor, startBenchCore, startCheckpoints } from '../support/bench-core.ts';
import { LoopHolds } from '../support/loop-holds.ts';
import { median } from '../support/measure.ts';
import { type Measurement, milliseconds, ratioAtLeast } from '../support/report.ts';

const rows = 100_000;
const companies = 5_000;
const rounds = 3;
const target = 0.4;
const partBytes = 500_000;

/** A hundred thousand people of five thousand companies, mapped by their headers, found by their addresses. */
export async function importFile(folder: string): Promise<Measurement[]> {
  const csv = makeCsv();
  const compared: { engine: number; floor: number }[] = [];
  const holds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const made = await importInto(join(folder, `import-${round}`), csv);
    const floor = await floorOf(join(folder, `import-floor-${round}`), made.connection, made.batch);
    await made.stop();
    compared.push({ engine: rows / made.seconds, floor: rows / floor });
    holds.push(made.longestHold);
  }
  const longest = Math.max(...holds);
  return [
    ratioAtLeast(
      `import of ${rows.toLocaleString('en')} rows of CSV, FULL`,
      {
        engine: median(compared.map((one) => one.engine)),
        floor: median(compared.map((one) => one.floor)),
        ratio: median(compared.map((one) => one.engine / one.floor)),
      },
      target,
    ),
    {
      name: 'longest hold of the loop during the import',
      engine: milliseconds(longest),
      floor: '',
      value: longest,
      shown: milliseconds(longest),
      target: '< 50 ms',
      ok: longest < 50,
    },
  ];
}

function makeCsv(): Buffer {
  const lines = ['First Name,Last Name,Email,Phone,Job Title,Company'];
  for (let at = 0; at < rows; at += 1) {
    const first = firstNames[at % firstNames.length] ?? '';
    const last = lastNames[Math.floor(at / firstNames.length) % lastNames.length] ?? '';
    const firm = `${lastNames[at % lastNames.length] ?? ''} Trading ${at % companies}`;
    lines.push(
      `${first},${last},${first}.${last}.${at}@example.org,+49 30 ${1_000_000 + at},Manager,${firm}`,
    );
  }
  return Buffer.from(lines.join('\n'));
}

async function importInto(dataDir: string, csv: Buffer) {
  mkdirSync(dataDir, { recursive: true });
  const { core, connection } = startBenchCore(dataDir, 'FULL');
  // What nobody did by hand is no action and pays for none: an import is the user's.
  const client = createRouterClient(core.router, { context: { actor: { kind: 'user' } } });
  const { id } = await client.imports.create({ file_name: 'people.csv', size_bytes: csv.length });
  for (let from = 0; from < csv.length; from += partBytes) {
    const part = csv.subarray(from, from + partBytes);
    await client.imports.append({ id, content_base64: part.toString('base64') });
  }
  const { plan } = await client.imports.analyse({ id });
  let commits = 0;
  const begin = connection.begin.bind(connection);
  connection.begin = () => {
    commits += 1;
    begin();
  };
  const holds = new LoopHolds();
  holds.start();
  const start = performance.now();
  await client.imports.start({ id, plan, is_check: false });
  let state: ImportState;
  do {
    await new Promise((resolve) => setTimeout(resolve, 20));
    state = await client.imports.state({ id });
  } while (state.outcome === null);
  await core.idle();
  const seconds = (performance.now() - start) / 1_000;
  const longestHold = holds.stop().reduce((longest, gap) => Math.max(longest, gap), 0);
  if (state.counts.created !== rows)
    throw new Error(`The import made ${state.counts.created} contacts: ${state.failure}`);
  return {
    connection,
    seconds,
    longestHold,
    batch: Math.round(rows / commits),
    stop: () => core.stop(),
  };
}

type Value = string | number | null;
type StoredRow = Readonly<Record<string, Value>>;

/** The rows an import left, in its order. */
function leftRows({ sqlite }: Connection): { table: string; row: StoredRow }[][] {
  const all = (table: string): StoredRow[] =>
    sqlite.prepare<[], StoredRow>(`SELECT * FROM ${table} ORDER BY seq`).all();
  const records = new Map(
    ['contacts', 'companies'].flatMap((table) =>
      all(table).map((row) => [row['id'] ?? null, { table, row }] as const),
    ),
  );
  const events = new Map(all('events').map((row) => [row['record_id'] ?? null, row]));
  return all('journal').flatMap((row) => {
    const id = row['record_id'] ?? null;
    const [record, event] = [records.get(id), events.get(id)];
    if (!record || !event) return [];
    return [[record, { table: 'journal', row }, { table: 'events', row: event }]];
  });
}

/** The least that leaves the same rows: a prepared insert each, as many records to a commit. @returns seconds */
async function floorOf(dataDir: string, from: Connection, batch: number): Promise<number> {
  mkdirSync(dataDir, { recursive: true });
  const left = leftRows(from);
  const connection = openFor(dataDir, 'FULL');
  const { sqlite } = connection;
  const copied = ['users', 'user_actions'] as const;
  for (const table of copied) {
    const found = from.sqlite.prepare<[], StoredRow>(`SELECT * FROM ${table}`).all();
    for (const row of found) insertInto(sqlite, table, row).run(...Object.values(row));
  }
  const checkpoints = new Checkpoints(
    connection,
    systemClock,
    console,
    startCheckpoints(sqlite.name),
  );
  const begin = sqlite.prepare('BEGIN IMMEDIATE');
  const commit = sqlite.prepare('COMMIT');
  const statements = new Map<string, Database.Statement<Value[]>>();
  const start = performance.now();
  for (let at = 0; at < left.length; at += batch) {
    begin.run();
    for (const written of left.slice(at, at + batch)) {
      for (const { table, row } of written) {
        let statement = statements.get(table);
        if (!statement) {
          statement = insertInto(sqlite, table, row);
          statements.set(table, statement);
        }
        statement.run(...Object.values(row));
      }
    }
    commit.run();
    checkpoints.wake();
  }
  const seconds = (performance.now() - start) / 1_000;
  await checkpoints.stop();
  sqlite.close();
  return seconds;
}

function insertInto(sqlite: Database.Database, table: string, row: StoredRow) {
  const names = Object.keys(row);
  return sqlite.prepare<Value[]>(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
}
