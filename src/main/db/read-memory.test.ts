import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { openDatabase } from './open-database.ts';
import { besideOf, effectOf } from './read-memory.ts';

function setUp() {
  const folder = temporaryFolder();
  const connection = openDatabase(folder);
  const outside = openDatabase(folder);
  onTestFinished(() => {
    connection.sqlite.close();
    outside.sqlite.close();
  });
  let reads = 0;
  const read = (table = 'companies', key = 'key'): number => {
    const before = reads;
    connection.reader.remember(table, key, () => {
      reads += 1;
      return { value: reads };
    });
    return reads - before;
  };
  const write = (sql: string, ...values: string[]): number => connection.writer.run(sql, ...values);
  return { connection, outside, write, read };
}

const unknownCompany = "UPDATE companies SET name = 'x' WHERE id = 'none'";

test('outside a transaction records are read each time, and the rest when another program wrote', () => {
  const { connection, outside, read } = setUp();
  expect([read(), read()]).toEqual([1, 1]);
  expect([read('stages'), read('stages')]).toEqual([1, 0]);
  connection.begin();
  expect([read(), read()]).toEqual([1, 0]);
  expect(read('stages')).toBe(0);
  connection.commit();
  expect(read()).toBe(1);
  outside.sqlite.exec("INSERT INTO file_settings VALUES ('k', 'v')");
  expect([read('stages'), read('stages')]).toEqual([1, 0]);
});

test('the next transaction remembers what was committed, and nothing after a rollback', () => {
  const { connection, read } = setUp();
  connection.begin();
  read();
  connection.commit();
  connection.begin();
  expect(read()).toBe(0);
  connection.rollback();
  connection.begin();
  expect(read()).toBe(1);
  connection.commit();
});

test('what another connection wrote makes everything stale', () => {
  const { connection, outside, read } = setUp();
  connection.begin();
  read();
  connection.commit();
  outside.sqlite.exec("INSERT INTO file_settings VALUES ('k', 'v')");
  connection.begin();
  expect(read()).toBe(1);
  connection.commit();
});

test('a write makes what was read from its table stale', () => {
  const { connection, read, write } = setUp();
  connection.begin();
  read();
  write(unknownCompany);
  expect([read(), read()]).toEqual([1, 0]);
  write("UPDATE deals SET title = 'x' WHERE id = 'none'");
  expect(read()).toBe(0);
  write("DELETE FROM journal WHERE record_id = 'none'");
  expect(read()).toBe(0);
  connection.rollback();
});

test('a write to one record makes that record stale alone', () => {
  const { connection, read, write } = setUp();
  connection.begin();
  const readBoth = (): number[] => [read('companies', 'a'), read(besideOf('companies'), 'b')];
  readBoth();
  write('UPDATE companies SET name = ? WHERE id = ?', 'x', 'a');
  expect(connection.reader.recall('companies', 'a')).toBeUndefined();
  expect(readBoth()).toEqual([1, 0]);
  write('UPDATE companies SET name = ? WHERE id = ?', 'x', 'b');
  expect(readBoth()).toEqual([0, 1]);
  write('UPDATE companies SET name = ?', 'x');
  expect(readBoth()).toEqual([1, 1]);
  connection.rollback();
});

test('what a savepoint takes back is not remembered', () => {
  const { connection, read, write } = setUp();
  connection.begin();
  const failing = (): void => {
    connection.writer.savepoints.attempt(() => {
      write(unknownCompany);
      read();
      throw new Error('failed');
    });
  };
  expect(failing).toThrow('failed');
  expect(read()).toBe(1);
  connection.rollback();
});

test.each([
  ['INSERT INTO journal (object) VALUES (1)', 'none'],
  ['RELEASE attempt', 'none'],
  ['UPDATE deals SET title = 1', { table: 'deals', beside: 'deals beside' }],
  [
    'UPDATE deals SET title = ? WHERE id = ?',
    { table: 'deals', beside: 'deals beside', row: 'last' },
  ],
  [
    'UPDATE deals SET title = ? WHERE id = ? AND seq = ?',
    { table: 'deals', beside: 'deals beside' },
  ],
  [
    'UPDATE deals SET title = ? WHERE title = ? OR id = ?',
    { table: 'deals', beside: 'deals beside' },
  ],
  [
    'UPDATE deals SET title = (SELECT 1 FROM contacts WHERE id = ?)',
    { table: 'deals', beside: 'deals beside' },
  ],
  ['DELETE FROM deals WHERE id = ?', { table: 'deals', beside: 'deals beside', row: 'last' }],
  [
    'INSERT INTO contacts (id, name) VALUES (?, ?)',
    { table: 'contacts', beside: 'contacts beside', row: 'first' },
  ],
  [
    'INSERT INTO contacts (name, id) VALUES (?, ?)',
    { table: 'contacts', beside: 'contacts beside' },
  ],
  ['INSERT INTO contacts (id) VALUES (?), (?)', { table: 'contacts', beside: 'contacts beside' }],
  [
    'INSERT INTO contacts (id) SELECT id FROM deals',
    { table: 'contacts', beside: 'contacts beside' },
  ],
  [
    'INSERT OR IGNORE INTO contacts (id) VALUES (1)',
    { table: 'contacts', beside: 'contacts beside' },
  ],
  ['delete from "activities"', { table: 'activities', beside: 'activities beside' }],
  // A deal shows the name of its stage, a record its tags.
  ['UPDATE stages SET name = 1', 'any'],
  ['INSERT INTO record_tags (tag_id) VALUES (1)', 'any'],
  ['INSERT INTO some_new_table VALUES (1)', 'any'],
  ['WITH old AS (SELECT 1) DELETE FROM deals', 'any'],
  ['ROLLBACK TO attempt', 'any'],
])('%s', (sql, effect) => {
  expect(effectOf(sql)).toEqual(effect);
});
