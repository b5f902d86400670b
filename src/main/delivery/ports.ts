/** What the host must bring so that mail and webhooks can leave this computer, and secrets stay on it. */

export interface ConnectionTarget {
  readonly protocol: 'http' | 'https' | 'smtp' | 'smtps';
  readonly host: string;
  readonly port: number;
}

/**
 * Asked before each connection, redirects too. It writes the log of connections.
 *
 * @throws NetworkClosedError when "No network" is on
 */
export type ConnectionGate = (target: ConnectionTarget) => void;

export class NetworkClosedError extends Error {
  override readonly name = 'NetworkClosedError';

  constructor() {
    super('"No network" is on');
  }
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Names of headers that must not follow a redirect to another origin. */
  readonly secret_headers: readonly string[];
}

export type HttpResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** Of the server that answered: a redirect may have led elsewhere. */
      readonly host: string;
    }
  /** A fault that a later attempt may not meet. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** This computer has no way out: not the other side's fault. */
  | { readonly kind: 'offline'; readonly message: string }
  /** The other side answers in a way that no later attempt would change. */
  | { readonly kind: 'unusable'; readonly message: string };

export interface HttpClient {
  /** Bounded in time and memory whatever the server does. Never throws. */
  request(request: HttpRequest, gate: ConnectionGate, signal: AbortSignal): Promise<HttpResult>;
}

export interface MailServer {
  /** Connections are pooled by it. */
  readonly account_id: string;
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` required, or `none` at all. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
}

export interface MailAttachment {
  readonly file_name: string;
  readonly content_type: string;
  readonly content: Uint8Array;
}

export interface OutgoingMail {
  /** With its angle brackets; the same at each attempt. */
  readonly message_id: string;
  /** ISO text. */
  readonly date: string;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly reply_to: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly MailAttachment[];
}

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export type MailResult =
  | {
      readonly kind: 'accepted';
      readonly response: string;
      /** Recipients the server refused while it took the message for the others. */
      readonly refused: readonly string[];
    }
  /** `permanent`: no later attempt would change it. */
  | { readonly kind: 'refused'; readonly permanent: boolean; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'offline'; readonly message: string }
  /** The whole message was handed over and no answer came: it may have been sent. */
  | { readonly kind: 'unknown'; readonly message: string };

export interface Mailer {
  /**
   * Sends one message. Never throws.
   *
   * @param beforeEnd called once, before the server is told that the message is complete: until then it cannot have
   *   been accepted. If it throws, the message is not completed.
   */
  send(
    mail: OutgoingMail,
    server: MailServer,
    gate: ConnectionGate,
    beforeEnd: () => void,
    signal: AbortSignal,
  ): Promise<MailResult>;
  /** Connects and signs in, sends nothing. @returns null when all is well, else what is wrong, in plain words */
  test(server: MailServer, gate: ConnectionGate, signal: AbortSignal): Promise<string | null>;
  /** Closes every pooled connection. */
  close(): void;
}

/** Keeps secrets on this computer, encrypted. Names are not secret. */
export interface SecretStore {
  /** @returns null when there is none, or it cannot be read on this computer */
  read(name: string): string | null;
  /** @throws Error in plain words when secrets cannot be kept here */
  write(name: string, value: string): void;
  remove(name: string): void;
  names(): readonly string[];
}
