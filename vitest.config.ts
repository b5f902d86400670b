import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    passWithNoTests: true,
    // A test awaits a state; this is how long that may take on a busy two-core machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Vitest leaves one core to itself; on two cores that would be half the machine, idle.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // No module keeps state (there is one `createCore`), so files may share their imports: half
          // the time of the project was loading them anew.
          isolate: false,
          include: [
            'src/shared/**/*.test.ts',
            'src/main/**/*.test.ts',
            'server/**/*.test.ts',
            'electron/**/*.test.ts',
            'hosts/**/*.test.ts',
          ],
        },
      },
      { extends: true, test: { name: 'renderer', include: ['src/renderer/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'boundaries', include: ['tests/boundaries/**/*.test.ts'] } },
      { extends: true, test: { name: 'transport', include: ['tests/transport/**/*.test.ts'] } },
      { extends: true, test: { name: 'api', include: ['tests/api/**/*.test.ts'] } },
      {
        extends: true,
        // One display and one notification daemon for all.
        test: { name: 'desktop', include: ['tests/desktop/**/*.test.ts'], fileParallelism: false },
      },
      {
        extends: true,
        test: { name: 'crash', include: ['tests/crash/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
});
