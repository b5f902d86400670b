import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The built server; another build of it can be named, such as one taken from a package. */
const builtServer =
  process.env['TRELLIS_SERVER'] ?? resolve(import.meta.dirname, '../../../out/main/server.js');

const token = 'end-to-end-token';
const startTimeout = 20_000;

export interface RestAnswer {
  readonly status: number;
  /** The parsed JSON; null for an answer without a body. */
  readonly body: unknown;
}

/** A server of its own on a folder of its own. */
export class TestServer {
  readonly token = token;
  readonly dataDir: string;
  /** Bare origin, such as `http://127.0.0.1:41234`. */
  url = '';
  private process: ChildProcess | null = null;
  private port = 0;
  private output = '';

  private readonly nodeArguments: readonly string[];
  private readonly environment: Readonly<Record<string, string>>;

  constructor(
    options: {
      /** Put before the server's file, such as `--import`. */
      readonly nodeArguments?: readonly string[];
      readonly environment?: Readonly<Record<string, string>>;
    } = {},
  ) {
    this.nodeArguments = options.nodeArguments ?? [];
    this.environment = options.environment ?? {};
    this.dataDir = mkdtempSync(join(tmpdir(), 'trellis-e2e-'));
  }

  get databaseFile(): string {
    return join(this.dataDir, 'trellis.db');
  }

  /** Starts it; after {@link kill} on the same port, so that open pages find it again. */
  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        ...this.nodeArguments,
        builtServer,
        '--data-dir',
        this.dataDir,
        '--port',
        String(this.port),
        '--token',
        token,
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        // Backups only where a test names their folder.
        env: { ...process.env, TRELLIS_BACKUP_DIR: 'none', ...this.environment },
      },
    );
    this.process = child;
    const { stdout, stderr } = child;
    stderr.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The server ended before it was ready:\n${this.output}`);
    });
    // Only of interest while waiting to be ready.
    ended.catch(() => undefined);
    const timeout = AbortSignal.timeout(startTimeout);
    const late = once(timeout, 'abort').then(() => {
      throw new Error(`The server was not ready in time:\n${this.output}`);
    });
    late.catch(() => undefined);
    this.url = await Promise.race([this.readUrl(stdout), ended, late]);
    this.port = Number(new URL(this.url).port);
  }

  private async readUrl(stdout: NodeJS.ReadableStream): Promise<string> {
    const lines = createInterface({ input: stdout });
    for await (const line of lines) {
      this.output += `${line}\n`;
      const url = /^READY (\S+)$/.exec(line)?.[1];
      if (url) {
        // A pipe that nobody reads would block the server one day.
        stdout.resume();
        return url;
      }
    }
    throw new Error(`The server said nothing:\n${this.output}`);
  }

  /** An address that signs a window in, good for one use. */
  async signInUrl(): Promise<string> {
    const response = await fetch(`${this.url}/auth/code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    const answer: unknown = await response.json();
    const code = typeof answer === 'object' && answer && 'code' in answer ? answer.code : '';
    return `${this.url}/#code=${encodeURIComponent(String(code))}`;
  }

  /** A call as a script of the user's would make it. */
  async rest(method: string, path: string, body?: unknown): Promise<RestAnswer> {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, body: parsed };
  }

  /** Ends it as the system does: in order. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends it and keeps its folder. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
