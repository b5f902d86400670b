import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { Access, readOrMakeToken } from '../../hosts/http/access.ts';
import { createHttpServer } from '../../hosts/http/http-server.ts';
import { listen } from '../../hosts/http/listen.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import type { Core } from '../../src/main/create-core.ts';
import { messageOf } from '../../src/main/errors.ts';
import type { Logger, RestSwitch, SettingsStore } from '../../src/main/ports.ts';
import type { RestState } from '../../src/shared/contract/access.ts';

interface DesktopRestOptions {
  readonly settings: SettingsStore;
  readonly logger: Logger;
  readonly dataDir: string;
  /** Where the build put `renderer/`. */
  readonly outDir: string;
  readonly version: string;
  readonly core: () => Core;
}

export interface DesktopRest extends RestSwitch {
  /** Answers from now on, when the user once switched it on. Never throws: the state says what went wrong. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The server that `npm run serve` is, in the desktop app: off until the user switches it on. */
export function desktopRest(options: DesktopRestOptions): DesktopRest {
  const { settings, logger } = options;
  let server: Server | null = null;
  let error: string | null = null;
  // One change after the other: two at once would both listen.
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  function state(): RestState {
    const { rest_enabled: enabled, rest_port: port } = settings.read();
    const address = server?.address();
    const actual = typeof address === 'object' && address !== null ? address.port : null;
    return {
      enabled,
      can_switch: true,
      port,
      url: actual === null ? null : `http://127.0.0.1:${actual}`,
      error,
    };
  }

  async function open(): Promise<void> {
    const { rest_enabled: enabled, rest_port: port } = settings.read();
    if (!enabled || server) return;
    error = null;
    try {
      const made = serverFor(options);
      await listen(made, port);
      server = made;
    } catch (reason) {
      error = messageOf(reason);
      logger.error(`The API could not be switched on: ${error}`);
    }
  }

  async function close(): Promise<void> {
    const closing = server;
    server = null;
    error = null;
    if (!closing) return;
    const closed = once(closing, 'close');
    closing.close();
    closing.closeAllConnections();
    await closed;
  }

  return {
    state,
    change: ({ enabled, port }) =>
      inTurn(async () => {
        settings.write({
          ...(enabled === undefined ? {} : { rest_enabled: enabled }),
          ...(port === undefined ? {} : { rest_port: port }),
        });
        await close();
        await open();
        return state();
      }),
    start: () => inTurn(open),
    stop: () => inTurn(close),
  };
}

function serverFor({ core, dataDir, outDir, version, logger }: DesktopRestOptions): Server {
  const { sessions, tokens } = core();
  const token = readOrMakeToken(dataDir);
  return createHttpServer({
    core: core(),
    access: new Access({ token, sessions, tokens, clock: systemClock }),
    logger,
    rendererDir: join(outDir, 'renderer'),
    version,
  });
}
