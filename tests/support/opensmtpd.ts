import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { waitUntil } from './wait-until.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Listening on a TCP port, so the address is an object.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Debian's opensmtpd on a port of its own. It keeps each mail for `@berg.example` as a file and refuses all others. */
export class OpenSmtpd {
  readonly port: number;
  private readonly folder: string;
  private readonly child: ChildProcess;

  private constructor(port: number, folder: string, child: ChildProcess) {
    this.port = port;
    this.folder = folder;
    this.child = child;
  }

  static async start(): Promise<OpenSmtpd> {
    // Lives longer than one test, so its folder does too.
    const root = mkdtempSync(join(tmpdir(), 'trellis-smtpd-'));
    const folder = join(root, 'mail');
    mkdirSync(folder);
    // The program that stores a mail runs as nobody.
    chmodSync(root, 0o755);
    chmodSync(folder, 0o777);
    const port = await freePort();
    const config = join(root, 'smtpd.conf');
    const store = join(root, 'store.sh');
    // Moved into place when it is whole, so that nobody reads half a mail.
    writeFileSync(
      store,
      `#!/bin/sh\nf=$(mktemp '${folder}/part.XXXXXXXX')\ncat > "$f"\nmv "$f" "$f.eml"\n`,
    );
    chmodSync(store, 0o755);
    writeFileSync(
      config,
      [
        `listen on 127.0.0.1 port ${port}`,
        `action "store" mda "${store}" virtual { "@berg.example" = nobody }`,
        'match from any for domain "berg.example" action "store"',
        '',
      ].join('\n'),
      { mode: 0o644 },
    );
    const child = spawn('/usr/sbin/smtpd', ['-d', '-f', config], { stdio: 'ignore' });
    const smtpd = new OpenSmtpd(port, folder, child);
    await waitUntil('opensmtpd answers', () => answers(port));
    return smtpd;
  }

  /** The mails it took, as they came. */
  mails(): string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => readFileSync(join(this.folder, name), 'utf8'));
  }

  /** How often each Message-ID came. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const mail of this.mails()) {
      const id = /^Message-ID: *(<[^>]+>)/im.exec(mail)?.[1] ?? 'none';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }
}
