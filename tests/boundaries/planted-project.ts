import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toolFile } from '../../scripts/support/project.mjs';
import { projectRoot } from './source-files.ts';

/**
 * A project of planted files under this one's own configuration. It lives in a folder of its own,
 * so that no killed test leaves a forbidden import behind and no check running beside it trips.
 */
export class PlantedProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'trellis-boundaries-'));
  readonly #roots: string[];

  constructor(files: Record<string, string>) {
    this.#roots = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? path))];
    for (const name of ['.oxlintrc.json', 'tsconfig.json', 'tsconfig']) {
      cpSync(join(projectRoot, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** The rules that each file breaks: `path` → `rule` list. */
  lint(): Map<string, string[]> {
    // By name: left alone, it would walk into the linked node_modules.
    const { stdout } = this.#run([toolFile('oxlint'), '--format=json', ...this.#roots]);
    const report: { diagnostics: { filename: string; code: string }[] } = JSON.parse(stdout);
    const broken = new Map<string, string[]>();
    for (const { filename, code } of report.diagnostics) {
      const path = filename.replaceAll('\\', '/');
      broken.set(path, [...(broken.get(path) ?? []), code]);
    }
    return broken;
  }

  /** What the compiler says, one line a fault. */
  typeCheck(): string {
    // Only the planted files: the cache of the real project must not be read or written.
    return this.#run([toolFile('typescript', 'tsc'), '-b', '--incremental', 'false']).stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(command: string[]): { stdout: string } {
    return spawnSync(process.execPath, command, { cwd: this.folder, encoding: 'utf8' });
  }
}
