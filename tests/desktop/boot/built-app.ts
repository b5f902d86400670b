import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inProject } from '../../../scripts/support/project.mjs';
import type * as moveScenarios from './move-scenario.ts';
import type * as scenarios from './scenarios.ts';
import type * as shellScenario from './shell-scenario.ts';

type ScenarioName =
  | keyof typeof scenarios
  | keyof typeof moveScenarios
  | keyof typeof shellScenario;

const register = new URL('../stand-in/register.ts', import.meta.url).href;
const run = fileURLToPath(new URL('run.ts', import.meta.url));

/** What Node says and ends with when an `await` at the top level never comes back. */
const unsettledAwait = 13;

/** A copy of the built app, with a data folder of its own. Neither the build nor the user's is touched. */
export class BuiltApp {
  readonly folder = mkdtempSync(join(tmpdir(), 'trellis-desktop-'));
  readonly dataDir = join(this.folder, 'data');
  private readonly outDir = join(this.folder, 'out');

  constructor() {
    if (!existsSync(inProject('out/main/main.js'))) {
      throw new Error('There is no build to start: npm run build');
    }
    for (const part of ['main', 'preload', 'renderer']) {
      cpSync(inProject(`out/${part}`), join(this.outDir, part), { recursive: true });
    }
    cpSync(inProject('resources/icons'), join(this.folder, 'resources/icons'), { recursive: true });
    symlinkSync(inProject('node_modules'), join(this.folder, 'node_modules'), 'junction');
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }\n');
    mkdirSync(this.dataDir);
  }

  /**
   * Changes the built main, in whichever of its files the text came to be. Without the text there
   * would be no mutation, and no test.
   */
  change(from: string | RegExp, to: string): void {
    const folder = join(this.outDir, 'main');
    const files = globSync('**/*.js', { cwd: folder }).map((name) => join(folder, name));
    const changed = files.filter((file) => {
      const before = readFileSync(file, 'utf8');
      const after = before.replace(from, to);
      if (after !== before) writeFileSync(file, after);
      return after !== before;
    });
    if (changed.length === 0) throw new Error(`The built main has no ${String(from)}`);
  }

  /** @param file relative to `out` */
  append(file: string, text: string): void {
    appendFileSync(join(this.outDir, file), text);
  }

  /** @returns what did not hold, by name; empty when all is well */
  start(scenario: ScenarioName): string[] {
    const args = ['--import', register, run, scenario, this.outDir, '--data-dir', this.dataDir];
    const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      timeout: 15_000,
      // The autostart folder is the test's, not the tester's.
      env: { ...process.env, NODE_OPTIONS: '', XDG_CONFIG_HOME: this.folder },
    });
    if (status === unsettledAwait) return ['the main module awaits at its top level'];
    if (status !== 0) return [`the process failed: ${error?.message ?? stderr}`];
    const failures: string[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    return failures;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
