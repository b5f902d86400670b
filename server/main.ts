import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { nodeNotifier } from '../hosts/node-notifier.ts';
import { nodeHttpClient } from '../hosts/node-http-client.ts';
import { keyFileCipher, secretFile } from '../hosts/secret-file.ts';
import { smtpMailer } from '../hosts/smtp-mailer.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { uuidIds } from '../hosts/uuid-ids.ts';
import { createCore } from '../src/main/create-core.ts';
import { Access, readOrMakeToken } from '../hosts/http/access.ts';
import { confSettings } from './adapters/conf-settings.ts';
import { consoleLogger } from './adapters/console-logger.ts';
import { createHttpServer } from '../hosts/http/http-server.ts';
import { alwaysOn } from './always-on.ts';
import { listen } from '../hosts/http/listen.ts';
import { readOptions } from './options.ts';
import { announceServer } from './runtime-file.ts';
import { prepareDataDir } from '../src/main/db/open-database.ts';

/** Beside the built server lies the built renderer. */
const rendererDir = join(dirname(fileURLToPath(import.meta.url)), '..', 'renderer');

async function serve(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { dataDir } = options;
  prepareDataDir(dataDir);
  const core = createCore({
    clock: systemClock,
    ids: uuidIds,
    logger: consoleLogger,
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
      version: packageJson.version,
      label: `Trellis server, process ${process.pid}`,
    },
    rest: alwaysOn(() => server),
    dataDir,
  });
  const access = new Access({
    token: options.token ?? readOrMakeToken(dataDir),
    sessions: core.sessions,
    tokens: core.tokens,
    clock: systemClock,
  });
  const { version } = packageJson;
  const server = createHttpServer({ core, access, logger: consoleLogger, rendererDir, version });
  await listen(server, options.port);
  core.start();

  // Listening on a TCP port, so the address is an object.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const withdraw = announceServer(dataDir, url);
  process.stdout.write(
    `READY ${url}\nOpen ${url}/#code=${access.makeCode()} in a browser (the code is good for 60 seconds).\n`,
  );

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
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
}

try {
  await serve();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  // Not left to the event loop: what did start, such as the listening socket, would keep it alive.
  process.stderr.write(`Trellis cannot start: ${reason}\n`, () => process.exit(1));
}
