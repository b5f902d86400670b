import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import {
  type ConnectionGate,
  type MailAddress,
  type Mailer,
  type MailResult,
  type MailServer,
  NetworkClosedError,
  type OutgoingMail,
} from '../src/main/delivery/ports.ts';
import { codeOf, describeNetworkError, isOffline } from './network-errors.ts';

/** How long a connection may take to stand, and the server to greet, in milliseconds. */
const connectMs = 10_000;

/** How long the server may be silent in the middle of a message. */
const silenceMs = 60_000;

/** How long a connection that is not used stays open for the next message. */
const idleMs = 20_000;

/** Some servers close after so many, or take it ill. */
const messagesPerConnection = 50;

/** Who breaks off leaves a message that was handed over this long to be answered. */
const lastAnswerMs = 5_000;

interface Pooled {
  readonly connection: SMTPConnection;
  messages: number;
  idle: NodeJS.Timeout | null;
}

/** Mail over SMTP. A connection is used for the next message of the same account, and closed when none comes. */
export function smtpMailer(): Mailer {
  const pool = new Map<string, Pooled[]>();

  function takeIdle(key: string): Pooled | null {
    const pooled = pool.get(key)?.pop();
    if (!pooled) return null;
    if (pooled.idle) clearTimeout(pooled.idle);
    return pooled;
  }

  function keep(key: string, pooled: Pooled): void {
    if (pooled.messages >= messagesPerConnection) return pooled.connection.quit();
    const list = pool.get(key) ?? [];
    pool.set(key, list);
    const drop = (): void => {
      const at = list.indexOf(pooled);
      if (at !== -1) list.splice(at, 1);
    };
    pooled.idle = setTimeout(() => {
      drop();
      pooled.connection.quit();
    }, idleMs);
    // A connection that waits keeps no program alive.
    pooled.idle.unref();
    pooled.connection.removeAllListeners('end');
    pooled.connection.once('end', drop);
    list.push(pooled);
  }

  return {
    async send(mail, server, gate, beforeEnd, signal) {
      const key = JSON.stringify(server);
      let handedOver = false;
      let pooled: Pooled | null = null;
      let lastWords: NodeJS.Timeout | null = null;
      const breakOff = (): void => {
        if (!handedOver) return pooled?.connection.close();
        lastWords = setTimeout(() => pooled?.connection.close(), lastAnswerMs);
      };
      signal.addEventListener('abort', breakOff);
      try {
        const message = await compose(mail);
        pooled = takeIdle(key) ?? (await open(server, gate, signal));
        signal.throwIfAborted();
        const info = await deliver(pooled.connection, mail, message, () => {
          handedOver = true;
          try {
            beforeEnd();
          } catch (error) {
            handedOver = false;
            throw error;
          }
        });
        pooled.messages += 1;
        keep(key, pooled);
        return { kind: 'accepted', response: info.response, refused: info.rejected };
      } catch (error) {
        pooled?.connection.close();
        return describeFailure(error, server, handedOver);
      } finally {
        signal.removeEventListener('abort', breakOff);
        if (lastWords) clearTimeout(lastWords);
      }
    },

    async test(server, gate, signal) {
      try {
        const { connection } = await open(server, gate, signal);
        connection.quit();
        return null;
      } catch (error) {
        if (error instanceof NetworkClosedError) throw error;
        return describeConnection(error, server);
      }
    },

    close() {
      for (const list of pool.values()) {
        for (const { connection, idle } of list.splice(0)) {
          if (idle) clearTimeout(idle);
          connection.close();
        }
      }
    },
  };
}

function compose(mail: OutgoingMail): Promise<Buffer> {
  const composer = new MailComposer({
    messageId: mail.message_id,
    date: new Date(mail.date),
    from: plain(mail.from),
    to: mail.to.map(plain),
    cc: mail.cc.map(plain),
    replyTo: mail.reply_to.map(plain),
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    attachments: mail.attachments.map((file) => ({
      filename: file.file_name,
      contentType: file.content_type,
      content: Buffer.from(file.content),
    })),
    // What a mail holds is given by us: it must never be read from this computer or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

const plain = ({ name, address }: MailAddress): { name: string; address: string } => ({
  name,
  address,
});

/** Connects and signs in. */
function open(server: MailServer, gate: ConnectionGate, signal: AbortSignal): Promise<Pooled> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { host, port, security, user, password } = server;
    gate({ protocol: security === 'tls' ? 'smtps' : 'smtp', host, port });
    const connection = new SMTPConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      dnsTimeout: connectMs,
      socketTimeout: silenceMs,
      allowInternalNetworkInterfaces: true,
    });
    const onAbort = (): void => connection.close();
    signal.addEventListener('abort', onAbort);
    const settle = (error?: Error | null): void => {
      signal.removeEventListener('abort', onAbort);
      if (!error) {
        resolve({ connection, messages: 0, idle: null });
        return;
      }
      connection.close();
      reject(error);
    };
    connection.on('error', settle);
    connection.once('end', () => afterErrors(() => settle(closedEarly())));
    connection.connect(() => {
      if (user === null || user === '') return settle();
      connection.login({ user, pass: password ?? '' }, settle);
    });
  });
}

