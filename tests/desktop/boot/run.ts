// One start of the built app with the stand-in for Electron, in a process of its own.
// node --import ../stand-in/register.ts run.ts SCENARIO OUT_DIR --data-dir DIR
import { dataFolder } from '../../../hosts/data-folder.ts';
import { failures } from './expectations.ts';
import * as moveScenarios from './move-scenario.ts';
import * as scenarios from './scenarios.ts';
import { shell } from './shell-scenario.ts';

const [name = '', outDir = ''] = process.argv.slice(2);
const scenario = Object.entries({ ...scenarios, ...moveScenarios, shell }).find(
  ([key]) => key === name,
)?.[1];
if (scenario === undefined) throw new Error(`There is no scenario ${name}`);

try {
  await scenario({ outDir, dataDir: dataFolder(process.argv.slice(2)) });
} catch (error) {
  failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
console.log(JSON.stringify(failures));
// Electron's process would be gone; this one has ports open still.
process.exit(0);
