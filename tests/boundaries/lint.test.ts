import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlantedProject } from './planted-project.ts';

/** Faults that only the types show, or that are easily lost when the lint is set up anew. */
const table = [
  ['const later = async () => 1;\nlater();\n', 'typescript(no-floating-promises)'],
  ['[1].forEach(async () => 1);\n', 'typescript(no-misused-promises)'],
  ['export const a: any = 1;\n', 'typescript(no-explicit-any)'],
  [
    'export const a = 1 as 1 | 2;\nswitch (a) {\n  case 1:\n}\n',
    'typescript(switch-exhaustiveness-check)',
  ],
] as const;

let project: PlantedProject;
let broken: Map<string, string[]>;

beforeAll(() => {
  const files = table.map(([code], at) => [`src/main/plant-${at}.ts`, code]);
  project = new PlantedProject(Object.fromEntries(files));
  broken = project.lint();
});

afterAll(() => project.remove());

test.each(table.map(([, rule], at) => ({ rule, at })))('$rule is on', ({ rule, at }) => {
  expect(broken.get(`src/main/plant-${at}.ts`)).toContain(rule);
});