/** The end of a connection is told before the error that brought it about, which says more. */
function afterErrors(tell: () => void): void {
  setImmediate(tell);
}

function closedEarly(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}

/** @param beforeEnd called once, before the message is said to be complete */
function deliver(
  connection: SMTPConnection,
  mail: OutgoingMail,
  message: Buffer,
  beforeEnd: () => void,
): Promise<{ response: string; rejected: string[] }> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void =>
      reject(error instanceof Error ? error : new Error(String(error)));
    connection.removeAllListeners('error');
    connection.removeAllListeners('end');
    connection.on('error', fail);
    connection.once('end', () => afterErrors(() => fail(closedEarly())));
    const envelope = {
      from: mail.from.address,
      to: [...mail.to, ...mail.cc, ...mail.bcc].map(({ address }) => address),
      size: message.length,
    };
    connection.send(envelope, lastPartMarked(message, beforeEnd), (error, info) => {
      if (error) return fail(error);
      resolve({ response: info?.response ?? '', rejected: info?.rejected ?? [] });
    });
  });
}

/** The message as a stream that is read only once the server asked for it, and tells before it ends. */
function lastPartMarked(message: Buffer, beforeEnd: () => void): Readable {
  let isRead = false;
  return new Readable({
    read() {
      if (!isRead) {
        isRead = true;
        this.push(message);
        return;
      }
      try {
        beforeEnd();
        this.push(null);
      } catch (error) {
        this.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

/** The status of the server's answer that an error holds; 0 when there was none. */
function statusOf(error: unknown): number {
  const status: unknown =
    error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  return typeof status === 'number' ? status : 0;
}

/** The server's own words, on one line. */
function wordsOf(error: unknown): string {
  const response: unknown =
    error instanceof Error && 'response' in error ? error.response : undefined;
  const text = typeof response === 'string' ? response : '';
  return text
    .replaceAll(/^\d{3}[ -](\d\.\d+\.\d+ )?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

function describeFailure(error: unknown, server: MailServer, handedOver: boolean): MailResult {
  const { host } = server;
  const status = statusOf(error);
  if (error instanceof NetworkClosedError) return { kind: 'offline', message: error.message };
  if (status >= 400 && (!handedOver || codeOf(error) === 'EMESSAGE')) {
    const words = wordsOf(error);
    const message =
      codeOf(error) === 'EAUTH'
        ? describeConnection(error, server)
        : `${status} from ${host}${words === '' ? '' : `: ${words}`}`;
    return { kind: 'refused', permanent: status >= 500, message };
  }
  if (handedOver) {
    return { kind: 'unknown', message: `${host} gave no answer after the end of the message` };
  }
  const message = describeConnection(error, server);
  if (isOffline(codeOf(error))) return { kind: 'offline', message };
  if (codeOf(error) === 'EAUTH' || codeOf(error) === 'EENVELOPE')
    return { kind: 'refused', permanent: true, message };
  return { kind: 'unreachable', message };
}

/** What went wrong before a message was taken, for people. */
function describeConnection(error: unknown, server: MailServer): string {
  const { host, port, security } = server;
  const message = error instanceof Error ? error.message : String(error);
  const status = statusOf(error);
  const cause = error instanceof Error ? causeCode(error) : '';
  if (codeOf(error) === 'EAUTH') {
    return status > 0
      ? `${host} refused the user name or the password (${status}). Check both; many providers want an app password here`
      : `${host} offers no way to sign in that we know. Check the port and the encryption`;
  }
  if (/wrong version number|packet length too long|unknown protocol/i.test(message))
    return `${host} does not begin with TLS on port ${port}. Choose STARTTLS, which is usual on port 587`;
  if (security === 'starttls' && /STARTTLS/i.test(message))
    return `${host} offers no STARTTLS on port ${port}. Choose TLS, which is usual on port 465`;
  if (status >= 400) return `${status} from ${host}: ${wordsOf(error)}`;
  if (/closed unexpectedly/i.test(message)) return `${host} broke the connection off`;
  if (/greeting never received/i.test(message))
    return `${host} accepts connections on port ${port} but does not greet. It may expect TLS from the first byte`;
  return describeNetworkError(
    cause === '' ? error : Object.assign(new Error(message), { code: cause }),
    host,
    port,
  );
}

/** nodemailer names its own kind of error; the system's is in its message. */
function causeCode(error: Error): string {
  const found =
    /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|EPIPE)\b/.exec(
      error.message,
    );
  return found?.[1] ?? '';
}
