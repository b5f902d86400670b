import { parseSync, Visitor } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlantedProject } from './planted-project.ts';
import { sourceFiles } from './source-files.ts';

/** What the core may not reach for: each comes to it through a port. */
const ambient = [
  ['Date.now()', 'eslint(no-restricted-properties)'],
  ['Math.random()', 'eslint(no-restricted-properties)'],
  ['performance.now()', 'eslint(no-restricted-globals)'],
  ['process.env', 'eslint(no-restricted-globals)'],
  ['globalThis.process', 'eslint(no-restricted-globals)'],
  ['console', 'eslint(no-restricted-globals)'],
  ["fetch('http://localhost')", 'eslint(no-restricted-globals)'],
] as const;

let project: PlantedProject;
let broken: Map<string, string[]>;

beforeAll(() => {
  const files = ambient.map(([code], at) => [
    `src/main/plant-${at}.ts`,
    `export const a = ${code};\n`,
  ]);
  project = new PlantedProject({
    ...Object.fromEntries(files),
    'src/shared/logs.ts': "console.log('x');\n",
    'src/main/plant.test.ts': 'export const a = [Date.now(), process.env];\n',
  });
  broken = project.lint();
});

afterAll(() => project.remove());

describe('the core has no ambient time, chance, environment or console', () => {
  test.each(ambient.map(([code, rule], at) => ({ code, rule, at })))(
    '$code is refused',
    ({ rule, at }) => {
      expect(broken.get(`src/main/plant-${at}.ts`)).toContain(rule);
    },
  );

  test('shared code writes to no console', () => {
    expect(broken.get('src/shared/logs.ts')).toContain('eslint(no-console)');
  });

  test('a test beside the code may', () => {
    expect(broken.get('src/main/plant.test.ts')).toBeUndefined();
  });
});

/** The clock read without a property that a lint rule could name: `new Date()` and `Date()`. */
function clockReads(path: string, text: string): string[] {
  const { program } = parseSync(path, text);
  const reads: string[] = [];
  const look = (callee: { type: string; name?: unknown }, given: number, start: number) => {
    if (callee.type !== 'Identifier' || callee.name !== 'Date' || given > 0) return;
    reads.push(`${path}:${text.slice(0, start).split('\n').length}`);
  };
  new Visitor({
    NewExpression: (node) => look(node.callee, node.arguments.length, node.start),
    CallExpression: (node) => look(node.callee, node.arguments.length, node.start),
  }).visit(program);
  return reads;
}

describe('new Date() without a time', () => {
  test('is seen', () => {
    const text =
      'const at = new Date(0);\n// new Date()\nconst now = new Date();\nconst text = Date();\n';
    expect(clockReads('plant.ts', text)).toEqual(['plant.ts:3', 'plant.ts:4']);
  });

  test.each(['src/main/**/*.ts', 'src/shared/**/*.ts'])('is nowhere in %s', (pattern) => {
    const reads = sourceFiles(pattern).flatMap(({ path, text }) => clockReads(path, text));
    expect(reads).toEqual([]);
  });
});
