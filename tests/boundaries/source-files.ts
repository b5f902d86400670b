import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

interface SourceFile {
  /** Relative to the project, with forward slashes. */
  path: string;
  text: string;
}

/** The files that match, tests left out. */
export function sourceFiles(pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: projectRoot })
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .map((path) => ({
      path: path.replaceAll('\\', '/'),
      text: readFileSync(join(projectRoot, path), 'utf8'),
    }));
}
