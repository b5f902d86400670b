import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FakeLogger } from '../tests/support/test-core.ts';
import { temporaryFolder } from '../tests/support/temporary-folder.ts';
import { logFile } from './log-file.ts';

test('each entry is one line that begins with its time, and the other logger has it too', () => {
  const folder = temporaryFolder();
  const also = new FakeLogger();
  const logger = logFile(join(folder, 'logs', 'trellis.log'), also);
  expect(readdirSync(folder)).toEqual([]);
  logger.info('Here');
  logger.error('Failed:\n    at once');
  const lines = readFileSync(join(folder, 'logs', 'trellis.log'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => line.replace(/^\S+T\S+Z /, ''))).toEqual([
    'info Here',
    'error Failed:',
    '        at once',
  ]);
  expect(also).toMatchObject({ infos: ['Here'], errors: ['Failed:\n    at once'] });
});

test('a full log is set aside, the oldest goes, and a start goes on where the last one ended', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'trellis.log');
  for (let line = 0; line < 12; line += 1) {
    // As many starts as lines: what is in the file counts, not what one program wrote.
    logFile(file, new FakeLogger(), 100).info(`line ${line} ${'x'.repeat(60)}`);
  }
  expect(readdirSync(folder).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'trellis.log',
    'trellis.log.1',
    'trellis.log.2',
    'trellis.log.3',
  ]);
  const newest = readFileSync(file, 'utf8');
  expect(newest).toContain('line 11');
  expect(readFileSync(`${file}.1`, 'utf8')).toContain('line 9');
});

test('a log that cannot be written stops nobody', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'logs'), '');
  const also = new FakeLogger();
  logFile(join(folder, 'logs', 'trellis.log'), also).info('Here');
  expect(also.infos).toEqual(['Here']);
});
