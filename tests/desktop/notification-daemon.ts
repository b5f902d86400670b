import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { z } from 'zod';

const text = z.object({ data: z.string() });
const history = z.object({ data: z.array(z.array(z.object({ summary: text, body: text }))) });

export interface Shown {
  readonly title: string;
  readonly message: string;
}

/** A screen, a session bus and a notification daemon of the test's own; nothing reaches the user's. */
export class NotificationDaemon {
  private readonly processes: ChildProcess[];
  /** What a program needs to find it. */
  readonly env: { readonly DISPLAY: string; readonly DBUS_SESSION_BUS_ADDRESS: string };

  private constructor(processes: ChildProcess[], env: NotificationDaemon['env']) {
    this.processes = processes;
    this.env = env;
  }

  static async start(): Promise<NotificationDaemon> {
    const processes: ChildProcess[] = [];
    try {
      // `-displayfd` picks a free number and says so once the screen is there.
      const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '640x480x24'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        detached: true,
      });
      processes.unshift(screen);
      const DISPLAY = `:${await firstLine(screen, screen.stdio[3])}`;
      const script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec dunst';
      const session = spawn('dbus-run-session', ['--', 'sh', '-c', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, DISPLAY },
        detached: true,
      });
      processes.unshift(session);
      const address = await firstLine(session, session.stdout);
      const env = { DISPLAY, DBUS_SESSION_BUS_ADDRESS: address };
      const daemon = new NotificationDaemon(processes, env);
      while (!daemon.isListening()) await new Promise((resolve) => setImmediate(resolve));
      return daemon;
    } catch (error) {
      endAll(processes);
      throw error;
    }
  }

  /** What it showed since it started, oldest first. */
  shown(): Shown[] {
    this.run('dunstctl', 'close-all');
    const { data } = history.parse(JSON.parse(this.run('dunstctl', 'history')));
    const all = data
      .flat()
      .map(({ summary, body }) => ({ title: summary.data, message: body.data }));
    return all.toReversed();
  }

  /** A click on the newest one that is still on the screen. */
  click(): void {
    this.run('dunstctl', 'action');
  }

  stop(): void {
    endAll(this.processes);
  }

  /** Asked of the bus, not of the daemon: a call to a daemon that is not there would start a second. */
  private isListening(): boolean {
    const bus = 'org.freedesktop.DBus';
    const method = [`--dest=${bus}`, '/org/freedesktop/DBus', `${bus}.NameHasOwner`];
    const name = 'string:org.freedesktop.Notifications';
    return this.run('dbus-send', '--session', '--print-reply=literal', ...method, name).includes(
      'true',
    );
  }

  private run(program: string, ...args: string[]): string {
    return execFileSync(program, args, {
      encoding: 'utf8',
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

/** @throws Error when the program ends, or cannot be started, before it says anything */
function firstLine(child: ChildProcess, stream: unknown): Promise<string> {
  // Asked for as a pipe, so it is one.
  const output = stream as Readable;
  return new Promise((resolve, reject) => {
    let said = '';
    output.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [line, rest] = said.split('\n', 2);
      if (line !== undefined && rest !== undefined) resolve(line.trim());
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}

function endAll(processes: readonly ChildProcess[]): void {
  for (const { pid, exitCode } of processes) {
    // Each leads a group, and the daemon is in its session's.
    if (pid !== undefined && exitCode === null) process.kill(-pid);
  }
}
