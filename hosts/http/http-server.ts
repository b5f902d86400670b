import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { RPCHandler } from '@orpc/server/fetch';
import type { Core } from '../../src/main/create-core.ts';
import type { Logger } from '../../src/main/ports.ts';
import { errorKindOfStatus } from '../../src/shared/model/error-kind.ts';
import type { Access } from './access.ts';
import { HttpError } from './http-error.ts';
import { isOpenPath, OpenPages } from './openapi/open-pages.ts';
import { readBody } from './read-body.ts';
import { Rest } from './rest.ts';
import { readStaticFile } from './static-files.ts';

/** Where workflows are called by programs that hold no token. */
const hooksPath = '/api/hooks/';

const hostNames = ['127.0.0.1', 'localhost', '[::1]'];

export interface HttpServerParts {
  readonly core: Pick<Core, 'router' | 'receiveHook'>;
  readonly access: Access;
  readonly logger: Logger;
  /** Folder of the built renderer. */
  readonly rendererDir: string;
  /** Of the application, for the description of the API. */
  readonly version: string;
}

/** Loopback HTTP: `/api` is REST, `/rpc` what our own screens speak, `/auth` the way in, everything else the screens. */
export function createHttpServer(parts: HttpServerParts): Server {
  const rest = new Rest(parts.core);
  const pages = new OpenPages(parts.version);
  const rpc = new RPCHandler(parts.core.router);
  const server = createServer((request, response) => {
    void answer(request, response, { ...parts, rest, rpc, pages, server }).catch((error: unknown) =>
      refuse(response, error, parts.logger),
    );
  });
  // Slow senders and idle connections may not pile up.
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  return server;
}

interface Scope extends HttpServerParts {
  readonly rest: Rest;
  readonly pages: OpenPages;
  readonly rpc: RPCHandler<{ actor: { kind: 'user' | 'api' } }>;
  readonly server: Server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  scope: Scope,
): Promise<void> {
  refuseForeignHost(request, scope.server);
  refuseForeignOrigin(request, scope.server);
  const method = request.method ?? 'GET';
  const url = readUrl(request.url ?? '/');
  const { pathname } = url;
  if (isOpenPath(pathname)) {
    await answerPage(response, method, pathname, scope);
  } else if (pathname.startsWith(hooksPath)) {
    await answerHook(request, response, method, url, scope);
  } else if (pathname === '/api' || pathname.startsWith('/api/')) {
    await answerRest(request, response, method, url, scope);
  } else if (pathname.startsWith('/rpc/')) {
    const actor = authenticate(request, scope.access);
    const body = await readBody(request);
    const { matched, response: reply } = await scope.rpc.handle(
      toFetchRequest(request, response, url, body),
      {
        prefix: '/rpc',
        context: { actor: { kind: actor } },
      },
    );
    if (!matched) throw new HttpError(404, 'not_found', `There is nothing at ${pathname}.`);
    await send(response, reply);
  } else if (pathname.startsWith('/auth/')) {
    await answerAuth(request, response, method, pathname, scope);
  } else if (method === 'GET' || method === 'HEAD') {
    const { body, headers } = await readStaticFile(scope.rendererDir, pathname);
    response.writeHead(200, { ...headers, 'content-length': body.length });
    response.end(method === 'HEAD' ? undefined : body);
  } else {
    throw refuseMethod(pathname, method, 'GET');
  }
}

async function answerRest(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  url: URL,
  { rest, access }: Scope,
): Promise<void> {
  const isHealth = url.pathname === '/api/health' && method === 'GET';
  const actor = isHealth ? 'api' : authenticate(request, access);
  rest.refuseUnknownRoute(method, url.pathname);
  const body = await readBody(request);
  const json = Rest.readJson(method, request.headers['content-type'], body);
  rest.refuseStrayKeys(method, url, json);
  const fetchRequest = toFetchRequest(request, response, url, json);
  await send(response, await rest.handle(fetchRequest, actor));
}

/** The description of the API: the same for everybody, so it needs no token. */
async function answerPage(
  response: ServerResponse,
  method: string,
  path: string,
  { pages }: Scope,
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') throw refuseMethod(path, method, 'GET');
  const { text, headers } = await pages.read(path);
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(method === 'HEAD' ? undefined : text);
}

/** A call of a workflow's own address. Whatever is wrong with it, the core hears of it and keeps it in the log. */
async function answerHook(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  { pathname, search }: URL,
  { core }: Scope,
): Promise<void> {
  const key = pathname.slice(hooksPath.length);
  if (method !== 'POST') throw refuseMethod(pathname, method, 'POST');
  if (search !== '') {
    throw new HttpError(400, 'bad_request', 'A hook takes no query. Send the payload as the body.');
  }
  const body = await readBody(request).catch((error: unknown) => {
    if (error instanceof HttpError) return null;
    throw error;
  });
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const outcome = core.receiveHook({ key, headers, body });
  if (outcome.status !== 202) {
    const { status, code, message, field } = outcome;
    throw new HttpError(status, code, message, {}, field);
  }
  const { event_id, contact_id } = outcome;
  sendJson(response, 202, { event_id, contact_id });
}

