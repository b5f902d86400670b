// `npm run check`: all that can be said about the code without running it.
import { performance } from 'node:perf_hooks';
import { needRunnableNode } from './support/node-version.mjs';
import { inSeconds, runTool } from './support/processes.mjs';
import { toolFile } from './support/project.mjs';

await needRunnableNode(import.meta.url);

const start = performance.now();
const checks = [
  { name: 'format', command: [toolFile('@biomejs/biome', 'biome'), 'format', '.'] },
  { name: 'lint', command: [toolFile('oxlint'), '--deny-warnings'] },
  { name: 'types', command: [toolFile('typescript', 'tsc'), '-b'] },
  {
    name: 'unused',
    command: [toolFile('knip'), '--no-progress'],
  },
];

let failed = 0;
for (const { name, command } of checks) {
  const { ok, output, seconds } = await runTool(command, { quiet: true });
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${inSeconds(seconds)}`);
  if (!ok) {
    failed += 1;
    console.log(output);
  }
}
const total = inSeconds((performance.now() - start) / 1000);
console.log(failed === 0 ? `All checks pass (${total}).` : `${failed} of ${checks.length} fail.`);
process.exit(failed === 0 ? 0 : 1);
