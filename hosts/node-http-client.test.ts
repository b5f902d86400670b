import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../tests/support/temporary-folder.ts';
import { type HttpRequest, NetworkClosedError } from '../src/main/delivery/ports.ts';
import { nodeHttpClient } from './node-http-client.ts';

/** The limits of the product, a tenth as long: what is bounded at 300 ms is bounded at 3 s too. */
const limits = { connectMs: 400, totalMs: 900, maximumBytes: 1_000_000, maximumRedirects: 5 };
const client = nodeHttpClient(limits);
const never = new AbortController().signal;
const open = (): void => undefined;

const bomb = gzipSync(Buffer.alloc(200_000_000));

interface Row {
  readonly server: string;
  readonly ended: string;
  readonly ms: number;
  readonly megabytes: number;
}

const table: Row[] = [];

afterAll(() => {
  // The table of how each hostile server was met is what a reader of the log looks for.
  console.table(table);
});

function request(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', url, headers: {}, body: '{"a":1}', secret_headers: [], ...more };
}

async function listen(server: Server | http.Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = async (handle: http.RequestListener): Promise<string> =>
  `http://${await listen(http.createServer(handle))}/`;

const raw = async (handle: (socket: Socket) => void): Promise<string> =>
  `http://${await listen(createServer(handle))}/`;

/** A server whose certificate nobody signed but itself. */
async function selfSigned(): Promise<string> {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-nodes', '-days', '2', '-subj', '/CN=elsewhere.example'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', cert, ...subject],
    { stdio: 'ignore' },
  );
  const options = { key: readFileSync(key), cert: readFileSync(cert) };
  return `https://${await listen(https.createServer(options, (_, answer) => answer.end('{}')))}/`;
}

/** Writes without end, as fast as it is read. */
function endless(answer: http.ServerResponse): void {
  const more = (): void => {
    while (answer.write('x'.repeat(65_536)));
    answer.once('drain', more);
  };
  more();
}

const hostile: readonly [string, () => Promise<string>, object][] = [
  [
    'headers that never come',
    () => serve(() => undefined),
    { kind: 'unreachable', message: '127.0.0.1 did not answer within 0.9 s' },
  ],
  [
    'headers a byte at a time',
    () =>
      raw((socket) => {
        const timer = setInterval(() => socket.write('X'), 20);
        socket.write('HTTP/1.1 200 OK\r\n');
        socket.on('close', () => clearInterval(timer));
      }),
    { kind: 'unreachable' },
  ],
  [
    'headers without end',
    () =>
      raw((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const line = 'X-Header: y\r\n'.repeat(1_000);
        const more = (): void => {
          while (!socket.destroyed && socket.write(line));
          socket.once('drain', more);
        };
        more();
      }),
    { kind: 'unusable' },
  ],
  [
    'a body without end',
    () => serve((_, answer) => endless(answer)),
    { kind: 'unusable', message: '127.0.0.1 answered 200 with more than 1 MB' },
  ],
  [
    'a body that drips',
    () =>
      serve((_, answer) => {
        const timer = setInterval(() => answer.write('x'), 20);
        answer.on('close', () => clearInterval(timer));
      }),
    { kind: 'unreachable' },
  ],
  [
    '1,000 redirects',
    () => {
      let count = 0;
      return serve((_, answer) => {
        count += 1;
        answer.writeHead(307, { Location: `/${count}` }).end();
      });
    },
    { kind: 'unusable', message: '127.0.0.1 redirected more than 5 times' },
  ],
  [
    'a redirect to a file',
    () => serve((_, answer) => answer.writeHead(302, { Location: 'file:///etc/passwd' }).end()),
    { kind: 'unusable' },
  ],
  [
    '503 with Retry-After',
    () => serve((_, answer) => answer.writeHead(503, { 'Retry-After': '120' }).end('busy')),
    { kind: 'answered', status: 503, headers: { 'retry-after': '120' }, body: 'busy' },
  ],
  [
    'a 500 whose body has no end',
    () =>
      serve((_, answer) => {
        answer.writeHead(500);
        endless(answer);
      }),
    { kind: 'answered', status: 500 },
  ],
  [
    'a reset in the middle',
    () =>
      serve((_, answer) => {
        answer.writeHead(200, { 'Content-Length': '1000' });
        answer.write('half', () => answer.socket?.destroy());
      }),
    { kind: 'unreachable', message: '127.0.0.1 broke the connection off' },
  ],
  [
    'a reset at once',
    () => raw((socket) => socket.destroy()),
    { kind: 'unreachable', message: '127.0.0.1 broke the connection off' },
  ],
  [
    'a gzip bomb of 200 MB',
    () => serve((_, answer) => answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb)),
    { kind: 'unusable', message: '127.0.0.1 answered 200 with more than 1 MB' },
  ],
  [
    'gzip that is none',
    () => serve((_, answer) => answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end('hello')),
    { kind: 'unusable' },
  ],
  [
    'something that is not HTTP',
    () => raw((socket) => void socket.end('SSH-2.0-OpenSSH_9\r\n\r\n')),
    { kind: 'unusable' },
  ],
  [
    'a certificate signed by itself',
    selfSigned,
    {
      kind: 'unreachable',
      message: 'the certificate of 127.0.0.1 is not trusted: it is signed by itself',
    },
  ],
  [
    'TLS asked of a plain port',
    async () => (await serve((_, answer) => answer.end())).replace('http:', 'https:'),
    { kind: 'unreachable', message: expect.stringContaining('does not speak TLS on port') },
  ],
  [
    'TLS that is never answered',
    async () => (await raw(() => undefined)).replace('http:', 'https:'),
    { kind: 'unreachable', message: '127.0.0.1: no connection within 0.4 s' },
  ],
  [
    'nobody there',
    () => Promise.resolve('http://127.0.0.1:1/'),
    { kind: 'unreachable', message: '127.0.0.1 accepts no connection on port 1' },
  ],
];

