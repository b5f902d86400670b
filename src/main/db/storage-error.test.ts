import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { sequentialIds } from '../../../tests/support/sequential-ids.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { FakeLogger } from '../../../tests/support/test-core.ts';
import { UserError } from '../errors.ts';
import { EventBus } from '../events/event-bus.ts';
import type { Connection } from './handle.ts';
import { openDatabase } from './open-database.ts';
import { explainStorageFailure, isStorageFailure } from './storage-error.ts';
import { Committer } from './unit-of-work.ts';

let connection: Connection;
let committer: Committer;

beforeEach(() => {
  connection = openDatabase(temporaryFolder());
  committer = new Committer(
    connection,
    new FakeClock(),
    sequentialIds(),
    new EventBus(new FakeLogger()),
  );
});

afterEach(() => {
  connection.sqlite.close();
});

const settings = (): unknown[] =>
  connection.sqlite.prepare('SELECT key FROM file_settings').pluck().all();

/** No page more than there are: what a full disk looks like to SQLite. */
function fillDisk(): void {
  const pages = Number(connection.sqlite.pragma('page_count', { simple: true }));
  connection.sqlite.pragma(`max_page_count = ${pages}`);
}

const large = 'x'.repeat(100_000);
const insert = 'INSERT INTO file_settings (key, value) VALUES (?, ?)';

describe('a disk that is full', () => {
  test('undoes the whole unit, also when the part that failed was given up', () => {
    fillDisk();
    const work = (): void => {
      committer.commit({ kind: 'user' }, (unit) => {
        unit.db.run(insert, 'before', '');
        try {
          unit.attempt(() => unit.db.run(insert, 'large', large));
        } catch {
          // As a step of a workflow that failed: the run would be written down as failed.
        }
        unit.db.run(insert, 'after', '');
      });
    };
    expect(work).toThrow(/full/);
    expect(settings()).toEqual([]);
    connection.sqlite.pragma('max_page_count = 1000000');
    work();
    expect(settings()).toEqual(['after', 'before', 'large']);
  });

  test('is said in words that tell what to do', () => {
    fillDisk();
    try {
      committer.commit({ kind: 'user' }, (unit) => unit.db.run(insert, 'large', large));
      expect.unreachable();
    } catch (error) {
      expect(explainStorageFailure(error)?.message).toMatch(
        /disk is full.*Nothing was changed.*free/,
      );
    }
  });
});

test('a transaction that SQLite gave up by itself leaves nothing behind', () => {
  const work = (): void => {
    committer.commit({ kind: 'user' }, (unit) => {
      unit.db.run(insert, 'before', '');
      try {
        unit.attempt(() => {
          connection.sqlite.exec('ROLLBACK');
          throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE');
        });
      } catch {
        // What a caller that knows nothing of disks does.
      }
      unit.db.run(insert, 'after', '');
    });
  };
  expect(work).toThrow(/disk I\/O error/);
  expect(settings()).toEqual([]);
});

test.each([
  ['SQLITE_FULL', /full/],
  ['SQLITE_IOERR_WRITE', /disk reported an error/],
  ['SQLITE_CORRUPT_VTAB', /damaged/],
  ['SQLITE_NOTADB', /damaged/],
  ['SQLITE_READONLY_DBMOVED', /may only be read/],
  ['SQLITE_CANTOPEN', /cannot be opened/],
  ['SQLITE_BUSY', /Another program/],
])('%s has words of its own', (code, words) => {
  const explained = explainStorageFailure(new Database.SqliteError('raw', code));
  expect(explained).toBeInstanceOf(UserError);
  expect(explained?.message).toMatch(words);
});

test.each([
  new Database.SqliteError('UNIQUE constraint failed', 'SQLITE_CONSTRAINT_UNIQUE'),
  new Error('anything else'),
  new UserError('conflict', 'a rule of ours'),
])('%s is no failure of the disk', (error) => {
  expect(isStorageFailure(error)).toBe(false);
});
