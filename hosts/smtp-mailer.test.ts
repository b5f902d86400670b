import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MailServer, OutgoingMail } from '../src/main/delivery/ports.ts';
import { NetworkClosedError } from '../src/main/delivery/ports.ts';
import { smtpMailer } from './smtp-mailer.ts';

const mail: OutgoingMail = {
  message_id: '<m1@studio.example>',
  date: '2026-03-02T09:00:00.000Z',
  from: { name: 'Mila Müller', address: 'mila@studio.example' },
  to: [{ name: '', address: 'anna@berg.example' }],
  cc: [],
  bcc: [{ name: '', address: 'hidden@studio.example' }],
  reply_to: [],
  subject: 'Grüße, 你好',
  text: 'Line one\n.\nLine three',
  html: '<p>Hello</p>',
  attachments: [
    {
      file_name: 'ä.bin',
      content_type: 'application/octet-stream',
      content: Buffer.from([0, 1, 255]),
    },
  ],
};

const never = new AbortController().signal;
const open = (): void => undefined;

function serverAt(port: number, more: Partial<MailServer> = {}): MailServer {
  return {
    account_id: 'a1',
    host: '127.0.0.1',
    port,
    security: 'none',
    user: null,
    password: null,
    ...more,
  };
}

function listening(server: Server | SMTPServer): Promise<number> {
  return new Promise((resolve) => {
    const inner = 'server' in server ? server.server : server;
    server.listen(0, '127.0.0.1', () => resolve((inner.address() as AddressInfo).port));
  });
}

/** A well-behaved server that keeps what it got. */
async function smtp(options: SMTPServerOptions = {}) {
  const received: string[] = [];
  let sessions = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onConnect(_session, done) {
      sessions += 1;
      done();
    },
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const port = await listening(server);
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port, received, sessions: () => sessions };
}

/** A server that speaks by a script: what it answers to each line, or null to hang up. */
async function scripted(answer: (line: string, inData: boolean) => string | null | undefined) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let inData = false;
    let rest = '';
    socket.on('error', () => undefined);
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      rest += chunk.toString();
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        const said = answer(line, inData);
        if (said === null) {
          socket.destroy();
          return;
        }
        if (said === undefined) continue;
        inData = said.startsWith('354');
        socket.write(`${said}\r\n`);
      }
    });
  });
  const port = await listening(server);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return port;
}

const polite = (line: string, inData: boolean): string | undefined => {
  if (inData) return line === '.' ? '250 queued' : undefined;
  if (line.startsWith('DATA')) return '354 go on';
  return line.startsWith('QUIT') ? '221 bye' : '250 ok';
};

function newMailer() {
  const mailer = smtpMailer();
  onTestFinished(() => mailer.close());
  return mailer;
}

async function send(server: MailServer, more: Partial<OutgoingMail> = {}) {
  let ended = 0;
  const result = await newMailer().send(
    { ...mail, ...more },
    server,
    open,
    () => {
      ended += 1;
    },
    never,
  );
  return { result, ended };
}

describe('a message', () => {
  test('arrives whole: subject in UTF-8, text, HTML, attachment, without its bcc', async () => {
    const { port, received } = await smtp();
    const { result, ended } = await send(serverAt(port));
    expect(result).toMatchObject({ kind: 'accepted', refused: [] });
    expect(ended).toBe(1);
    const [text = ''] = received;
    expect(text).toContain('Message-ID: <m1@studio.example>');
    expect(text).toContain('=?UTF-8?');
    expect(text).toContain('text/plain');
    expect(text).toContain('text/html');
    expect(text).toContain('AAH/');
    expect(text).not.toContain('hidden@studio.example');
  });

  test('several go over one connection', async () => {
    const { port, received, sessions } = await smtp();
    const mailer = newMailer();
    for (const id of ['<1@x.example>', '<2@x.example>', '<3@x.example>'])
      await mailer.send({ ...mail, message_id: id }, serverAt(port), open, open, never);
    expect(received).toHaveLength(3);
    expect(sessions()).toBe(1);
  });

  test('a line break in a subject adds no header', async () => {
    const { port, received } = await smtp();
    await send(serverAt(port), { subject: 'Hi\r\nBcc: thief@x.example' });
    expect(received[0]).not.toMatch(/^Bcc:/m);
  });

  test('is not completed when its mark cannot be written', async () => {
    const { port, received } = await smtp();
    const result = await newMailer().send(
      mail,
      serverAt(port),
      open,
      () => {
        throw new Error('the file is full');
      },
      never,
    );
    expect(result.kind).toBe('unreachable');
    expect(received).toEqual([]);
  });

  test('leaves nothing when the gate is closed', async () => {
    const { port, sessions } = await smtp();
    const closed = (): void => {
      throw new NetworkClosedError();
    };
    const result = await newMailer().send(mail, serverAt(port), closed, open, never);
    expect(result.kind).toBe('offline');
    expect(sessions()).toBe(0);
  });

  test('one refused recipient of two is named, the other gets it', async () => {
    const { port } = await smtp({
      onRcptTo({ address }, _session, done) {
        done(address.startsWith('anna') ? undefined : new Error('no such user'));
      },
    });
    const { result } = await send(serverAt(port));
    expect(result).toMatchObject({ kind: 'accepted', refused: ['hidden@studio.example'] });
  });
});

