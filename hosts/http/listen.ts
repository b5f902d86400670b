import type { Server } from 'node:http';

/** How many ports after the default are tried before giving up. */
const portsTried = 100;

function listenOnce(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      // Or each port tried in vain would leave its listener behind.
      server.off('listening', succeed);
      reject(error);
    };
    const succeed = (): void => {
      server.off('error', fail);
      resolve();
    };
    server.once('error', fail);
    server.once('listening', succeed);
    server.listen({ port, host: '127.0.0.1' });
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/**
 * Listens on loopback alone. A port that is taken gives way to the next free one.
 *
 * @throws Error when the port is not allowed, or a hundred in a row are taken
 */
export async function listen(server: Server, port: number): Promise<void> {
  for (let tried = 0; tried < portsTried && port + tried <= 65_535; tried += 1) {
    try {
      await listenOnce(server, port === 0 ? 0 : port + tried);
      return;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new Error(`The ports from ${port} on are taken. Choose another with --port, or 0 for any.`);
}
