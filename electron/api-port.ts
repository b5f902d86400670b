import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { RPCHandler } from '@orpc/server/message-port';
import type { IpcMain, IpcMainEvent, MessagePortMain, WebContents } from 'electron';
import type { Core } from '../src/main/create-core.ts';
import type { Logger } from '../src/main/ports.ts';
import { isAppUrl } from './app-protocol.ts';

interface ApiPortOptions {
  readonly core: Pick<Core, 'router'>;
  readonly ipcMain: Pick<IpcMain, 'on'>;
  /** Whether these contents are of a window of ours. */
  readonly isOurs: (contents: WebContents) => boolean;
  readonly logger: Logger;
}

interface ApiPort {
  /** Waits until every call that was sent has been answered, then closes the ports. */
  settle(): Promise<void>;
}

/** With no message for so long, nothing more is on its way from the page. */
const quietFor = 25;

/** A page that never falls silent does not keep the app from quitting. */
const longestSettling = 5_000;

/** Mounts the API on the port that our page, and nobody else, sends. */
export function serveApi({ core, ipcMain, isOurs, logger }: ApiPortOptions): ApiPort {
  // One window has one page and one port: a new request means that the port before was lost.
  const ports = new Map<WebContents, MessagePortMain>();
  let settled = false;
  const calls = { received: 0, unanswered: 0 };

  /** For each port anew: after a repair there is another router. */
  const makeHandler = () =>
    new RPCHandler(core.router, {
      rootInterceptors: [
        async (call) => {
          calls.unanswered += 1;
          try {
            return await call.next();
          } finally {
            calls.unanswered -= 1;
          }
        },
      ],
    });

  ipcMain.on('trellis:port', (event) => {
    const [port] = event.ports;
    if (port === undefined) return;
    if (settled) {
      // The page missed its port and asks again, but the core behind it is closing.
      port.close();
      return;
    }
    if (!isOurPage(event, isOurs)) {
      logger.error(`A port from ${event.senderFrame?.url ?? 'a frame that is gone'} was refused`);
      port.close();
      return;
    }
    const { sender } = event;
    ports.get(sender)?.close();
    ports.set(sender, port);
    port.on('close', () => {
      if (ports.get(sender) === port) ports.delete(sender);
    });
    port.on('message', () => {
      calls.received += 1;
    });
    makeHandler().upgrade(port, { context: { actor: { kind: 'user' } } });
    port.start();
  });

  return {
    async settle() {
      const end = performance.now() + longestSettling;
      let before: number;
      do {
        before = calls.received;
        await delay(quietFor);
        // A busy loop runs its timers first: what came in meanwhile is counted only in the turns after them.
        await turn();
        await turn();
        if (performance.now() > end) break;
      } while (calls.received !== before || calls.unanswered > 0);
      settled = true;
      for (const port of ports.values()) port.close();
    },
  };
}

/** The sender is the top frame of our window, showing our page: a frame inside it gets no API. */
function isOurPage(event: IpcMainEvent, isOurs: (contents: WebContents) => boolean): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isAppUrl(frame.url) && isOurs(event.sender);
}
