import { EventEmitter, once } from 'node:events';
import { tmpdir } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { createRouterClient } from '@orpc/server';
import { serveApi } from '../../electron/api-port.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import { Access } from '../../hosts/http/access.ts';
import { createHttpServer } from '../../hosts/http/http-server.ts';
import { listen } from '../../hosts/http/listen.ts';
import type { ApiClient } from '../../src/shared/contract/index.ts';
import { portMain } from '../desktop/stand-in/message-port-main.ts';
import type { RealTimeCore } from '../support/real-time-core.ts';

export interface Connection {
  readonly client: ApiClient;
  /** Takes the other side away, as a program that ended would. */
  close(): Promise<void>;
}

/** Each way to the one router, as the app mounts it. */
export const transports: Record<string, (core: RealTimeCore) => Promise<Connection>> = {
  'in process': ({ core }) =>
    Promise.resolve({
      client: createRouterClient(core.router, { context: { actor: { kind: 'user' } } }),
      close: () => Promise.resolve(),
    }),
  'message port': connectPort,
  http: connectHttp,
};

/** Through the desktop's own mount; only Electron's port and event are dressed-up ones. */
function connectPort({ core, logger }: RealTimeCore): Promise<Connection> {
  const ipcMain = new EventEmitter();
  const api = serveApi({
    core,
    // An emitter is all that is used of it.
    ipcMain: ipcMain as unknown as Parameters<typeof serveApi>[0]['ipcMain'],
    isOurs: () => true,
    logger,
  });
  const { port1, port2 } = new MessageChannel();
  const senderFrame = { url: 'app://trellis/', parent: null };
  ipcMain.emit('trellis:port', { ports: [portMain(port1)], sender: {}, senderFrame });
  return Promise.resolve({
    client: createORPCClient<ApiClient>(new PortLink({ port: port2 })),
    close: () => api.settle(),
  });
}

/** Through the real server, on any free port of loopback. */
async function connectHttp({ core, logger }: RealTimeCore): Promise<Connection> {
  const token = 'a-token-for-this-test';
  const access = new Access({
    token,
    sessions: core.sessions,
    tokens: core.tokens,
    clock: systemClock,
  });
  const server = createHttpServer({
    core,
    access,
    logger,
    rendererDir: tmpdir(),
    version: '0.0.0-test',
  });
  await listen(server, 0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not on a port');
  return {
    client: createORPCClient<ApiClient>(
      new HttpLink({
        url: `http://127.0.0.1:${address.port}/rpc`,
        headers: { authorization: `Bearer ${token}` },
      }),
    ),
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
