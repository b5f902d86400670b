import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../hosts/system-clock.ts';
import { uuidIds } from '../../hosts/uuid-ids.ts';
import { type Core, createCore } from '../../src/main/create-core.ts';
import type { Logger, Notifier } from '../../src/main/ports.ts';

export interface TemporaryCore {
  readonly core: Core;
  readonly logger: Logger;
  /** What was logged as an error. */
  readonly errors: string[];
  /** Stops the core and removes its folder. */
  end(): Promise<void>;
}

/** A real core with real time on a file of its own, running. */
export function temporaryCore(
  notifier: Notifier = { show: () => Promise.resolve() },
): TemporaryCore {
  const dataDir = mkdtempSync(join(tmpdir(), 'trellis-core-'));
  const errors: string[] = [];
  const logger: Logger = { info: () => undefined, error: (message) => errors.push(message) };
  const core = createCore({
    clock: systemClock,
    ids: uuidIds,
    logger,
    notifier,
    settings: { read: () => ({ theme: 'system', language: 'en' }), write: () => undefined },
    host: { kind: 'server', version: '0.0.0', label: 'a test' },
    dataDir,
  });
  core.start();
  return {
    core,
    logger,
    errors,
    async end() {
      await core.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
