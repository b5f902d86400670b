import { expect, onTestFinished, test } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { sequentialIds } from '../../../tests/support/sequential-ids.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { FakeLogger } from '../../../tests/support/test-core.ts';
import { type Committed, EventBus } from '../events/event-bus.ts';
import type { NewEvent } from '../events/event-store.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { openDatabase } from './open-database.ts';
import { Committer, type UnitOfWork } from './unit-of-work.ts';

const user = { kind: 'user' } as const;

const event: NewEvent = {
  type: 'deal_created',
  object: 'deal',
  record_id: 'd1',
  data: { keys: { deal_id: 'd1' }, changes: {} },
};

const entry: JournalEntry = {
  object: 'deal',
  record_id: 'd1',
  operation: 'create',
  before: null,
  after: { title: 'Roof' },
};

function setUp() {
  const folder = temporaryFolder();
  const connection = openDatabase(folder);
  const other = openDatabase(folder);
  const clock = new FakeClock();
  const logger = new FakeLogger();
  const bus = new EventBus(logger);
  const heard: Committed[] = [];
  bus.on('committed', (message) => heard.push(message));
  onTestFinished(() => {
    connection.sqlite.close();
    other.sqlite.close();
  });
  const committer = new Committer(connection, clock, sequentialIds(), bus);
  /** Rows as another connection sees them: only what was committed. */
  const seen = () => ({
    events: other.reader.all<{ type: string }>('SELECT type FROM events').length,
    journal: other.reader.all('SELECT 1 FROM journal').length,
    settings: other.reader.all<{ value: string }>('SELECT value FROM file_settings'),
  });
  return { connection, committer, clock, bus, logger, heard, other, seen };
}

function set(unit: UnitOfWork, value: string): void {
  unit.db.run('INSERT OR REPLACE INTO file_settings VALUES (?, ?)', 'k', value);
}

test('change, journal row and event commit together, then the bus hears of them', () => {
  const { committer, bus, heard, seen } = setUp();
  let whenHeard: unknown;
  bus.on('committed', () => {
    whenHeard = seen();
  });
  const id = committer.commit(user, (unit) => {
    set(unit, 'a');
    unit.journal(entry);
    const eventId = unit.emit(event);
    expect(seen()).toEqual({ events: 0, journal: 0, settings: [] });
    return eventId;
  });
  expect(seen()).toEqual({ events: 1, journal: 1, settings: [{ value: 'a' }] });
  expect(whenHeard).toEqual(seen());
  expect(heard).toEqual([{ events: 1, touched: [{ topic: 'deal', id: 'd1' }] }]);
  // The first id went to the action the write belongs to.
  expect(id).toBe('00000000-0000-7000-8000-000000000002');
});

test('what throws leaves nothing and the bus hears nothing', () => {
  const { committer, connection, heard, seen } = setUp();
  const work = (unit: UnitOfWork): never => {
    set(unit, 'a');
    unit.journal(entry);
    unit.emit(event);
    throw new Error('changed my mind');
  };
  expect(() => committer.commit(user, work)).toThrow('changed my mind');
  expect(seen()).toEqual({ events: 0, journal: 0, settings: [] });
  expect(heard).toEqual([]);
  expect(connection.sqlite.inTransaction).toBe(false);
  committer.commit(user, (unit) => set(unit, 'b'));
  expect(seen().settings).toEqual([{ value: 'b' }]);
});

test('a commit that touches nothing is not told', () => {
  const { committer, heard } = setUp();
  committer.commit(user, () => 'nothing');
  expect(heard).toEqual([]);
});

test('an attempt that fails is undone alone, also inside another', () => {
  const { committer, seen } = setUp();
  committer.commit(user, (unit) => {
    set(unit, 'before');
    unit.emit(event);
    unit.attempt(() => {
      set(unit, 'outer');
      expect(() =>
        unit.attempt(() => {
          set(unit, 'inner');
          unit.emit(event);
          unit.journal(entry);
          throw new Error('inner');
        }),
      ).toThrow('inner');
      expect(unit.db.get('SELECT value FROM file_settings')).toEqual({ value: 'outer' });
    });
    expect(() =>
      unit.attempt(() => {
        set(unit, 'lost');
        throw new Error('lost');
      }),
    ).toThrow('lost');
    expect(unit.attempt(() => 5)).toBe(5);
  });
  expect(seen()).toEqual({ events: 1, journal: 0, settings: [{ value: 'outer' }] });
});

