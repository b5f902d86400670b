import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { checkpointThread } from '../hosts/checkpoint-thread.ts';
import { consoleLogger } from '../hosts/console-logger.ts';
import { describeSystem } from '../hosts/describe-system.ts';
import { logFile } from '../hosts/log-file.ts';
import { nodeNotifier } from '../hosts/node-notifier.ts';
import { nodeHttpClient } from '../hosts/node-http-client.ts';
import { keyFileCipher, secretFile } from '../hosts/secret-file.ts';
import { smtpMailer } from '../hosts/smtp-mailer.ts';
import { readerThread, workerThread } from '../hosts/reader-thread.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { uuidIds } from '../hosts/uuid-ids.ts';
import { Access, readOrMakeToken } from '../hosts/http/access.ts';
import { createHttpServer } from '../hosts/http/http-server.ts';
import { listen } from '../hosts/http/listen.ts';
import { createRecovery, type RecoveryCore } from '../src/main/api/recovery-api.ts';
import { type Core, createCore } from '../src/main/create-core.ts';
import { DamagedFileError } from '../src/main/db/damage.ts';
import type { Ports } from '../src/main/ports.ts';
import { confSettings } from './adapters/conf-settings.ts';
import { alwaysOn } from './always-on.ts';
import { readOptions, type ServerOptions } from './options.ts';
import { announceServer } from './runtime-file.ts';
import { prepareDataDir } from '../src/main/db/open-database.ts';

const builtDir = dirname(fileURLToPath(import.meta.url));
/** Beside the built server lies the built renderer. */
const rendererDir = join(builtDir, '..', 'renderer');

const { version } = packageJson;

const endSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** How long the answer to the repair may take to reach its window, in milliseconds. */
const answerTime = 500;

async function serve(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { dataDir } = options;
  prepareDataDir(dataDir);
  const logger = logFile(join(dataDir, 'logs', 'server.log'), consoleLogger);
  const ports: Ports = {
    clock: systemClock,
    ids: uuidIds,
    logger,
    notifier: nodeNotifier(),
    settings: confSettings(dataDir),
    mailer: smtpMailer(),
    http: nodeHttpClient(),
    secrets: secretFile(
      join(dataDir, 'secrets-server.json'),
      keyFileCipher(join(dataDir, 'secrets.key')),
    ),
    host: {
      kind: 'server',
      version,
      system: describeSystem(),
      label: `Trellis server, process ${process.pid}`,
    },
    startReader: () => readerThread(join(builtDir, 'reader-worker.js')),
    startRehearsal: () => workerThread(join(builtDir, 'rehearsal-worker.js'), 'trellis-rehearsal'),
    rest: alwaysOn(() => server),
    startCheckpoints: (file) => checkpointThread(join(builtDir, 'checkpoint-worker.js'), file),
    dataDir,
    backupDir: options.backupDir,
  };
  const { core, port: usedPort } = await openOrRepair(ports, options);
  const { sessions, tokens } = core;
  const token = tokenOf(options);
  const access = new Access({ token, sessions, tokens, clock: systemClock });
  const server = createHttpServer({ core, access, logger, rendererDir, version });
  await listen(server, usedPort);
  core.start();

  // Listening on a TCP port, so the address is an object.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const withdraw = announceServer(dataDir, url);
  announce(url, access);

  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    server.close();
    server.closeAllConnections();
    withdraw();
    void core.stop().then(() => process.exit(0));
  };
  // `on`, not `once`: a second signal must not cut the end short.
  for (const signal of endSignals) process.on(signal, end);
}

/** The owner's token. Asked for only once a file is open: a folder that is refused is left as it was. */
function tokenOf({ token, dataDir }: ServerOptions): string {
  return token ?? readOrMakeToken(dataDir);
}

/** @returns the core, and the port to serve it on: the one that windows already talk to after a repair */
async function openOrRepair(
  ports: Ports,
  options: ServerOptions,
): Promise<{ core: Core; port: number }> {
  try {
    return { core: createCore(ports), port: options.port };
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    ports.logger.error(`${error.message} The screens offer to repair it.`);
    const recovery = createRecovery(ports, error);
    const port = await serveRecovery(recovery, ports, options);
    const core = createCore(ports);
    for (const session of recovery.sessions.all()) core.sessions.keep(session);
    return { core, port };
  }
}

/** Serves nothing but the repair, until it is done. @returns the port it was served on */
async function serveRecovery(
  recovery: RecoveryCore,
  { dataDir, logger }: Ports,
  options: ServerOptions,
): Promise<number> {
  const { sessions, tokens } = recovery;
  const token = tokenOf(options);
  const access = new Access({ token, sessions, tokens, clock: systemClock });
  const server = createHttpServer({ core: recovery, access, logger, rendererDir, version });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const withdraw = announceServer(dataDir, url);
  const end = (): void => {
    withdraw();
    process.exit(0);
  };
  for (const signal of endSignals) process.on(signal, end);
  announce(url, access);
  await recovery.repaired;
  for (const signal of endSignals) process.off(signal, end);
  withdraw();
  // The answer that tells of the repair is on its way still; a window's live stream would never end.
  server.closeIdleConnections();
  await Promise.race([once(server.close(), 'close'), delay(answerTime)]);
  server.closeAllConnections();
  return port;
}

function announce(url: string, access: Access): void {
  process.stdout.write(
    `READY ${url}\nOpen ${url}/#code=${access.makeCode()} in a browser (the code is good for 60 seconds).\n`,
  );
}

try {
  await serve();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  // Not left to the event loop: what did start, such as the listening socket, would keep it alive.
  process.stderr.write(`Trellis cannot start: ${reason}\n`, () => process.exit(1));
}
