import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fileDump } from '../support/file-dump.ts';
import { createTestCore } from '../support/test-core.ts';

const scenario = resolve(import.meta.dirname, 'rehearsal/scenario.ts');

test('a rehearsal that is killed half way leaves the file as it was; its copy goes at the next start', async () => {
  const first = createTestCore();
  for (const title of ['Roof', 'Shed', 'Barn']) await first.client.deals.create({ title });
  await first.settle();
  const before = [...fileDump(first.outside)];
  const killed = spawnSync(process.execPath, [scenario, first.dataDir], { encoding: 'utf8' });
  expect(killed.signal, killed.stderr).toBe('SIGKILL');
  expect([...fileDump(first.outside)]).toEqual(before);
  const left = (): string[] =>
    readdirSync(first.dataDir).filter((name) => name.startsWith('rehearsal-'));
  expect(left()).toContain('rehearsal-killed.unfinished');
  await first.core.stop();
  const next = createTestCore({ dataDir: first.dataDir, source: 1 });
  await next.settle();
  expect(left()).toEqual([]);
});