describe('a hostile server is met in bounded time and memory', () => {
  test.each(hostile)('%s', async (name, start, expected) => {
    const url = await start();
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    const result = await client.request(request(url), open, never);
    const ms = Math.round(performance.now() - startedAt);
    const megabytes = Math.max(0, Math.round((process.memoryUsage().rss - before) / 1e6));
    table.push({ server: name, ended: JSON.stringify(result).slice(0, 90), ms, megabytes });
    expect(result).toMatchObject(expected);
    expect(ms).toBeLessThan(limits.totalMs + 1_000);
    expect(megabytes).toBeLessThan(120);
    if (result.kind === 'answered') expect(result.body.length).toBeLessThanOrEqual(1_000_000);
  });
});

describe('a request', () => {
  test('carries method, headers and body, and reads a compressed answer', async () => {
    const url = await serve((incoming, answer) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      incoming.on('end', () => {
        const told = JSON.stringify({
          method: incoming.method,
          key: incoming.headers['x-key'],
          body,
        });
        answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(told));
      });
    });
    const result = await client.request(
      request(url, { method: 'PUT', headers: { 'X-Key': 'k' }, body: 'grüße' }),
      open,
      never,
    );
    expect(result).toMatchObject({ kind: 'answered', status: 200, host: '127.0.0.1' });
    if (result.kind !== 'answered') throw new Error(result.message);
    expect(JSON.parse(result.body)).toEqual({ method: 'PUT', key: 'k', body: 'grüße' });
  });

  test.each([
    [303, 'GET', ''],
    [302, 'GET', ''],
    [307, 'POST', '{"a":1}'],
    [308, 'POST', '{"a":1}'],
  ])('after %i goes on as %s, its secrets stay with their origin', async (status, method, sent) => {
    const seen: string[][] = [];
    const target = await serve((incoming, answer) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      incoming.on('end', () => {
        seen.push([incoming.method ?? '', body, incoming.headers.authorization ?? 'none']);
        answer.end();
      });
    });
    const first = await serve((_, answer) => answer.writeHead(status, { Location: target }).end());
    const gates: number[] = [];
    await client.request(
      request(first, { headers: { Authorization: 's' }, secret_headers: ['authorization'] }),
      ({ port }) => gates.push(port),
      never,
    );
    expect(seen).toEqual([[method, sent, 'none']]);
    expect(gates).toHaveLength(2);
  });

  test('asks the gate before each connection, and opens none when it is closed', async () => {
    let connections = 0;
    const url = await raw((socket) => {
      connections += 1;
      socket.destroy();
    });
    const result = await client.request(
      request(url),
      () => {
        throw new NetworkClosedError();
      },
      never,
    );
    expect(result.kind).toBe('offline');
    expect(connections).toBe(0);
  });

  test('is broken off at once', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort());
    const result = await client.request(request(url), open, abort.signal);
    expect(result.kind).toBe('unreachable');
  });
});
