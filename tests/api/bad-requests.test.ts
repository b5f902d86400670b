import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dumpFile, queryFile } from '../support/data-file.ts';
import { sendRaw } from '../support/raw-request.ts';
import { type RunningServer, testToken } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { type BadRequest, fillIn, nobody, type Stand } from './bad-requests/bad-request.ts';
import { httpRows } from './bad-requests/http-rows.ts';
import { configRows } from './bad-requests/config-rows.ts';
import { recordRows } from './bad-requests/record-rows.ts';
import { workflowRows } from './bad-requests/workflow-rows.ts';

const rows = [...workflowRows, ...configRows, ...recordRows, ...httpRows];

/** A body that goes on for as long as anybody takes it. */
const megabyte = Buffer.alloc(1_048_576, 'x');

const servers = useServers();
let server: RunningServer;
let stand: Stand;
let before: string;

beforeAll(async () => {
  server = await servers.start();
  const { api } = server;
  const steps = [{ type: 'create_task', config: { title: 'Call' } }];
  const workflow = async (status: string): Promise<string> => {
    const definition = { name: `A ${status} one`, status, trigger_type: 'manual', actions: steps };
    return (await api.create('workflows', definition)).id;
  };
  const contact = await api.create('contacts', { first_name: 'Anna', email: 'anna@example.com' });
  const deal = await api.create('deals', { title: 'A deal', contact_id: contact.id });
  const task = await api.create('activities', { title: 'A task', type: 'task', deal_id: deal.id });
  const removed = await workflow('active');
  await api.expect(204, 'DELETE', `/api/workflows/${removed}`);
  stand = {
    contact: contact.id,
    deal: deal.id,
    task: task.id,
    removed,
    active: await workflow('active'),
    draft: await workflow('draft'),
    paused: await workflow('paused'),
  };
  // Every event is dispatched, so that nothing but a request could still change the file.
  await api.execute(stand.active);
  await settled();
  before = dumpFile(server.dataDir);
});

afterAll(() => {
  // A table that is long enough is part of the promise.
  process.stdout.write(`bad requests: ${rows.length} rows\n`);
});

async function settled(): Promise<void> {
  const waiting = 'SELECT 1 FROM events WHERE dispatched_at IS NULL';
  await waitUntil(
    'the dispatch of every event',
    () => queryFile(server.dataDir, waiting).length === 0,
  );
}

interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly json: unknown;
}

/** `fetch` would set the Host and refuse some of the methods and paths; this sends what it is told. */
async function send(row: BadRequest): Promise<Refusal> {
  const { body } = row;
  const content =
    body instanceof Uint8Array
      ? body
      : body === undefined
        ? undefined
        : fillIn(typeof body === 'string' ? body : JSON.stringify(body), stand);
  const headers = row.headers ?? {
    authorization: `Bearer ${testToken}`,
    ...(content === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return await new Promise((resolve, reject) => {
    const call = request(
      {
        port: server.port,
        host: '127.0.0.1',
        method: row.method,
        path: fillIn(row.path, stand),
        headers: {
          ...headers,
          ...(content === undefined ? {} : { 'content-length': Buffer.byteLength(content) }),
        },
        agent: false,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          const json: unknown = text === '' ? null : JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, json });
        });
      },
    );
    call.on('error', reject);
    call.end(content);
  });
}

describe(`${rows.length} bad requests`, () => {
  it('are many, and each is another', () => {
    const kinds = rows.map((row) => `${row.method} ${row.path} ${row.name}`);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(70);
  });

  it.each(rows)('$status: $name', async (row) => {
    const { status, headers, json } = await send(row);
    expect({ status, json }).toEqual({
      status: row.status,
      json: expect.objectContaining({ code: row.code, message: expect.any(String) }),
    });
    const answer = json as { code: string; kind: string; message: string; field?: string };
    expect(answer.kind).toBe('fix_input');
    expect(answer.field).toBe(row.field);
    for (const text of row.says) expect(answer.message).toContain(text);
    expect(answer.message).toMatch(/[.?]$/);
    expect(headers['content-type']).toContain('application/json');
    if (row.status === 401 && !row.path.startsWith('/auth/session')) {
      expect(headers['www-authenticate']).toBe('Bearer');
    }
    if (row.status === 405) {
      expect(answer.message).toContain(`Use ${String(headers['allow'])}`);
    }
  });
});

describe('a body over 1 MB is refused with an answer, not a reset', () => {
  const head = (length: string): string =>
    `POST /api/deals HTTP/1.1\r\nHost: localhost:${server.port}\r\nAuthorization: Bearer ${testToken}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;

  const refusal = {
    status: 413,
    json: { code: 'payload_too_large', message: expect.stringContaining('1 MB') },
  };

  it('to a client that has said how much it will send and stops in the middle', async () => {
    const parts = [head('Content-Length: 50000000'), megabyte, megabyte];
    expect(await sendRaw(server.port, parts)).toMatchObject(refusal);
  });

  it('to a client that sends in chunks and stops in the middle', async () => {
    const chunk = `100000\r\n${'x'.repeat(1_048_576)}\r\n`;
    const parts = [head('Transfer-Encoding: chunked'), chunk, chunk];
    expect(await sendRaw(server.port, parts)).toMatchObject(refusal);
  });

  it('to a client that sends 200 MB without looking', async () => {
    function* parts(): Generator<string | Uint8Array> {
      yield head(`Content-Length: ${200 * megabyte.length}`);
      for (let sent = 0; sent < 200; sent += 1) yield megabyte;
    }
    expect(await sendRaw(server.port, parts())).toMatchObject(refusal);
  });

  it('to one without a token, too', async () => {
    const answer = await sendRaw(server.port, [
      head('Content-Length: 50000000').replace(testToken, 'wrong'),
      megabyte,
    ]);
    expect(answer).toMatchObject({ status: 401, json: { code: 'unauthorized' } });
  });

  it('while exactly 1 MB is taken', async () => {
    const frame = JSON.stringify({ title: '' }).length;
    const title = 'x'.repeat(megabyte.length - frame);
    const answer = await server.api.call('POST', '/api/deals', { body: { title } });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ field: 'title' });
  });
});

describe('lines that are hardly HTTP', () => {
  const answerTo = async (start: string): Promise<number> => {
    const bytes = `${start}\r\nHost: localhost:${server.port}\r\nAuthorization: Bearer ${testToken}\r\n\r\n`;
    return (await sendRaw(server.port, [bytes])).status;
  };

  it.each([
    ['GET // HTTP/1.1', 404],
    ['GET //evil.example/api/deals HTTP/1.1', 404],
    ['GET /..%2f..%2ftrellis.db HTTP/1.1', 404],
    ['GET /%00.html HTTP/1.1', 404],
    ['OPTIONS * HTTP/1.1', 405],
    ['GET http://evil.example/api/deals/x HTTP/1.1', 404],
  ])('%s is answered with %i', async (start, status) => {
    expect(await answerTo(start)).toBe(status);
  });
});

describe('after all of that', () => {
  it('nothing in the file has changed', () => {
    expect(dumpFile(server.dataDir)).toBe(before);
  });

  it('nothing was a fault of ours', () => {
    expect(server.log).not.toMatch(/Unexpected fault|A request failed/);
  });

  it('the server is healthy and works', async () => {
    const health = await server.api.send('GET', '/api/health');
    expect(health.json).toMatchObject({ status: 'ok', executor: { state: 'here' } });
    const deal = await server.api.create('deals', { title: 'Healthy', contact_id: stand.contact });
    expect(deal.id).not.toBe(nobody);
  });
});
