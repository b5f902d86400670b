import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlantedProject } from './planted-project.ts';

/** From a folder of the project, what may not be imported there and what may. */
const table: { folder: string; forbidden: string[]; allowed: string[] }[] = [
  {
    folder: 'src/shared/model',
    forbidden: [
      '../../main/target.ts',
      '../../renderer/target.ts',
      '../../preload/target.ts',
      '../../../server/target.ts',
      '../../../electron/target.ts',
      '../../../hosts/target.ts',
      'electron',
      'react',
      'better-sqlite3',
      'drizzle-orm',
      'node:fs',
      'node:crypto',
      'path',
    ],
    allowed: ['../target.ts', 'zod'],
  },
  {
    folder: 'src/main/crm',
    forbidden: [
      '../../../server/target.ts',
      '../../../electron/target.ts',
      '../../../hosts/target.ts',
      '../../renderer/target.ts',
      '../../preload/target.ts',
      'electron',
      'electron-store',
      'conf',
      'node-notifier',
      'react',
      'http',
      'node:http',
      'node:https',
      'node:http2',
      'node:net',
      'node:process',
      'node:console',
      'node:perf_hooks',
    ],
    allowed: ['../target.ts', '../../shared/target.ts', 'better-sqlite3', 'node:fs'],
  },
  {
    folder: 'server',
    forbidden: [
      '../electron/target.ts',
      '../src/renderer/target.ts',
      '../src/preload/target.ts',
      'electron',
      'electron-store',
    ],
    allowed: ['../src/main/target.ts', '../src/shared/target.ts', 'node:http', 'conf'],
  },
  {
    folder: 'electron',
    forbidden: ['../server/target.ts', '../src/renderer/target.ts', '../src/preload/target.ts'],
    allowed: ['../src/main/target.ts', '../src/shared/target.ts', 'electron', 'electron-store'],
  },
  {
    folder: 'hosts',
    forbidden: [
      '../electron/target.ts',
      '../server/target.ts',
      '../src/renderer/target.ts',
      '../src/preload/target.ts',
      'electron',
      'electron-store',
      'conf',
    ],
    allowed: ['../src/main/target.ts', '../src/shared/target.ts', 'node:fs', 'node-notifier'],
  },
  {
    folder: 'src/preload',
    forbidden: [
      '../main/target.ts',
      '../renderer/target.ts',
      '../../electron/target.ts',
      '../../server/target.ts',
      'node:fs',
      'fs',
    ],
    allowed: ['../shared/target.ts', 'electron'],
  },
  {
    folder: 'src/renderer/app',
    forbidden: [
      '../../main/target.ts',
      '../../preload/target.ts',
      '../../../electron/target.ts',
      '../../../hosts/target.ts',
      '../../../server/target.ts',
      'electron',
      'better-sqlite3',
      'node:fs',
      'path',
    ],
    allowed: ['../target.ts', '../../shared/target.ts', 'react'],
  },
  { folder: 'scripts', forbidden: ['electron'], allowed: ['node:fs', '../src/main/target.ts'] },
];

/** Every way in which a module can be named; each must be seen. */
const forms: Record<string, (module: string) => string> = {
  import: (module) => `import * as it from '${module}';\nexport const seen = it;\n`,
  'import type': (module) =>
    `import type * as It from '${module}';\nexport type Seen = typeof It;\n`,
  export: (module) => `export * from '${module}';\n`,
  'dynamic import': (module) => `export const seen = import('${module}');\n`,
};

const rule = 'eslint(no-restricted-imports)';

const cases = table.flatMap(({ folder, forbidden, allowed }) => [
  ...forbidden.map((module, at) => ({ folder, module, name: `forbidden-${at}`, refused: true })),
  ...allowed.map((module, at) => ({ folder, module, name: `allowed-${at}`, refused: false })),
]);

/** One planted file for each form: `form` → path and text. */
function plants({ folder, module, name }: (typeof cases)[number]) {
  return Object.entries(forms).map(([form, write], at) => ({
    form,
    path: `${folder}/${name}-${at}.ts`,
    text: write(module),
  }));
}

const targets = [
  'src/shared',
  'src/main',
  'src/renderer',
  'src/preload',
  'server',
  'electron',
  'hosts',
];

let project: PlantedProject;
let broken: Map<string, string[]>;

beforeAll(() => {
  project = new PlantedProject({
    ...Object.fromEntries(targets.map((at) => [`${at}/target.ts`, 'export const target = 1;\n'])),
    ...Object.fromEntries(cases.flatMap(plants).map(({ path, text }) => [path, text])),
  });
  broken = project.lint();
});

afterAll(() => project.remove());

/** The forms in which this import is refused. */
function refusedForms(one: (typeof cases)[number]): string[] {
  const refused = plants(one).filter(({ path }) => broken.get(path)?.includes(rule));
  return refused.map(({ form }) => form);
}

describe('forbidden', () => {
  test.each(cases.filter(({ refused }) => refused))('$module in $folder', (one) => {
    expect(refusedForms(one)).toEqual(Object.keys(forms));
  });
});

describe('allowed', () => {
  test.each(cases.filter(({ refused }) => !refused))('$module in $folder', (one) => {
    expect(refusedForms(one)).toEqual([]);
  });
});
