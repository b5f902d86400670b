// `npm test`: everything, in the order in which it fails fastest.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { needRunnableNode } from './support/node-version.mjs';
import { inSeconds, runTool } from './support/processes.mjs';
import { inProject, toolFile } from './support/project.mjs';
import { needTestPieces } from './support/test-pieces.mjs';
import { count, playwrightOutcomes, vitestOutcomes } from './support/test-report.mjs';

await needRunnableNode(import.meta.url);

/** The projects of vitest.config.ts, the quick ones first. */
const projects = ['unit', 'renderer', 'boundaries', 'transport', 'api', 'desktop', 'crash'];
const e2eConfig = 'tests/e2e/playwright.config.ts';

const start = performance.now();
const reports = mkdtempSync(join(tmpdir(), 'trellis-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

/** @type {{ name: string, ok: boolean, seconds: number }[]} */
const steps = [];
/** @type {import('./support/test-report.mjs').Outcome[]} */
const outcomes = [];

/** @type {Record<string, string>} */
const env = {};
if (existsSync(inProject(e2eConfig)) || existsSync(inProject('tests/desktop'))) {
  const pieces = await needTestPieces();
  if ('why' in pieces) {
    console.error(pieces.why);
    process.exit(1);
  }
  env.TRELLIS_BROWSER = pieces.browser;
}

await step('check', [inProject('scripts/check.mjs')]);
await step('build', [toolFile('electron-vite'), 'build']);
for (const project of projects) {
  const report = join(reports, `${project}.json`);
  await step(project, [
    toolFile('vitest'),
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  outcomes.push(...vitestOutcomes(report));
}
if (existsSync(inProject(e2eConfig))) {
  const report = join(reports, 'e2e.json');
  env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
  await step('e2e', [
    toolFile('@playwright/test', 'playwright'),
    'test',
    `--config=${e2eConfig}`,
    '--reporter=list,json',
  ]);
  outcomes.push(...playwrightOutcomes(report));
}
end();

/**
 * @param {string} name
 * @param {string[]} command
 */
async function step(name, command) {
  console.log(`\n── ${name}`);
  const { ok, seconds } = await runTool(command, { env });
  steps.push({ name, ok, seconds });
}

function end() {
  const { passed, failed, skipped, excusedSkips } = count(outcomes);
  console.log('');
  for (const { name, ok, seconds } of steps) {
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${inSeconds(seconds).padStart(8)}`);
  }
  console.log(
    `       ${'total'.padEnd(10)} ${inSeconds((performance.now() - start) / 1000).padStart(8)}`,
  );

  const badSkips = process.env.CI === 'true' ? skipped - excusedSkips : 0;
  if (badSkips > 0) console.log(`With CI=true every test must run: ${badSkips} were skipped.`);
  if (passed === 0) console.log('No test ran.');
  // A step can fail without a failing test (a type error, a crash of the runner): it counts as one.
  const failures = Math.max(failed, steps.filter(({ ok }) => !ok).length);
  console.log(`${passed} passed, ${failures} failed, ${skipped} skipped`);
  process.exit(failures > 0 || badSkips > 0 || passed === 0 ? 1 : 0);
}
