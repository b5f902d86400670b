import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ApiClient } from '../../../src/shared/contract/index.ts';
import { ipcMain } from '../stand-in/electron.ts';
import { portMain } from '../stand-in/message-port-main.ts';
import { frame, type StandInContents } from '../stand-in/window.ts';

const origin = 'app://trellis';

interface PageMessage {
  source: unknown;
  data: unknown;
  ports: MessagePort[];
}

/** Our page: the built preload in a context of its own, without Node, and its end of the channel. */
export class Page {
  private readonly listeners: ((event: PageMessage) => void)[] = [];
  private readonly window = {
    addEventListener: (type: string, listener: (event: PageMessage) => void) => {
      if (type === 'message') this.listeners.push(listener);
    },
    postMessage: (data: unknown, targetOrigin: string, ports: MessagePort[] = []) => {
      if (targetOrigin !== origin) throw new Error(`a message was sent to ${targetOrigin}`);
      queueMicrotask(() => {
        for (const listener of this.listeners) listener({ source: this.window, data, ports });
      });
    },
  };

  /** @param preload path of the built preload */
  constructor(preload: string, contents: StandInContents) {
    const ipcRenderer = {
      postMessage(channel: string, _message: unknown, ports: MessagePort[]) {
        sendPorts(channel, ports, { contents });
      },
    };
    runInNewContext(readFileSync(preload, 'utf8'), {
      window: this.window,
      location: { origin },
      MessageChannel,
      // What a sandboxed preload may require; Electron refuses the rest in the same way.
      require(name: string) {
        if (name === 'electron') return { ipcRenderer };
        throw new Error(`module not found: ${name}`);
      },
    });
  }

  /** As the page does it: ask, and wait for the message that brings the port. */
  requestPort(): Promise<MessagePort> {
    return new Promise((resolve) => {
      this.listeners.push(({ data, ports: [port] }) => {
        if (data === 'trellis:port' && port !== undefined) resolve(port);
      });
      this.window.postMessage('trellis:request-port', origin);
    });
  }
}

/** What `ipcRenderer.postMessage` does on the other side; the sender is what Electron says it is. */
function sendPorts(
  channel: string,
  ports: MessagePort[],
  {
    contents,
    senderFrame = frame(`${origin}/`),
  }: { contents: object; senderFrame?: ReturnType<typeof frame> | null },
): void {
  ipcMain.emit(channel, { ports: ports.map(portMain), sender: contents, senderFrame });
}

export const apiOver = (port: MessagePort): ApiClient => createORPCClient(new RPCLink({ port }));

/** Settles when the other end is closed. */
export const closed = (port: MessagePort) =>
  new Promise<void>((resolve) => {
    port.once('close', resolve);
  });

/** A port from somebody else, and whether it was closed rather than served. */
export async function isRefused(sender: Parameters<typeof sendPorts>[2]): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const refused = closed(port2).then(() => true);
  sendPorts('trellis:port', [port1], sender);
  const served = apiOver(port2)
    .system.health(undefined)
    .then(
      () => false,
      () => true,
    );
  return Promise.race([refused, served]);
}
