import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../shared/contract/backups.ts';
import { migrations } from '../db/migrations/index.ts';
import { isAutomationPaused } from '../automation-pause.ts';
import { isMarkedDamaged } from '../db/damage.ts';
import type { Reader } from '../db/handle.ts';
import { databaseFileName } from '../db/open-database.ts';
import type { Clock, Host } from '../ports.ts';
import type { CallTimes } from './call-times.ts';
import type { RecentErrors } from './recent-errors.ts';

export interface DiagnosticsParts {
  readonly reader: Reader;
  readonly clock: Clock;
  readonly host: Host;
  readonly dataDir: string;
  readonly calls: CallTimes;
  readonly errors: RecentErrors;
  readonly backups: readonly Backup[];
  /** Whether workflows run in this program. */
  readonly executor: 'here' | 'elsewhere' | 'stopped';
  readonly noNetwork: boolean;
  /** When the core was made, and how long that took, in milliseconds of `clock.elapsed`. */
  readonly opened: { readonly at: number; readonly took: number };
}

/** Counted by their first and last row: to count every row of a large file would hold up whatever else there is to do. */
const countedTables = [
  'contacts',
  'companies',
  'deals',
  'activities',
  'notes',
  'workflows',
  'workflow_executions',
  'step_records',
  'events',
  'journal',
  'notifications',
  'deliveries',
] as const;

const runStatuses = ['running', 'waiting', 'failed', 'partial', 'parked'] as const;

const slowestTold = 8;

/**
 * What helps to find a fault, as text. Numbers, versions and words of the program's own alone: nothing that a user
 * typed, no path, no address, no id.
 */
export function diagnosticsReport(parts: DiagnosticsParts): string {
  const sections = {
    Trellis: versions(parts),
    State: state(parts),
    Sizes: sizes(parts),
    Timings: timings(parts),
    'Errors since the start': errors(parts),
  };
  return Object.entries(sections)
    .map(([title, lines]) => [`# ${title}`, ...lines].join('\n'))
    .join('\n\n');
}

function versions({ reader, host, clock }: DiagnosticsParts): string[] {
  const sqlite = reader.get<{ version: string }>('SELECT sqlite_version() AS version');
  return [
    `version: ${host.version}, ${host.kind}`,
    `system: ${host.system}, SQLite ${sqlite?.version ?? 'unknown'}`,
    `schema: ${migrations.at(-1)?.version ?? 0}`,
    `report of: ${new Date(clock.now()).toISOString()}`,
  ];
}

function state(parts: DiagnosticsParts): string[] {
  const { reader, executor, noNetwork, backups, dataDir } = parts;
  const [newest] = backups;
  return [
    `workflows run: ${executor}`,
    `automation paused: ${yesNo(isAutomationPaused(reader))}`,
    `no network: ${yesNo(noNetwork)}`,
    `damaged: ${yesNo(isMarkedDamaged(dataDir))}`,
    `backups: ${backups.length}, newest ${newest?.created_at ?? 'never'}`,
    ...runStatuses.map(
      (status) =>
        `runs ${status}: ${count(reader, 'SELECT count(*) AS n FROM workflow_executions WHERE status = ?', status)}`,
    ),
    `workflows active: ${count(reader, 'SELECT count(*) AS n FROM workflows WHERE status = ?', 'active')}`,
    `workflows parked: ${count(reader, 'SELECT count(*) AS n FROM workflows WHERE parked_reason IS NOT NULL')}`,
    `waits: ${count(reader, 'SELECT count(*) AS n FROM waits')}`,
  ];
}

function sizes({ reader, dataDir }: DiagnosticsParts): string[] {
  const file = join(dataDir, databaseFileName);
  return [
    `file: ${bytes(file)}`,
    `log of the last changes: ${bytes(`${file}-wal`)}`,
    ...countedTables.map((table) => {
      const ends = reader.get<{ first: number | null; last: number | null }>(
        `SELECT (SELECT min(seq) FROM ${table}) AS first, (SELECT max(seq) FROM ${table}) AS last`,
      );
      const about = ends?.last ? ends.last - (ends.first ?? 0) + 1 : 0;
      return `${table}: about ${about}`;
    }),
  ];
}

function timings({ clock, calls, opened, reader }: DiagnosticsParts): string[] {
  const before = clock.elapsed();
  reader.all('SELECT id FROM contacts ORDER BY seq DESC LIMIT 50');
  const read = clock.elapsed() - before;
  return [
    `opened in: ${ms(opened.took)}`,
    `running for: ${Math.round((clock.elapsed() - opened.at) / 1_000)} s`,
    `a page of contacts: ${ms(read)}`,
    ...calls
      .slowest(slowestTold)
      .map(
        ({ name, calls: made, longest, mean }) =>
          `${name}: ${made} calls, longest ${ms(longest)}, mean ${ms(mean)}`,
      ),
  ];
}

function errors({ errors: recent }: DiagnosticsParts): string[] {
  const lines = recent
    .list()
    .map(({ at, times, what, codes, frames }) =>
      [
        at,
        `${times}×`,
        what,
        ...codes,
        ...(frames.length > 0 ? [`at ${frames.join(' < ')}`] : []),
      ].join(' '),
    );
  return lines.length > 0 ? lines : ['none'];
}

function count(reader: Reader, sql: string, ...values: string[]): number {
  return reader.get<{ n: number }>(sql, ...values)?.n ?? 0;
}

function bytes(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
