import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../src/main/db/open-database.ts';
import { temporaryFolder } from '../tests/support/temporary-folder.ts';
import { checkpointThread } from './checkpoint-thread.ts';

const entry = resolve(import.meta.dirname, 'checkpoint-worker.ts');

test('the thread copies the log while the file is open and written', async () => {
  const { sqlite } = openDatabase(temporaryFolder());
  const thread = checkpointThread(entry, sqlite.name);
  onTestFinished(async () => {
    await thread.stop();
    sqlite.close();
  });
  sqlite.exec("INSERT INTO file_settings VALUES ('k', 'v')");
  const pages = await new Promise<number>((done) => {
    thread.copy(done);
  });
  expect(pages).toBeGreaterThan(0);
  // All it held is in the file: there is nothing left to copy.
  const [left] = sqlite.pragma('wal_checkpoint(PASSIVE)') as {
    log: number;
    checkpointed: number;
  }[];
  expect(left?.checkpointed).toBe(left?.log);
});

test('a file that cannot be opened ends it, with the reason', async () => {
  const thread = checkpointThread(entry, resolve(temporaryFolder(), 'none.db'));
  const reason = await new Promise<string>((listener) => {
    thread.onEnd(listener);
  });
  expect(reason).toContain('unable to open database file');
  await thread.stop();
});