test('rows bear the time and the actor of the unit, and the origin a piece of work ran under', () => {
  const { committer, clock, connection } = setUp();
  const link = { workflow_id: 'w1', record_id: 'd1', execution_id: 'x1' };
  const workflow = { kind: 'workflow', workflow_id: 'w1', execution_id: 'x1' } as const;
  committer.commit(user, (unit) => {
    unit.emit(event);
    clock.advance(5_000);
    unit.as({ actor: workflow, chain: [link] }, () => {
      unit.emit(event);
      unit.journal(entry);
    });
    expect(() =>
      unit.as({ actor: workflow, chain: [] }, () => {
        throw new Error('x');
      }),
    ).toThrow('x');
    expect(unit.actor).toEqual(user);
  });
  const rows = connection.reader.all('SELECT actor, chain, occurred_at FROM events ORDER BY seq');
  const at = '2026-03-02T09:00:00.000Z';
  expect(rows).toEqual([
    { actor: '{"kind":"user"}', chain: null, occurred_at: at },
    { actor: JSON.stringify(workflow), chain: JSON.stringify([link]), occurred_at: at },
  ]);
  expect(connection.reader.get('SELECT actor, at FROM journal')).toEqual({
    actor: JSON.stringify(workflow),
    at,
  });
});

test('a listener that throws harms neither the commit nor the other listeners', () => {
  const { committer, bus, logger, seen } = setUp();
  const heard: string[] = [];
  bus.on('committed', () => {
    throw new Error('deaf');
  });
  const cancel = bus.on('committed', () => heard.push('after'));
  committer.commit(user, (unit) => unit.emit(event));
  expect(seen().events).toBe(1);
  expect(heard).toEqual(['after']);
  expect(logger.errors).toEqual(['A listener of "committed" failed: deaf']);
  cancel();
  cancel();
  committer.commit(user, (unit) => unit.emit(event));
  expect(heard).toEqual(['after']);
});

test.each([
  ['in a transaction that wrote nothing before, which begins anew', 0],
  ['behind a first write, which stays', 1],
])('attempts share what undoes them until one fails after it wrote, %s', (_, before) => {
  const { committer, heard, seen } = setUp();
  const tries: string[] = [];
  const fail = (unit: UnitOfWork): void => {
    try {
      unit.attempt(() => {
        unit.emit(event);
        throw new Error('after a write');
      });
    } catch {
      tries.push('failed');
    }
  };
  committer.commit(user, (unit) => {
    for (let count = 0; count < before; count += 1) unit.emit(event);
    unit.attemptAll(() => {
      tries.push('work');
      unit.attempt(() => set(unit, 'kept'));
      fail(unit);
      unit.attempt(() => unit.emit(event));
    });
  });
  expect(tries).toEqual(['work', 'failed', 'work', 'failed']);
  expect(seen()).toMatchObject({ events: before + 1, settings: [{ value: 'kept' }] });
  // What the first try did is not told either.
  expect(heard[0]?.events).toBe(before + 2);
});

test('an attempt that fails before it wrote is not repeated', () => {
  const { committer, seen } = setUp();
  let tries = 0;
  committer.commit(user, (unit) => {
    unit.attemptAll(() => {
      tries += 1;
      set(unit, 'kept');
      const failing = (): void => {
        unit.attempt(() => {
          throw new Error('before a write');
        });
      };
      expect(failing).toThrow('before a write');
    });
  });
  expect(tries).toBe(1);
  expect(seen().settings).toEqual([{ value: 'kept' }]);
});

test('what throws out of all attempts is undone whole', () => {
  const { committer, seen } = setUp();
  committer.commit(user, (unit) => {
    set(unit, 'before');
    const failing = (): void => {
      unit.attemptAll(() => {
        unit.attempt(() => set(unit, 'within'));
        throw new Error('at the end');
      });
    };
    expect(failing).toThrow('at the end');
  });
  expect(seen().settings).toEqual([{ value: 'before' }]);
});
