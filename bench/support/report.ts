import { cpus, loadavg, platform } from 'node:os';
import type { WrittenRow } from './written-rows.ts';

/** One line of the table: what was measured, beside the floor where there is one, and what it should be. */
export interface Measurement {
  readonly name: string;
  readonly engine: string;
  readonly floor: string;
  /** What is judged: a ratio, a rate or a time. */
  readonly value: number;
  readonly shown: string;
  readonly target: string;
  readonly ok: boolean;
}

export function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString('en')}/s`;
}

/** Judges a ratio of engine by floor that must not fall below a target. */
export function ratioAtLeast(
  name: string,
  { engine, floor, ratio }: { engine: number; floor: number; ratio: number },
  target: number,
): Measurement {
  return {
    name,
    engine: rate(engine),
    floor: rate(floor),
    value: ratio,
    shown: ratio.toFixed(2),
    target: `≥ ${target.toFixed(2)}`,
    ok: ratio >= target,
  };
}

/** The measurements as a Markdown table, its columns in line, so that it reads in a terminal too. */
export function toTable(measurements: readonly Measurement[]): string {
  const rows = [
    ['measurement', 'Trellis', 'floor', 'value', 'target', 'met'],
    ...measurements.map((one) => [
      one.name,
      one.engine,
      one.floor,
      one.shown,
      one.target,
      one.ok ? 'yes' : 'NO',
    ]),
  ];
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = line(widths?.map((width) => '-'.repeat(width)) ?? []);
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** What one run of the reference workflow left, commit by commit: the floor writes the same. */
export function describeRows(commits: readonly (readonly WrittenRow[])[]): string {
  const all = commits.flat();
  const made = all.filter((written) => written.kind === 'new').length;
  // A row that a later commit of the same run changed was counted when it was made.
  const changed = new Set(
    all.flatMap((written) => (written.kind === 'changed' ? [keyText(written)] : [])),
  );
  for (const written of all)
    if (written.kind === 'new') changed.delete(`${written.table} ${written.row['seq']}`);
  const lines = commits.map((writes, index) => {
    const parts = writes.map((written) =>
      written.kind === 'new'
        ? written.table
        : `${written.table} (${Object.keys(written.columns).join(', ')})`,
    );
    return `- commit ${index + 1}: ${parts.join('; ')}`;
  });
  return [
    `One run leaves ${made + changed.size} rows: ${made} new, ${changed.size} changed.`,
    ...lines,
  ].join('\n');
}

function keyText(written: Extract<WrittenRow, { kind: 'changed' }>): string {
  return `${written.table} ${Object.values(written.key).join(' ')}`;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

/** The page that is kept in `docs/measured`. */
export function toPage(
  part: 'bench' | 'bench-large' | 'bench-host',
  rows: string,
  measurements: readonly Measurement[],
): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  const [load = 0] = loadavg();
  const machine = `${processor}, ${cpus().length} cores, ${platform()}, Node ${process.versions.node}; load at the end ${load.toFixed(1)}`;
  const lines = {
    bench: [
      '# Bench',
      '',
      'Written by `npm run bench -- --save`. The floor is the least that any program on better-sqlite3 must do to leave',
      'the same rows: one prepared statement a row, the same pragmas, in as many commits, in the same process. Engine and',
      'floor take turns in blocks; a ratio is the median over neighbouring blocks.',
      '',
      rows,
    ],
    'bench-large': [
      '# Bench on a large file',
      '',
      'Written by `npm run bench -- --large --save`: 1,000,000 contacts, 1,000,000 activities, 100,000 runs that wait.',
    ],
    'bench-host': [
      '# Bench of the hosts',
      '',
      'Written by `npm run bench -- --host --save`. The backup is of 1,000,000 contacts, with a contact created every',
      '10 ms; its floor is the same calls for as long with no backup. A cold start begins with the process of the built',
      'server on a file the system has forgotten, 100,000 contacts and 10,000 runs that wait, and ends when Home shows its',
      'numbers in Chromium; its floor is the moment the server answers.',
    ],
  }[part];
  return [...lines, '', `Machine: ${machine}.`, '', toTable(measurements), ''].join('\n');
}