describe('what goes wrong ends in a state and in words', () => {
  test.each([
    [
      'a refused recipient',
      (line: string, inData: boolean) =>
        line.startsWith('RCPT') ? '550 5.1.1 no such user' : polite(line, inData),
      { kind: 'refused', permanent: true, message: '550 from 127.0.0.1: no such user' },
      0,
    ],
    [
      'a busy server',
      (line: string, inData: boolean) =>
        line.startsWith('MAIL') ? '451 4.3.0 later' : polite(line, inData),
      { kind: 'refused', permanent: false, message: '451 from 127.0.0.1: later' },
      0,
    ],
    [
      'a refusal after the end of the message',
      (line: string, inData: boolean) =>
        inData && line === '.' ? '554 5.7.1 spam' : polite(line, inData),
      { kind: 'refused', permanent: true, message: '554 from 127.0.0.1: spam' },
      1,
    ],
    [
      'a server that dies after the end of the message',
      (line: string, inData: boolean) => (inData && line === '.' ? null : polite(line, inData)),
      { kind: 'unknown' },
      1,
    ],
    [
      'a server that dies at DATA',
      (line: string, inData: boolean) => (line.startsWith('DATA') ? null : polite(line, inData)),
      { kind: 'unreachable', message: '127.0.0.1 broke the connection off' },
      0,
    ],
  ])('%s', async (_name, answer, expected, marks) => {
    const { result, ended } = await send(serverAt(await scripted(answer)));
    expect(result).toMatchObject(expected);
    expect(ended).toBe(marks);
  });

  test('a dead server', async () => {
    const { result } = await send(serverAt(1));
    expect(result).toEqual({
      kind: 'unreachable',
      message: '127.0.0.1 accepts no connection on port 1',
    });
  });

  test('a wrong password, sending and in the test of an account', async () => {
    const { port } = await smtp({
      onAuth({ username, password }, _session, done) {
        if (password === 'right') done(null, { user: username });
        else done(new Error('wrong'));
      },
    });
    const wrong = serverAt(port, { user: 'mila', password: 'wrong' });
    const { result } = await send(wrong);
    expect(result).toMatchObject({ kind: 'refused', permanent: true });
    const words = await newMailer().test(wrong, open, never);
    expect(words).toContain('refused the user name or the password (535)');
    expect(await newMailer().test({ ...wrong, password: 'right' }, open, never)).toBeNull();
  });

  test.each([
    ['tls', 'does not begin with TLS'],
    ['starttls', 'offers no STARTTLS'],
  ] as const)('%s on a port without it', async (security, words) => {
    const { port } = await smtp();
    expect(await newMailer().test(serverAt(port, { security }), open, never)).toContain(words);
  });

  test('broken off before its end it may go again; after it, its answer is waited for', async () => {
    const abort = new AbortController();
    const { port } = await smtp({
      onRcptTo(_address, _session, done) {
        abort.abort();
        done();
      },
    });
    const result = await newMailer().send(mail, serverAt(port), open, open, abort.signal);
    expect(result.kind).toBe('unreachable');

    const late = new AbortController();
    const again = await smtp();
    const marked = await newMailer().send(
      mail,
      serverAt(again.port),
      open,
      () => late.abort(),
      late.signal,
    );
    expect(marked.kind).toBe('accepted');
  });
});
