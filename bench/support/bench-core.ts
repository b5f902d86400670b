import { FakeHttpClient, FakeMailer, fakeSecrets } from '../../tests/support/fake-delivery.ts';
import { resolve } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { checkpointThread } from '../../hosts/checkpoint-thread.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { type Core, createCore } from '../../src/main/create-core.ts';
import type { CheckpointThread } from '../../src/main/db/checkpoints.ts';
import type { Connection } from '../../src/main/db/handle.ts';
import { openDatabase } from '../../src/main/db/open-database.ts';
import type { Clock } from '../../src/main/ports.ts';

/** The bench calls the core, or its own server; nobody switches REST. */
const unserved = { enabled: false, can_switch: false, port: 8000, url: null, error: null };

/** How sure a commit is: `FULL` survives a power cut and is what the application uses. */
export type Synchronous = 'NORMAL' | 'FULL';

/** The thread that copies the write-ahead log, as both hosts start it. */
export function startCheckpoints(file: string): CheckpointThread {
  return checkpointThread(resolve(import.meta.dirname, '../../hosts/checkpoint-worker.ts'), file);
}

function clientOf(core: Core) {
  return createRouterClient(core.router, { context: { actor: { kind: 'api' } } });
}

export interface BenchCore {
  readonly core: Core;
  /** The API in process. */
  readonly client: ReturnType<typeof clientOf>;
  readonly connection: Connection;
}

/** The file of a folder, opened as the application does, but for how sure its commits are. */
export function openFor(dataDir: string, synchronous: Synchronous): Connection {
  const connection = openDatabase(dataDir);
  connection.sqlite.pragma(`synchronous = ${synchronous}`);
  return connection;
}

/**
 * The core as the server runs it; it says nothing unless something went wrong.
 *
 * @param backupDir null: no backups are made
 */
export function startBenchCore(
  dataDir: string,
  synchronous: Synchronous,
  clock: Clock = systemClock,
  backupDir: string | null = null,
): BenchCore {
  const bench = makeBenchCore(dataDir, synchronous, clock, backupDir);
  bench.core.start();
  return bench;
}

/** As {@link startBenchCore}, and executes nothing. */
export function makeBenchCore(
  dataDir: string,
  synchronous: Synchronous,
  clock: Clock = systemClock,
  backupDir: string | null = null,
): BenchCore {
  const connection = openFor(dataDir, synchronous);
  const core = createCore(
    {
      clock,
      ids: uuidIds,
      logger: { info: () => undefined, error: (line) => console.error(line) },
      notifier: { show: () => Promise.resolve() },
      settings: {
        read: () => ({
          theme: 'system',
          language: 'en',
          backup_dir: null,
          keep_in_tray: null,
          seen_version: null,
          rest_enabled: false,
          rest_port: 8000,
        }),
        write: () => undefined,
      },
      mailer: new FakeMailer(),
      http: new FakeHttpClient(),
      secrets: fakeSecrets(),
      rest: { state: () => unserved, change: () => Promise.resolve(unserved) },
      host: { kind: 'server', version: '0.0.0-bench', system: 'a bench', label: 'Bench' },
      startCheckpoints,
      dataDir,
      backupDir,
    },
    connection,
  );
  return { core, client: clientOf(core), connection };
}
