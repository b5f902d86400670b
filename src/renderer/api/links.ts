import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { ORPCError } from '@orpc/client';
import { RPCLink as HttpRpcLink } from '@orpc/client/fetch';
import { RPCLink as PortRpcLink } from '@orpc/client/message-port';
import { ConnectionLostError } from './errors.ts';
import { currentToken, sessionRefused } from './session.ts';

const callTimeout = 15_000;
/** What works on the whole file takes as long as the file is large. */
const wholeFileTimeout = 30 * 60_000;
const portTimeout = 5_000;

/** Rejects when no answer begins in time: a call on a closed port would otherwise hang for ever. */
async function answered<T>(
  path: readonly string[],
  call: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
) {
  const controller = new AbortController();
  const abort = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', abort);
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(
      () => {
        reject(new ConnectionLostError('no answer in time'));
        controller.abort();
      },
      path[0] === 'backups' || path[0] === 'recovery' ? wholeFileTimeout : callTimeout,
    );
  });
  try {
    // The signal outlives the answer on purpose: a live stream is ended through it.
    return await Promise.race([call(controller.signal), late]);
  } finally {
    window.clearTimeout(timer);
  }
}

export function createHttpLink(): ClientLink<ClientContext> {
  const link = new HttpRpcLink({
    url: `${location.origin}/rpc`,
    headers: () => {
      const token = currentToken();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
  });
  return {
    async call(path, input, options) {
      try {
        return await answered(
          path,
          (signal) => link.call(path, input, { ...options, signal }),
          options.signal,
        );
      } catch (error) {
        if (error instanceof ORPCError) {
          if (error.status === 401) sessionRefused();
          throw error;
        }
        if (options.signal?.aborted) throw error;
        // What `fetch` throws when nobody listens says nothing a person could use.
        throw new ConnectionLostError('the server cannot be reached', { cause: error });
      }
    },
  };
}

/** Asks the preload for a port to the main process. */
function requestPort(): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const done = () => {
      window.clearTimeout(timer);
      window.removeEventListener('message', receive);
    };
    const receive = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== 'trellis:port' || !port) return;
      done();
      port.start();
      resolve(port);
    };
    const timer = window.setTimeout(() => {
      done();
      reject(new ConnectionLostError('the main process gave no port'));
    }, portTimeout);
    window.addEventListener('message', receive);
    window.postMessage('trellis:request-port', location.origin);
  });
}

interface OpenPort {
  readonly port: MessagePort;
  readonly link: PortRpcLink<ClientContext>;
}

/** Makes a fresh port when there is none, or when the last one went silent. */
export function createPortLink(): ClientLink<ClientContext> {
  let open: Promise<OpenPort> | null = null;

  async function connect(): Promise<OpenPort> {
    const port = await requestPort();
    return { port, link: new PortRpcLink({ port }) };
  }

  return {
    async call(path, input, options: ClientOptions<ClientContext>) {
      open ??= connect();
      const used = open;
      try {
        const { link } = await used;
        return await answered(
          path,
          (signal) => link.call(path, input, { ...options, signal }),
          options.signal,
        );
      } catch (error) {
        if (error instanceof ConnectionLostError && open === used) {
          open = null;
          void used.then(({ port }) => port.close()).catch(() => undefined);
        }
        throw error;
      }
    },
  };
}
