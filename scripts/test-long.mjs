// `npm run test:long`: the suites with their full counts, whose tables are kept in docs/measured/.
import { performance } from 'node:perf_hooks';
import { needRunnableNode } from './support/node-version.mjs';
import { inSeconds, runTool } from './support/processes.mjs';
import { toolFile } from './support/project.mjs';

await needRunnableNode(import.meta.url);

/**
 * A suite is a test file that reads how much to do from its environment.
 *
 * @type {{ name: string, project: string, file: string, env: Record<string, string> }[]}
 */
const suites = [
  {
    name: 'api fuzz',
    project: 'api',
    file: 'tests/api/fuzz.test.ts',
    env: { TRELLIS_FUZZ_REQUESTS: '20000' },
  },
  {
    name: 'crash kills',
    project: 'crash',
    file: 'tests/crash/everything.test.ts',
    env: { TRELLIS_CRASH_KILLS: '300' },
  },
  {
    name: 'crash deliveries',
    project: 'crash',
    file: 'tests/crash/deliveries.test.ts',
    env: { TRELLIS_CRASH_KILLS: '50', TRELLIS_CRASH_DELIVERIES: '1000' },
  },
  {
    name: 'failpoints',
    project: 'crash',
    file: 'tests/crash/failpoints.test.ts',
    env: { TRELLIS_FAILPOINT_TRIES: '5' },
  },
];

const only = process.argv.slice(2);
const chosen = suites.filter(({ name }) => only.length === 0 || only.includes(name));
if (chosen.length === 0) {
  console.error(`There is no such suite. There are: ${suites.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

const start = performance.now();
const build = await runTool([toolFile('electron-vite'), 'build'], { quiet: true });
if (!build.ok) {
  console.error(build.output);
  process.exit(1);
}

let failed = 0;
for (const { name, project, file, env } of chosen) {
  console.log(`\n── ${name}`);
  const { ok, seconds } = await runTool([toolFile('vitest'), 'run', `--project=${project}`, file], {
    env: { ...env, TRELLIS_LONG: 'true' },
  });
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} ${inSeconds(seconds)}`);
  if (!ok) failed += 1;
}
console.log(
  `\n${chosen.length - failed} of ${chosen.length} suites pass (${inSeconds((performance.now() - start) / 1000)}).`,
);
process.exit(failed === 0 ? 0 : 1);
