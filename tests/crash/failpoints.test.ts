import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { queryFile, withFile } from '../support/data-file.ts';
import { writeMeasured } from '../support/measured.ts';

const scenario = resolve(import.meta.dirname, 'failpoints/scenario.ts');

/** How often each point is tried: at its first, its last, and evenly between. The long run sets more. */
const triesPerPoint = Number(process.env['TRELLIS_FAILPOINT_TRIES'] ?? 1);

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'trellis-failpoint-'));
  folders.push(made);
  return made;
}

afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

interface Life {
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

async function live(...argumentsOf: readonly string[]): Promise<Life> {
  const child = spawn(process.execPath, [scenario, ...argumentsOf], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== 0 && signal === null) throw new Error(complaint);
  return { signal, output };
}

/** What is in the file but for ids and times, which differ from life to life. */
function rowsOf(dataDir: string): Record<string, unknown[]> {
  const query = (sql: string): unknown[] => queryFile(dataDir, sql);
  return {
    tasks: query(
      'SELECT a.title, d.title AS deal FROM activities a LEFT JOIN deals d ON d.id = a.deal_id ORDER BY 1, 2',
    ),
    notifications: query('SELECT title, message, count FROM notifications ORDER BY 1, 2, 3'),
    deals: query('SELECT title FROM deals ORDER BY 1'),
    waits: query('SELECT step_id FROM waits'),
    pending: query(
      'SELECT type FROM events WHERE dispatched_at IS NULL OR dispatch_error IS NOT NULL',
    ),
    counts: query('SELECT name, status, pause_mode, execution_count FROM workflows ORDER BY 1'),
    runs: query(
      `SELECT w.name, r.status, r.success_count, r.failure_count, r.restart_of IS NOT NULL AS again
         FROM workflow_executions r JOIN workflows w ON w.id = r.workflow_id ORDER BY 1, 2, 3, 4, 5`,
    ),
  };
}

it('leaves the same rows wherever a commit was cut off', { timeout: 300_000 }, async () => {
  const whole = folder();
  const { output } = await live(whole);
  const { counts, errors } = JSON.parse(output) as {
    counts: Record<string, number>;
    errors: string[];
  };
  // The failing runs are told of, and nothing else.
  expect(errors.every((line) => line.includes('Step 2 update_field'))).toBe(true);
  const expected = rowsOf(whole);
  expect(expected['tasks']).toHaveLength(4 * 5 + 1);
  expect(Object.keys(counts).toSorted()).toEqual(
    ['call', 'dispatch', 'history', 'pause', 'shown'].flatMap((name) => [
      `${name} after`,
      `${name} before`,
    ]),
  );

  const wrong: string[] = [];
  let kills = 0;
  for (const [name, count] of Object.entries(counts)) {
    const [point = '', side = ''] = name.split(' ');
    const tries = Math.min(triesPerPoint, count);
    const numbers = new Set(
      Array.from({ length: tries }, (_, index) =>
        tries === 1 ? 1 : 1 + Math.round(((count - 1) * index) / (tries - 1)),
      ),
    );
    for (const number of numbers) {
      const dataDir = folder();
      const killed = await live(dataDir, point, side, String(number));
      expect(killed.signal).toBe('SIGKILL');
      kills += 1;
      await live(dataDir);
      const rows = rowsOf(dataDir);
      for (const [table, found] of Object.entries(rows)) {
        if (JSON.stringify(found) !== JSON.stringify(expected[table])) {
          wrong.push(`${name} ${number}: ${table}: ${JSON.stringify(found)}`);
        }
      }
      withFile(dataDir, (file) => {
        expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
        expect(file.pragma('foreign_key_check')).toEqual([]);
      });
    }
  }
  writeMeasured('failpoints', [
    'A child process is cut off by `SIGKILL` before and after the commits of each kind, lives on, and leaves the same rows.',
    '',
    '| commit | times it is reached | killed at |',
    '| --- | ---: | ---: |',
    ...Object.entries(counts).map(
      ([name, count]) => `| ${name} | ${count} | ${Math.min(triesPerPoint, count)} |`,
    ),
    '',
    `${kills} kills, ${wrong.length} with other rows.`,
  ]);
  expect(wrong).toEqual([]);
});
