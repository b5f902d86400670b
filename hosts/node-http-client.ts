import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { PassThrough, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import {
  type ConnectionGate,
  type HttpClient,
  type HttpRequest,
  type HttpResult,
  NetworkClosedError,
} from '../src/main/delivery/ports.ts';
import { codeOf, describeNetworkError, isOffline } from './network-errors.ts';

export interface HttpLimits {
  /** Until a connection stands, its TLS too. */
  readonly connectMs: number;
  /** Of the whole exchange, redirects too. */
  readonly totalMs: number;
  /** Of an answer, decompressed. */
  readonly maximumBytes: number;
  readonly maximumRedirects: number;
}

const defaultLimits: HttpLimits = {
  connectMs: 5_000,
  totalMs: 30_000,
  maximumBytes: 1_000_000,
  maximumRedirects: 5,
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The answer was longer than we read. */
  readonly isCut: boolean;
}

class Stopped extends Error {}

/** HTTP whose time and memory are bounded whatever the server does. Nothing is kept open between requests. */
export function nodeHttpClient(limits: HttpLimits = defaultLimits): HttpClient {
  return {
    async request(request, gate, signal) {
      const deadline = AbortSignal.timeout(limits.totalMs);
      const stop = AbortSignal.any([signal, deadline]);
      let hop = { ...request, url: new URL(request.url) };
      try {
        for (let redirects = 0; ; redirects += 1) {
          const answer = await exchange(hop, gate, stop, limits);
          const location = answer.headers['location'];
          if (!isRedirect(answer.status) || location === undefined)
            return judge(answer, hop.url.hostname, limits);
          if (redirects === limits.maximumRedirects) {
            const message = `${hop.url.hostname} redirected more than ${limits.maximumRedirects} times`;
            return { kind: 'unusable', message };
          }
          const next = URL.parse(location, hop.url.href);
          if (!next || !['http:', 'https:'].includes(next.protocol))
            return {
              kind: 'unusable',
              message: `${hop.url.hostname} redirected to what is no web address`,
            };
          hop = followed(hop, next, answer.status);
        }
      } catch (error) {
        return describe(error, hop.url, deadline.aborted, limits);
      }
    },
  };
}

type Hop = Omit<HttpRequest, 'url'> & { readonly url: URL };

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** As browsers do: 303, and a POST after 301 or 302, go on as GET; secrets do not leave their origin. */
function followed(hop: Hop, url: URL, status: number): Hop {
  const becomesGet =
    status === 303 || ([301, 302].includes(status) && !['GET', 'HEAD'].includes(hop.method));
  const dropped = new Set<string>();
  if (url.origin !== hop.url.origin)
    for (const name of hop.secret_headers) dropped.add(name.toLowerCase());
  if (becomesGet) for (const name of ['content-type', 'content-length']) dropped.add(name);
  const headers = Object.fromEntries(
    Object.entries(hop.headers).filter(([name]) => !dropped.has(name.toLowerCase())),
  );
  return becomesGet
    ? { ...hop, url, headers, method: 'GET', body: null }
    : { ...hop, url, headers };
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Without the brackets of an IPv6 address. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function exchange(
  hop: Hop,
  gate: ConnectionGate,
  signal: AbortSignal,
  limits: HttpLimits,
): Promise<Answer> {
  const isTls = hop.url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    gate({ protocol: isTls ? 'https' : 'http', host: hostOf(hop.url), port: portOf(hop.url) });
    const request = (isTls ? https : http).request(hop.url, {
      method: hop.method,
      agent: false,
      signal,
      headers: {
        'Accept-Encoding': 'gzip, deflate, br',
        ...hop.headers,
        ...(hop.body === null ? {} : { 'Content-Length': String(Buffer.byteLength(hop.body)) }),
      },
    });
    const connectTimer = setTimeout(() => {
      request.destroy(new Stopped(`no connection within ${limits.connectMs / 1_000} s`));
    }, limits.connectMs);
    request.on('socket', (socket: Socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => clearTimeout(connectTimer));
    });
    request.on('close', () => clearTimeout(connectTimer));
    request.on('error', reject);
    request.on('response', (response) => {
      readBody(response, limits.maximumBytes).then(({ text, isCut }) => {
        if (isCut) request.destroy();
        const status = response.statusCode ?? 0;
        const headers = plainHeaders(response.headers);
        return resolve({ status, headers, body: text, isCut });
      }, reject);
    });
    request.end(hop.body ?? undefined);
  });
}

function plainHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function decoderOf(encoding: string | undefined): Transform {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return new PassThrough();
  }
}

/** Reads no more than the limit, counted after decompression: a small answer may unpack to a large one. */
function readBody(
  response: http.IncomingMessage,
  maximumBytes: number,
): Promise<{ text: string; isCut: boolean }> {
  return new Promise((resolve, reject) => {
    const decoder = decoderOf(response.headers['content-encoding']);
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (isCut: boolean): void => {
      response.unpipe(decoder);
      decoder.destroy();
      resolve({ text: Buffer.concat(chunks).toString('utf8'), isCut });
    };
    decoder.on('data', (chunk: Buffer) => {
      const left = maximumBytes - length;
      chunks.push(chunk.length > left ? chunk.subarray(0, left) : chunk);
      length += chunk.length;
      if (length > maximumBytes) finish(true);
    });
    decoder.on('end', () => finish(false));
    decoder.on('error', reject);
    response.on('error', reject);
    response.on('aborted', () =>
      reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
    );
    response.pipe(decoder);
  });
}

function judge(answer: Answer, host: string, limits: HttpLimits): HttpResult {
  const { status, headers, body, isCut } = answer;
  if (isCut && status < 400) {
    const megabytes = limits.maximumBytes / 1_000_000;
    const message = `${host} answered ${status} with more than ${megabytes} MB`;
    return { kind: 'unusable', message };
  }
  return { kind: 'answered', status, headers, body, host };
}

function describe(error: unknown, url: URL, isLate: boolean, limits: HttpLimits): HttpResult {
  const host = hostOf(url);
  if (error instanceof NetworkClosedError) return { kind: 'offline', message: error.message };
  if (isLate)
    return {
      kind: 'unreachable',
      message: `${host} did not answer within ${limits.totalMs / 1_000} s`,
    };
  if (error instanceof Stopped)
    return { kind: 'unreachable', message: `${host}: ${error.message}` };
  const code = codeOf(error);
  if (isOffline(code))
    return { kind: 'offline', message: describeNetworkError(error, host, portOf(url)) };
  if (code.startsWith('Z_') || code.startsWith('ERR_'))
    if (!code.startsWith('ERR_TLS') && !code.startsWith('ERR_SSL'))
      return { kind: 'unusable', message: `the answer of ${host} cannot be read (${code})` };
  if (code.startsWith('HPE_'))
    return { kind: 'unusable', message: `the answer of ${host} is not HTTP (${code})` };
  return { kind: 'unreachable', message: describeNetworkError(error, host, portOf(url)) };
}
