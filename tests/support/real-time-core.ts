import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../hosts/system-clock.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { type Core, createCore } from '../../src/main/create-core.ts';
import type { Notifier } from '../../src/main/ports.ts';
import { FakeHttpClient, FakeMailer, fakeSecrets } from './fake-delivery.ts';
import { defaultSettings, FakeLogger, FakeNotifier, noRest } from './test-core.ts';

export interface RealTimeCore {
  readonly core: Core;
  readonly logger: FakeLogger;
  /** Stops the core and removes its folder. */
  end(): Promise<void>;
}

/**
 * A core on a file of its own with the clock and the ids the hosts give it: for what lies outside
 * of it, a transport or a notification daemon, whose time nobody can move.
 */
export function realTimeCore(notifier: Notifier = new FakeNotifier()): RealTimeCore {
  const dataDir = mkdtempSync(join(tmpdir(), 'trellis-core-'));
  const logger = new FakeLogger();
  const core = createCore({
    clock: systemClock,
    ids: uuidIds,
    logger,
    notifier,
    settings: { read: () => defaultSettings, write: () => undefined },
    rest: noRest,
    mailer: new FakeMailer(),
    http: new FakeHttpClient(),
    secrets: fakeSecrets(),
    host: { kind: 'server', version: '0.0.0-test', system: 'a test', label: 'Test core' },
    dataDir,
    backupDir: null,
  });
  core.start();
  return {
    core,
    logger,
    async end() {
      await core.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
