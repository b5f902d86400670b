import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../hosts/system-clock.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { insertFirstRows } from '../../src/main/db/first-rows.ts';
import { databaseFileName, openDatabase } from '../../src/main/db/open-database.ts';
import { Committer } from '../../src/main/db/unit-of-work.ts';
import { EventBus } from '../../src/main/events/event-bus.ts';
import { WorkflowCatalog } from '../../src/main/workflow/executor/workflow-catalog.ts';
import { dueWaits, nextDueAt } from '../../src/main/workflow/store/wait-store.ts';
import { median } from '../support/measure.ts';
import { type Measurement, milliseconds } from '../support/report.ts';

const rounds = 15;
const target = 4;
const batch = 100;

const logger = { info: () => undefined, error: (line: string) => console.error(line) };

/** What the core asks the file before its first run: open, first rows, workflows, due waits, next alarm. */
function startCore(dataDir: string): number {
  const start = performance.now();
  const connection = openDatabase(dataDir);
  const bus = new EventBus(logger);
  const committer = new Committer(connection, systemClock, uuidIds, bus);
  committer.commit({ kind: 'user' }, insertFirstRows);
  const catalog = new WorkflowCatalog(connection, logger, () => undefined);
  committer.commit({ kind: 'sql' }, (unit) => {
    catalog.refresh(unit);
    dueWaits(unit.db, unit.nowText, batch);
    nextDueAt(unit.db);
  });
  const ms = performance.now() - start;
  connection.sqlite.close();
  return ms;
}

/** The same questions, put to SQLite itself. */
function startRaw(dataDir: string): number {
  const start = performance.now();
  const sqlite = new Database(join(dataDir, databaseFileName));
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('cache_size = -65536');
  sqlite.prepare("SELECT * FROM workflows WHERE status = 'active' AND is_deleted = 0").all();
  sqlite
    .prepare('SELECT execution_id FROM waits WHERE due_at <= ? ORDER BY due_at LIMIT 100')
    .all(new Date().toISOString());
  sqlite.prepare('SELECT due_at FROM waits WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1').get();
  const ms = performance.now() - start;
  sqlite.close();
  return ms;
}

/** Lets the system forget the file; only Linux can be asked to. */
function forget(dataDir: string): boolean {
  const file = `if=${join(dataDir, databaseFileName)}`;
  return spawnSync('dd', [file, 'iflag=nocache', 'count=0'], { stdio: 'ignore' }).status === 0;
}

/** The database part of start-up, from the system's cache and from the disk. */
export function startUp(dataDir: string): Measurement[] {
  const compare = (name: string, prepare: () => void): Measurement => {
    const pairs = Array.from({ length: rounds }, () => {
      prepare();
      const floor = startRaw(dataDir);
      prepare();
      return { floor, engine: startCore(dataDir) };
    });
    const value = median(pairs.map(({ engine, floor }) => engine / floor));
    return {
      name,
      engine: milliseconds(median(pairs.map(({ engine }) => engine))),
      floor: milliseconds(median(pairs.map(({ floor }) => floor))),
      value,
      shown: `${value.toFixed(2)} ×`,
      target: `≤ ${target} ×`,
      ok: value <= target,
    };
  };
  const measurements = [compare('start-up, warm', () => undefined)];
  if (forget(dataDir)) measurements.push(compare('start-up, cold', () => void forget(dataDir)));
  return measurements;
}
