import { expect, onTestFinished, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { FakeLogger } from '../../../tests/support/test-core.ts';
import { type CheckpointThread, Checkpoints } from './checkpoints.ts';
import { openDatabase } from './open-database.ts';

/** A thread whose copying lasts until the test says it is done. */
class FakeThread implements CheckpointThread {
  readonly copies: ((pages: number) => void)[] = [];
  end: (reason: string) => void = () => undefined;
  isStopped = false;

  copy(done: (pages: number) => void): void {
    this.copies.push(done);
  }

  onEnd(listener: (reason: string) => void): void {
    this.end = listener;
  }

  async stop(): Promise<void> {
    await Promise.resolve();
    this.isStopped = true;
  }
}

function setUp() {
  const connection = openDatabase(temporaryFolder());
  onTestFinished(() => void connection.sqlite.close());
  const clock = new FakeClock();
  const logger = new FakeLogger();
  const thread = new FakeThread();
  const checkpoints = new Checkpoints(connection, clock, logger, thread);
  const pagesCommitsCopy = (): unknown =>
    connection.sqlite.pragma('wal_autocheckpoint', { simple: true });
  return { connection, clock, logger, thread, checkpoints, pagesCommitsCopy };
}

test('many commits are copied once, and those during the copy once after it', () => {
  const { clock, thread, checkpoints, pagesCommitsCopy } = setUp();
  expect(pagesCommitsCopy()).toBe(0);
  checkpoints.wake();
  checkpoints.wake();
  expect(thread.copies).toHaveLength(0);
  clock.advance(100);
  expect(thread.copies).toHaveLength(1);
  checkpoints.wake();
  clock.advance(1_000);
  expect(thread.copies).toHaveLength(1);
  thread.copies[0]?.(10);
  clock.advance(100);
  expect(thread.copies).toHaveLength(2);
});

test('a log of 64 MB begins anew, without waiting for a reader of its old pages', () => {
  const { connection, clock, thread, checkpoints } = setUp();
  // A row takes a page or two; the log of a new file holds its whole schema before that.
  const pagesAfterOneRow = (): number => {
    connection.sqlite.exec("INSERT INTO file_settings VALUES ('another', 'v')");
    const [found] = connection.sqlite.pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
    return found?.log ?? 0;
  };
  connection.sqlite.exec("INSERT INTO file_settings VALUES ('k', 'v')");
  checkpoints.wake();
  clock.advance(100);
  thread.copies[0]?.(16_384);
  thread.copies[1]?.(16_400);
  expect(connection.sqlite.pragma('busy_timeout', { simple: true })).toBe(5_000);
  expect(pagesAfterOneRow()).toBeLessThan(10);
});

test('a thread that ends leaves the copying to the commits, and says so', () => {
  const { clock, logger, thread, checkpoints, pagesCommitsCopy } = setUp();
  thread.end('out of memory');
  expect(pagesCommitsCopy()).toBe(1_000);
  expect(logger.errors).toEqual([expect.stringContaining('out of memory')]);
  checkpoints.wake();
  clock.advance(1_000);
  expect(thread.copies).toHaveLength(0);
});

test('after the stop nothing is copied', async () => {
  const { clock, thread, checkpoints } = setUp();
  checkpoints.wake();
  await checkpoints.stop();
  clock.advance(1_000);
  expect([thread.isStopped, thread.copies.length]).toEqual([true, 0]);
});
