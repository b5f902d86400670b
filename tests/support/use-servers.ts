import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import {
  type BegunServer,
  beginServer,
  type RunningServer,
  type ServerOptions,
  startServer,
} from './start-server.ts';

export interface Servers {
  /** A folder that is gone after the last test of the file. */
  folder(): string;
  /** On a folder of its own unless one is given. */
  start(options?: Partial<ServerOptions>): Promise<RunningServer>;
  begin(options?: Partial<ServerOptions>): BegunServer;
}

/** Servers for one test file: whatever still runs after its last test is killed, and the folders removed. */
export function useServers(): Servers {
  const folders: string[] = [];
  const kills: (() => Promise<unknown>)[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'trellis-data-'));
    folders.push(made);
    return made;
  };
  afterAll(async () => {
    await Promise.all(kills.map((kill) => kill()));
    for (const made of folders) rmSync(made, { recursive: true, force: true, maxRetries: 3 });
  });
  return {
    folder,
    async start(options) {
      const server = await startServer({ dataDir: folder(), ...options });
      kills.push(() => server.kill());
      return server;
    },
    begin(options) {
      const begun = beginServer({ dataDir: folder(), ...options });
      kills.push(() => begun.kill());
      return begun;
    },
  };
}