function refuseMethod(path: string, method: string, allowed: string): HttpError {
  return new HttpError(
    405,
    'method_not_allowed',
    `${path} does not answer ${method}. Use ${allowed}.`,
    { allow: allowed },
  );
}

/** A window trades the one-time code of its URL for a session; a token holder may ask for a fresh code. */
async function answerAuth(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  path: string,
  { access }: Scope,
): Promise<void> {
  if (path !== '/auth/session' && path !== '/auth/code')
    throw new HttpError(404, 'not_found', `There is nothing at ${path}.`);
  if (method !== 'POST') throw refuseMethod(path, method, 'POST');
  if (path === '/auth/code') {
    authenticate(request, access);
    if (!access.mayOpenWindows(bearerOf(request) ?? '')) {
      throw new HttpError(
        403,
        'forbidden',
        'A named token opens no window. Use the one in the file "token" of the data folder.',
      );
    }
    sendJson(response, 201, { code: access.makeCode() });
    return;
  }
  const json = Rest.readJson(method, request.headers['content-type'], await readBody(request));
  const input: unknown = json === null ? {} : JSON.parse(json);
  const code =
    typeof input === 'object' && input !== null && 'code' in input ? input.code : undefined;
  const token = typeof code === 'string' ? access.exchange(code) : null;
  if (token === null) {
    throw new HttpError(
      401,
      'unauthorized',
      'The code is unknown, used or older than 60 seconds. Run npm start for a fresh one, or enter the token.',
    );
  }
  sendJson(response, 201, { token });
}

/** Behind our own origin, because on its own a target such as `//name/path` would name another host. */
function readUrl(target: string): URL {
  const url = URL.parse(
    target.startsWith('/') ? `http://127.0.0.1${target}` : target,
    'http://127.0.0.1',
  );
  if (url) return url;
  throw new HttpError(400, 'bad_request', `The path ${target} cannot be read.`);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Another name that resolves to this machine is DNS rebinding. */
function refuseForeignHost(request: IncomingMessage, server: Server): void {
  const port = portOf(server);
  const host = request.headers.host?.toLowerCase() ?? '';
  if (hostNames.some((name) => host === `${name}:${port}`)) return;
  throw new HttpError(
    421,
    'misdirected_request',
    `The Host header must be 127.0.0.1:${port} or localhost:${port}, not "${host}".`,
  );
}

/** A page of another site may not call us, whatever it sends along. */
function refuseForeignOrigin(request: IncomingMessage, server: Server): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  const port = portOf(server);
  if (hostNames.some((name) => origin.toLowerCase() === `http://${name}:${port}`)) return;
  throw new HttpError(403, 'forbidden', `Pages of ${origin} may not call Trellis.`);
}

function bearerOf(request: IncomingMessage): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function authenticate(request: IncomingMessage, access: Access): 'api' | 'user' {
  const bearer = bearerOf(request);
  const actor = access.identify(bearer);
  if (actor) return actor;
  const message =
    bearer === null
      ? 'Send the token as "Authorization: Bearer TOKEN"; it is in the file "token" of the data folder.'
      : 'The token is not valid; the right one is in the file "token" of the data folder.';
  throw new HttpError(401, 'unauthorized', message, { 'www-authenticate': 'Bearer' });
}

function toFetchRequest(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: Buffer | string | null,
): Request {
  const headers = new Headers();
  for (const name of ['content-type', 'last-event-id', 'accept']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  // A body that was left out needs no content type.
  if (body === null || body.length === 0) headers.delete('content-type');
  const aborter = new AbortController();
  response.once('close', () => aborter.abort());
  return new Request(url, {
    method: request.method ?? 'GET',
    headers,
    signal: aborter.signal,
    ...(body === null || body.length === 0
      ? {}
      : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
}

async function send(response: ServerResponse, reply: Response): Promise<void> {
  response.writeHead(reply.status, {
    ...Object.fromEntries(reply.headers),
    'cache-control': 'no-store',
  });
  if (reply.body === null) {
    response.end();
    return;
  }
  response.flushHeaders();
  // Node's own stream, also where the DOM's type of the same name is in sight.
  const body = reply.body as ReadableStream<Uint8Array>;
  // A reader that goes away in the middle of a stream is no error.
  await pipeline(Readable.fromWeb(body), response).catch(() => undefined);
}

function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}

function refuse(response: ServerResponse, error: unknown, logger: Logger): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (error instanceof HttpError) {
    const { status, code, message, headers, field } = error;
    // JSON leaves a field that is undefined out.
    sendJson(response, status, { code, kind: errorKindOfStatus(status), message, field }, headers);
    return;
  }
  logger.error(
    `A request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  sendJson(response, 500, {
    code: 'internal',
    kind: errorKindOfStatus(500),
    message: 'Something went wrong in Trellis. The log has the details.',
  });
}
