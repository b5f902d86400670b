// `npm run mutate`: breaks the engine by one line at a time, in a copy, and expects a test to turn red each time.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineMutations } from '../tests/mutations/engine-mutations.ts';
import type { Mutation } from '../tests/mutations/mutation.ts';
import { root, toolFile } from './support/project.mjs';

interface Verdict {
  readonly outcome: 'red' | 'survived' | 'broken';
  readonly detail: string;
}

/** Part of a mutation's `breaks` or `file`: to look at a few alone. */
const only = process.argv[2];

const copy = mkdtempSync(join(tmpdir(), 'trellis-mutations-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
for (const name of [
  'electron',
  'hosts',
  'resources',
  'server',
  'src',
  'tests',
  'tsconfig',
  'docs',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
mkdirSync(join(copy, 'report'));
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');

const chosen = engineMutations.filter(
  ({ breaks, file }) => only === undefined || breaks.includes(only) || file.includes(only),
);
const verdicts = new Map<Mutation, Verdict>();
for (const mutation of chosen) {
  const verdict = judge(mutation);
  verdicts.set(mutation, verdict);
  console.log(`${verdict.outcome.padEnd(8)} ${mutation.breaks}  (${verdict.detail})`);
}

const of = (outcome: Verdict['outcome']) =>
  [...verdicts].filter(([, verdict]) => verdict.outcome === outcome);
const explained = of('survived').filter(([{ survives }]) => survives !== undefined);
console.log(
  `\n${chosen.length} mutations: ${of('red').length} turned a test red, ${of('survived').length} survived (${explained.length} explained), ${of('broken').length} could not be judged.`,
);
for (const [{ breaks, survives }] of explained) console.log(`survived: ${breaks}: ${survives}`);
process.exit(of('red').length + explained.length === chosen.length ? 0 : 1);

function judge(mutation: Mutation): Verdict {
  const path = join(copy, mutation.file);
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n').filter((line) => line.includes(mutation.from));
  if (lines.length !== 1)
    return { outcome: 'broken', detail: `${lines.length} lines of ${mutation.file} say it` };
  writeFileSync(
    path,
    text.replace(mutation.from, () => mutation.to),
  );
  try {
    for (const test of mutation.tests) {
      const verdict = runTest(test);
      if (verdict.outcome !== 'survived') return verdict;
    }
    return { outcome: 'survived', detail: mutation.file };
  } finally {
    writeFileSync(path, text);
  }
}

/** Red is an assertion that failed: a file that does not even load shows nothing. */
function runTest(test: string): Verdict {
  const report = join(copy, 'report', 'report.json');
  rmSync(report, { force: true });
  const { stderr } = spawnSync(
    process.execPath,
    [
      toolFile('vitest'),
      'run',
      '--project=unit',
      '--bail=1',
      '--reporter=json',
      `--outputFile.json=${report}`,
      test,
    ],
    { cwd: copy, encoding: 'utf8', timeout: 180_000 },
  );
  if (!existsSync(report))
    return { outcome: 'broken', detail: `${test} gave no report: ${stderr.trim().slice(0, 200)}` };
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: {
      message?: string;
      assertionResults: { title: string; status: string }[];
    }[];
  };
  const assertions = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (assertions.length === 0)
    return { outcome: 'broken', detail: `${test}: ${testResults[0]?.message ?? 'no test ran'}` };
  const failed = assertions.find(({ status }) => status === 'failed');
  return failed
    ? { outcome: 'red', detail: `${test} › ${failed.title}` }
    : { outcome: 'survived', detail: test };
}
