import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApiClient } from './api-client.ts';

const builtServer = resolve(import.meta.dirname, '../../out/main/server.js');

/** How long a start, or a refusal to start, may take on a busy machine, in milliseconds. */
const startMs = 15_000;

export const testToken = 'token-of-the-tests';

export interface ServerOptions {
  readonly dataDir: string;
  /** Null leaves `--token` out. */
  readonly token?: string | null;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the built one. */
  readonly serverFile?: string;
  /** Number of the user it runs as; only root may ask for another. */
  readonly user?: number;
  /** Arguments of Node itself. */
  readonly nodeArguments?: readonly string[];
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A spawned server and what it printed so far. */
class ServerProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ending>;

  constructor(
    serverArguments: readonly string[],
    {
      env,
      nodeArguments,
      user,
      serverFile = builtServer,
    }: Pick<ServerOptions, 'env' | 'nodeArguments' | 'user' | 'serverFile'>,
  ) {
    if (!existsSync(serverFile)) {
      throw new Error('There is no built server. Run: npm run build');
    }
    this.child = spawn(
      process.execPath,
      [...(nodeArguments ?? []), serverFile, ...serverArguments],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...quietEnvironment(), ...env },
        ...(user === undefined ? {} : { uid: user }),
      },
    );
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    const killWithUs = (): void => void this.child.kill('SIGKILL');
    process.once('exit', killWithUs);
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      process.off('exit', killWithUs);
      // The two arguments of "close", as Node declares them.
      const how = { code: code as number | null, signal: signal as NodeJS.Signals | null };
      return { ...how, stdout: this.stdout, stderr: this.stderr };
    });
  }
}

/** Ours without what would steer the server, and without the tools that show notifications on the tester's screen. */
function quietEnvironment(): NodeJS.ProcessEnv {
  const kept = { ...process.env };
  for (const name of ['TRELLIS_DATA_DIR', 'TRELLIS_TOKEN', 'NODE_OPTIONS']) delete kept[name];
  // A server that is to make backups names their folder.
  return { ...kept, PATH: '', TRELLIS_BACKUP_DIR: 'none' };
}

export class RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  readonly api: ApiClient;
  private readonly server: ServerProcess;

  constructor(server: ServerProcess, url: string, dataDir: string, token: string) {
    this.server = server;
    this.url = url;
    this.dataDir = dataDir;
    this.pid = server.child.pid ?? 0;
    this.api = new ApiClient(url, token);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** What it wrote to standard error. */
  get log(): string {
    return this.server.stderr;
  }

  /** What it wrote to standard output. */
  get output(): string {
    return this.server.stdout;
  }

  /** Lines of the log that contain a text. */
  logLines(text: string): string[] {
    return this.log.split('\n').filter((line) => line.includes(text));
  }

  signal(name: NodeJS.Signals): void {
    this.server.child.kill(name);
  }

  /** The orderly end. */
  async stop(): Promise<Ending> {
    this.signal('SIGTERM');
    return await this.server.ended;
  }

  /** The end nobody is told of. */
  async kill(): Promise<Ending> {
    this.signal('SIGKILL');
    return await this.server.ended;
  }
}

function argumentsOf({ dataDir, token, port = 0 }: ServerOptions): string[] {
  const given = token === null ? [] : ['--token', token ?? testToken];
  return ['--data-dir', dataDir, '--port', String(port), ...given];
}

/** A start that can be killed before it is ready. */
export interface BegunServer {
  /** Null when the process ended before it was ready. */
  readonly ready: Promise<RunningServer | null>;
  readonly ended: Promise<Ending>;
  kill(): Promise<Ending>;
}

export function beginServer(options: ServerOptions): BegunServer {
  const { dataDir } = options;
  const server = new ServerProcess(argumentsOf(options), options);
  const ready = new Promise<RunningServer | null>((resolveReady) => {
    const look = (): void => {
      const url = /^READY (\S+)\n/m.exec(server.stdout)?.[1];
      if (url === undefined) return;
      server.child.stdout?.off('data', look);
      resolveReady(new RunningServer(server, url, dataDir, options.token ?? testToken));
    };
    server.child.stdout?.on('data', look);
    void server.ended.then(() => resolveReady(null));
  });
  return {
    ready,
    ended: server.ended,
    kill: async () => {
      server.child.kill('SIGKILL');
      return await server.ended;
    },
  };
}

/**
 * Starts the built server, on any free port.
 *
 * @throws Error when it ends, or is not ready in time; the message holds what it printed
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const begun = beginServer(options);
  const timer = setTimeout(() => void begun.kill(), startMs);
  const server = await begun.ready;
  clearTimeout(timer);
  if (server) return server;
  const { stdout, stderr } = await begun.ended;
  throw new Error(`The server did not start.\n${stdout}${stderr}`);
}

/** Runs a server that is expected to refuse; one that starts all the same is killed. */
export async function runServerToItsEnd(serverArguments: readonly string[]): Promise<Ending> {
  const server = new ServerProcess(serverArguments, {});
  const timer = setTimeout(() => server.child.kill('SIGKILL'), startMs);
  server.child.stdout?.on('data', () => {
    if (server.stdout.includes('READY')) server.child.kill('SIGKILL');
  });
  const ending = await server.ended;
  clearTimeout(timer);
  return ending;
}
