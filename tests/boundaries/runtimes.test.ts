import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlantedProject } from './planted-project.ts';

/** What each runtime has not, and therefore may not name. */
const table = [
  { path: 'src/shared/plant.ts', missing: ['document', 'process', 'Buffer', 'setTimeout'] },
  { path: 'src/main/plant.ts', missing: ['document', 'window'] },
  { path: 'server/plant.ts', missing: ['document', 'window'] },
  { path: 'src/renderer/plant.ts', missing: ['process', 'Buffer', '__dirname'] },
];

const plants = table.flatMap(({ path, missing }) =>
  missing.map((name, at) => ({ path, name, line: at + 1 })),
);

let project: PlantedProject;
let faults: string;

beforeAll(() => {
  project = new PlantedProject(
    Object.fromEntries(
      table.map(({ path, missing }) => [
        path,
        missing.map((name, at) => `export const plant${at}: unknown = ${name};\n`).join(''),
      ]),
    ),
  );
  faults = project.typeCheck();
});

afterAll(() => project.remove());

describe('each runtime knows only its own globals', () => {
  test.each(plants)('$path has no $name', ({ path, name, line }) => {
    expect(faults).toMatch(new RegExp(`${path}\\(${line},\\d+\\): error TS\\d+: .*'${name}'`));
  });
});
