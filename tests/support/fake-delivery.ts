import type {
  ConnectionGate,
  HttpClient,
  HttpRequest,
  HttpResult,
  Mailer,
  MailResult,
  MailServer,
  OutgoingMail,
  SecretStore,
} from '../../src/main/delivery/ports.ts';
import { NetworkClosedError } from '../../src/main/delivery/ports.ts';

/** A server that answers as it is told, one answer a request; then 200 with an empty object. */
export class FakeHttpClient implements HttpClient {
  readonly requests: HttpRequest[] = [];
  readonly answers: (HttpResult | Promise<HttpResult>)[] = [];

  async request(
    request: HttpRequest,
    gate: ConnectionGate,
    signal: AbortSignal,
  ): Promise<HttpResult> {
    const { hostname, port } = new URL(request.url);
    try {
      gate({ protocol: 'http', host: hostname, port: Number(port) || 80 });
    } catch (error) {
      if (error instanceof NetworkClosedError) return { kind: 'offline', message: error.message };
      throw error;
    }
    this.requests.push(request);
    const brokenOff = new Promise<HttpResult>((resolve) => {
      signal.addEventListener('abort', () =>
        resolve({ kind: 'unreachable', message: 'broken off' }),
      );
    });
    return Promise.race([this.answers.shift() ?? answered(200, '{}'), brokenOff]);
  }
}

export function answered(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): HttpResult {
  return { kind: 'answered', status, body, headers, host: '127.0.0.1' };
}

/** A mail server that ends each message as it is told; then it accepts. */
export class FakeMailer implements Mailer {
  readonly sent: OutgoingMail[] = [];
  readonly ends: (MailResult | Promise<MailResult>)[] = [];
  closed = 0;

  async send(
    mail: OutgoingMail,
    server: MailServer,
    gate: ConnectionGate,
    beforeEnd: () => void,
    signal: AbortSignal,
  ): Promise<MailResult> {
    try {
      gate({ protocol: 'smtp', host: server.host, port: server.port });
    } catch (error) {
      if (error instanceof NetworkClosedError) return { kind: 'offline', message: error.message };
      throw error;
    }
    const end = this.ends.shift() ?? accepted;
    const brokenOff = new Promise<MailResult>((resolve) => {
      signal.addEventListener('abort', () =>
        resolve({ kind: 'unreachable', message: 'broken off' }),
      );
    });
    const result = await Promise.race([end, brokenOff]);
    if (result.kind === 'accepted' || result.kind === 'unknown') {
      beforeEnd();
      this.sent.push(mail);
    }
    return result;
  }

  async test(): Promise<string | null> {
    return Promise.resolve(null);
  }

  close(): void {
    this.closed += 1;
  }
}

const accepted: MailResult = { kind: 'accepted', response: '250 ok', refused: [] };

/** Secrets in memory. */
export function fakeSecrets(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    read: (name) => secrets.get(name) ?? null,
    write: (name, value) => void secrets.set(name, value),
    remove: (name) => void secrets.delete(name),
    names: () => [...secrets.keys()],
  };
}
