import { createHmac } from 'node:crypto';
import type { MailContent, WebhookContent } from '../../shared/contract/deliveries.ts';
import type { ErrorKind } from '../../shared/model/error-kind.ts';
import type { Reader } from '../db/handle.ts';
import { readAttachments } from './attachment-store.ts';
import type { DeliveryRow } from './delivery-store.ts';
import { findAccount, mailServerOf } from './mail-account-store.ts';
import { isWorthRetrying, readRetryAfter } from './plan-retry.ts';
import type {
  ConnectionGate,
  HttpClient,
  HttpResult,
  Mailer,
  MailResult,
  OutgoingMail,
  SecretStore,
} from './ports.ts';

/** How one attempt ended, whatever was sent. */
export type AttemptEnd =
  | { readonly kind: 'sent'; readonly answer: object }
  | {
      readonly kind: 'try_again';
      readonly message: string;
      /** What the server asked for, in milliseconds from now. */
      readonly retry_after: number | null;
      readonly answer?: object;
    }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** Default: the input is to be mended, as the message says. */
      readonly error_kind?: ErrorKind;
      readonly answer?: object;
    }
  | { readonly kind: 'offline'; readonly message: string }
  | { readonly kind: 'uncertain'; readonly message: string };

export interface AttemptParts {
  readonly reader: Reader;
  readonly mailer: Mailer;
  readonly http: HttpClient;
  readonly secrets: SecretStore;
}

/** The name under which the secret store keeps what a webhook names. */
export function webhookSecretName(name: string): string {
  return `webhook.${name}`;
}

/** Headers that a webhook's own headers cannot replace. */
const keyHeader = 'Idempotency-Key';

/** One attempt at a webhook: the same key and the same body each time, only the signature has the time of the attempt. */
export async function attemptWebhook(
  { http, secrets }: AttemptParts,
  { id }: DeliveryRow,
  content: WebhookContent,
  now: number,
  gate: ConnectionGate,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const missing = [...Object.values(content.secret_headers), content.sign_with ?? '']
    .filter((name) => name !== '')
    .find((name) => secrets.read(webhookSecretName(name)) === null);
  if (missing !== undefined) {
    const message = `the secret "${missing}" is not on this computer. Enter it in Settings under Secrets`;
    return { kind: 'failed', message };
  }
  const secret = (name: string): string => secrets.read(webhookSecretName(name)) ?? '';
  const secretHeaders = Object.entries(content.secret_headers).map(
    ([header, name]) => [header, secret(name)] as const,
  );
  const signature =
    content.sign_with === null ? {} : sign(content.body ?? '', secret(content.sign_with), now);
  const request = {
    method: content.method,
    url: content.url,
    headers: {
      'User-Agent': 'Trellis',
      ...content.headers,
      ...Object.fromEntries(secretHeaders),
      ...signature,
      [keyHeader]: id,
    },
    body: content.body,
    secret_headers: [
      'Authorization',
      'Cookie',
      'X-Trellis-Signature',
      ...secretHeaders.map(([header]) => header),
    ],
  };
  return judgeAnswer(await http.request(request, gate, signal), now);
}

/** As Trellis asks for it at its own addresses: the HMAC of `TIMESTAMP.BODY`, with the timestamp in seconds. */
function sign(body: string, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'X-Trellis-Timestamp': timestamp, 'X-Trellis-Signature': `sha256=${mac}` };
}

function judgeAnswer(result: HttpResult, now: number): AttemptEnd {
  switch (result.kind) {
    case 'answered': {
      const { status, headers, body, host } = result;
      const answer = { status, body, json: parseJson(body) };
      const message = `${status} from ${host}`;
      if (status >= 200 && status < 300) return { kind: 'sent', answer };
      if (!isWorthRetrying(status)) return { kind: 'failed', message, answer };
      const asked = readRetryAfter(headers['retry-after'], now);
      return { kind: 'try_again', message, retry_after: asked, answer };
    }
    case 'unreachable':
      return { kind: 'try_again', message: result.message, retry_after: null };
    case 'offline':
      return result;
    case 'unusable':
      return { kind: 'failed', message: result.message };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param beforeEnd called once, before the server is told that the message is complete */
export async function attemptMail(
  { reader, mailer, secrets }: AttemptParts,
  row: DeliveryRow,
  content: MailContent,
  gate: ConnectionGate,
  beforeEnd: () => void,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const account = findAccount(reader, content.account_id);
  if (!account) {
    const message = `the email account of ${content.from.address} was removed. Add it again, then send the mail from the Outbox`;
    return { kind: 'failed', message };
  }
  const server = mailServerOf(account, secrets);
  if (server.user !== null && server.user !== '' && server.password === null) {
    const message = `the password of the email account "${account.name}" is not on this computer. Enter it in Settings under Email accounts`;
    return { kind: 'failed', message };
  }
  const mail: OutgoingMail = {
    message_id: content.message_id,
    date: row.created_at,
    from: content.from,
    to: content.to,
    cc: content.cc,
    bcc: content.bcc,
    reply_to: content.reply_to,
    subject: content.subject,
    text: content.text,
    html: content.html,
    attachments: readAttachments(reader, content.attachment_ids),
  };
  return judgeMail(await mailer.send(mail, server, gate, beforeEnd, signal));
}

function judgeMail(result: MailResult): AttemptEnd {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'sent', answer: { response: result.response, refused: result.refused } };
    case 'refused':
      return result.permanent
        ? { kind: 'failed', message: result.message }
        : { kind: 'try_again', message: result.message, retry_after: null };
    case 'unreachable':
      return { kind: 'try_again', message: result.message, retry_after: null };
    case 'offline':
      return result;
    case 'unknown':
      return { kind: 'uncertain', message: result.message };
  }
}
