import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../tests/support/temporary-folder.ts';
import { createTestCore, FakeLogger } from '../tests/support/test-core.ts';
import { inlineReaders } from '../src/main/readers/inline-readers.ts';
import { ReadCancelled, type Readers } from '../src/main/readers/readers.ts';
import { threadedReaders } from '../src/main/readers/threaded-readers.ts';
import { openReader } from '../src/main/db/open-database.ts';
import { readerThread } from './reader-thread.ts';

const entry = join(import.meta.dirname, 'reader-worker.ts');
const moment = { now: Date.parse('2026-03-02T09:00:00Z'), timeZone: 'Europe/Berlin' };

function setUp(worker = entry) {
  const { client, outside, dataDir } = createTestCore({ start: false });
  const logger = new FakeLogger();
  const connection = openReader(dataDir);
  const readers: Readers = threadedReaders({
    start: () => readerThread(worker),
    dataDir,
    logger,
    fallback: inlineReaders(connection.reader),
  });
  onTestFinished(async () => {
    await readers.stop();
    connection.sqlite.close();
  });
  return { client, outside, readers, logger };
}

/** Enough rows for a scan that lasts while the test does something else. */
function fill(outside: ReturnType<typeof setUp>['outside'], count: number): void {
  outside.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO contacts (id, first_name, owner_id, created_at, updated_at)
    SELECT 'c' || i, 'Ünï ' || i, (SELECT id FROM users), '2026', '2026' FROM n`);
}

const slowCount = {
  object: 'contact',
  // Text that is not ASCII is compared by our own function, row by row, as often as there are questions.
  conditions: {
    combinator: 'or',
    rules: Array.from({ length: 60 }, (_, index) => ({
      field: 'contact.first_name',
      operator: 'contains',
      value: `nothing ${index}`,
    })),
  },
  moment,
} as const;

test('reads on threads of its own what was committed', async () => {
  const { client, readers } = setUp();
  await client.contacts.create({ first_name: 'Anna' });
  expect(await readers.run('search.names', { q: 'an', limit: 5 })).toMatchObject([
    { title: 'Anna' },
  ]);
  await client.contacts.create({ first_name: 'Anton' });
  expect(await readers.run('search.names', { q: 'an', limit: 5 })).toHaveLength(2);
});

test('a refusal arrives as it was made', async () => {
  const { readers } = setUp();
  const asked = readers.run('views.list', {
    object: 'contact',
    sort: { field: 'nothing', direction: 'asc' },
    moment,
  });
  await expect(asked).rejects.toMatchObject({ code: 'validation_failed', field: 'sort.field' });
});

test('a read at work is stopped, one in the queue never begins, and a quick one waits for neither', async () => {
  const { readers, outside } = setUp();
  fill(outside, 50_000);
  const aborters = [new AbortController(), new AbortController(), new AbortController()];
  const [first, second, third] = aborters.map(({ signal }) =>
    readers.run('views.count', slowCount, signal),
  );
  // The answer of the quick line says that the threads are up while the scan goes on.
  expect(await readers.run('search.names', { q: 'uni 7', limit: 1 })).toHaveLength(1);
  aborters[0]?.abort();
  aborters[1]?.abort();
  await expect(first).rejects.toBeInstanceOf(ReadCancelled);
  await expect(second).rejects.toBeInstanceOf(ReadCancelled);
  expect(await third).toBe(0);
}, 60_000);

test('where no thread can be had, the answer comes all the same', async () => {
  const { client, readers, logger } = setUp(join(temporaryFolder(), 'missing.js'));
  await client.contacts.create({ first_name: 'Anna' });
  expect(await readers.run('search.names', { q: 'an', limit: 5 })).toHaveLength(1);
  expect(await readers.run('search.names', { q: 'an', limit: 5 })).toHaveLength(1);
  expect(logger.errors[0]).toContain('A reader thread ended');
});

test('after the end nobody is answered', async () => {
  const { readers } = setUp();
  await readers.stop();
  await expect(readers.run('search.names', { q: 'a', limit: 1 })).rejects.toBeInstanceOf(
    ReadCancelled,
  );
});
